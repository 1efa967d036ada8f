# One function per kind of target, so that a folder's CMakeLists.txt is a line or two.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(echoflow_options INTERFACE)
target_include_directories(echoflow_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(echoflow_options INTERFACE -Wall -Wextra -Wno-missing-field-initializers)
target_compile_definitions(echoflow_options INTERFACE SPDLOG_COMPILED_LIB SPDLOG_FMT_EXTERNAL)
if(ECHOFLOW_WERROR)
  target_compile_options(echoflow_options INTERFACE -Werror)
endif()
if(ECHOFLOW_SANITIZE)
  # SOCI's type information trips the vptr check.
  add_compile_options(-fsanitize=${ECHOFLOW_SANITIZE} -fno-sanitize=vptr -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${ECHOFLOW_SANITIZE} -fno-sanitize=vptr)
endif()

# Sets VAR to every .cpp below the folder of this directory, without those of the named folders inside it.
function(echoflow_sources VAR FOLDER)
  get_filename_component(BASE ${CMAKE_CURRENT_SOURCE_DIR}/${FOLDER} ABSOLUTE)  # without "/./", which no name below matches
  file(GLOB_RECURSE FOUND CONFIGURE_DEPENDS ${BASE}/*.cpp)
  foreach(PART ${ARGN})
    list(FILTER FOUND EXCLUDE REGEX "/${PART}/")
  endforeach()
  set(${VAR} ${FOUND} PARENT_SCOPE)
endfunction()

# echoflow_library(NAME folder [EXCEPT folder...] [DEPS target...]): every .cpp below the folder becomes static library
# NAME.
function(echoflow_library NAME FOLDER)
  cmake_parse_arguments(ARG "" "" "EXCEPT;DEPS" ${ARGN})
  echoflow_sources(SOURCES ${FOLDER} ${ARG_EXCEPT})
  if(NOT SOURCES)
    add_library(${NAME} INTERFACE)
    target_link_libraries(${NAME} INTERFACE echoflow_options ${ARG_DEPS})
    return()
  endif()
  add_library(${NAME} STATIC ${SOURCES})
  set_target_properties(${NAME} PROPERTIES LINKER_LANGUAGE CXX)
  target_link_libraries(${NAME} PUBLIC echoflow_options ${ARG_DEPS})
endfunction()

# echoflow_test(NAME folder [EXCEPT folder...] [DEPS target...]): every .cpp below the folder becomes one GoogleTest
# program.
function(echoflow_test NAME FOLDER)
  cmake_parse_arguments(ARG "" "" "EXCEPT;DEPS" ${ARGN})
  echoflow_sources(SOURCES ${FOLDER} ${ARG_EXCEPT})
  if(SOURCES)
    add_executable(${NAME} ${SOURCES})
    target_link_libraries(${NAME} PRIVATE ${ARG_DEPS} GTest::gtest_main GTest::gmock)
    target_compile_definitions(${NAME} PRIVATE ECHOFLOW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    add_test(NAME ${NAME} COMMAND ${NAME})
    set_tests_properties(${NAME} PROPERTIES TIMEOUT 600)
  endif()
endfunction()

# echoflow_fuzz(NAME source [DEPS target...]): a libFuzzer program of one source file; needs clang (preset fuzz).
function(echoflow_fuzz NAME SOURCE)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  add_executable(${NAME} ${SOURCE})
  target_link_libraries(${NAME} PRIVATE ${ARG_DEPS})
  target_link_options(${NAME} PRIVATE -fsanitize=fuzzer)
endfunction()

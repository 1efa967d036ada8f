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
if(CMAKE_UNITY_BUILD)  # a class of one file may hold another of that file
  target_compile_options(echoflow_options INTERFACE -Wno-subobject-linkage)
endif()
if(CMAKE_UNITY_BUILD OR ECHOFLOW_SANITIZE)  # the optimizer's guesses are false here for std::variant and std::regex
  target_compile_options(echoflow_options INTERFACE -Wno-maybe-uninitialized)
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

# With CMAKE_UNITY_BUILD (preset release) the files of a folder are compiled together, a few at a time: most of a file's
# time goes into its headers. So no two files of a folder give the same name to different things in their unnamed
# namespaces; one that cannot keep to that says so in a line "// compiled alone".
function(echoflow_together)
  if(NOT CMAKE_UNITY_BUILD)
    return()
  endif()
  set(LAST "")
  foreach(FILE ${ARGN})
    file(STRINGS ${FILE} ALONE LIMIT_COUNT 1 REGEX "^// compiled alone")
    if(ALONE)
      set_source_files_properties(${FILE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
      continue()
    endif()
    get_filename_component(HERE ${FILE} DIRECTORY)
    if(NOT HERE STREQUAL LAST)
      set(LAST ${HERE})
      set(COUNT 0)
      file(RELATIVE_PATH NAME ${PROJECT_SOURCE_DIR} ${HERE})
      string(MAKE_C_IDENTIFIER ${NAME} NAME)
    endif()
    math(EXPR BATCH "${COUNT} / 10")
    math(EXPR COUNT "${COUNT} + 1")
    set_source_files_properties(${FILE} PROPERTIES UNITY_GROUP ${NAME}_${BATCH})
  endforeach()
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
  echoflow_together(${SOURCES})
  set_target_properties(${NAME} PROPERTIES LINKER_LANGUAGE CXX UNITY_BUILD_MODE GROUP)
  target_link_libraries(${NAME} PUBLIC echoflow_options ${ARG_DEPS})
endfunction()

# echoflow_test(NAME folder [EXCEPT folder...] [DEPS target...]): every .cpp below the folder becomes one GoogleTest
# program.
function(echoflow_test NAME FOLDER)
  cmake_parse_arguments(ARG "" "" "EXCEPT;DEPS" ${ARGN})
  echoflow_sources(SOURCES ${FOLDER} ${ARG_EXCEPT})
  if(SOURCES)
    add_executable(${NAME} ${SOURCES})
    echoflow_together(${SOURCES})
    set_target_properties(${NAME} PROPERTIES UNITY_BUILD_MODE GROUP)
    target_link_libraries(${NAME} PRIVATE ${ARG_DEPS} GTest::gtest_main GTest::gmock)
    target_compile_options(${NAME} PRIVATE $<$<CONFIG:Release>:-O1>)  # what is tested is optimized, the tests hardly need it
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

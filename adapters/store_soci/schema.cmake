# The schema's SQL files become part of the library, so that a server carries every migration with it.
echoflow_library(echoflow_store store_soci DEPS echoflow_engine echoflow_models SOCI::core SOCI::sqlite3 SOCI::postgresql
  SQLite::SQLite3 PostgreSQL::PostgreSQL Threads::Threads)
file(GLOB SCHEMA_FILES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/store_soci/schema/*.sql)
list(SORT SCHEMA_FILES)
string(REPLACE ";" "|" SCHEMA_LIST "${SCHEMA_FILES}")
set(SCHEMA_SOURCE ${CMAKE_CURRENT_BINARY_DIR}/store_soci_schema.cpp)
add_custom_command(OUTPUT ${SCHEMA_SOURCE}
  COMMAND ${CMAKE_COMMAND} -DFILES=${SCHEMA_LIST} -DOUTPUT=${SCHEMA_SOURCE} -DNAMESPACE=echoflow::store
          -DFUNCTION=schema_files -DHEADER=adapters/store_soci/schema_files.hpp -P ${PROJECT_SOURCE_DIR}/cmake/embed_text.cmake
  DEPENDS ${SCHEMA_FILES} ${PROJECT_SOURCE_DIR}/cmake/embed_text.cmake VERBATIM)
target_sources(echoflow_store PRIVATE ${SCHEMA_SOURCE})

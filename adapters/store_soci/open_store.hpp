#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "engine/ports/store.hpp"

namespace echoflow::store {

struct StoreOptions {
  std::uint32_t readers = 4;              ///< read-only sessions beside the writer
  std::uint32_t busy_timeout_ms = 5'000;  ///< how long to wait for another program's lock
  std::uint32_t lock_wait_ms = 5'000;     ///< how long to wait for another server to let go of the database
};

/// Opens (and makes or migrates) a database: `postgresql://…`, `postgres://…` or a libpq "key=value …" text, else the
/// path of an SQLite file. Only one store at a time may have a database open: `busy` when another server has it.
/// `other` when its schema is newer than this program.
Result<std::unique_ptr<engine::Store>, engine::StoreError> open_store(const std::string& where,
                                                                      const StoreOptions& options = {});
/// Is `where` the name of a PostgreSQL database?
bool is_postgres(const std::string& where);

}  // namespace echoflow::store

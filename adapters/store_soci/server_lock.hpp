#pragma once
#include <string>

#include "adapters/store_soci/connection.hpp"

namespace echoflow::store {

/// One server per database. For SQLite a lock on the file beside the database, which the system lets go with the
/// process.
class FileLock {
 public:
  /// Throws StoreFailure: `busy` when another server has it.
  explicit FileLock(const Database& database);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int file_ = -1;
};

/// For PostgreSQL an advisory lock of the writer's session. Throws StoreFailure: `busy` when another server has it.
void lock_for_writing(Connection& connection, const Database& database);

}  // namespace echoflow::store

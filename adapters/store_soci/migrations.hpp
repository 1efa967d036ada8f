#pragma once
#include <string>
#include <vector>

#include "adapters/store_soci/connection.hpp"

namespace echoflow::store {

struct Migration {
  int version = 0;
  std::string_view name;  ///< the file's name
  std::string_view sql;
};
/// All of a dialect, ascending. A file is named NNNN_what.sql, or NNNN_what.<dialect>.sql where the dialects differ.
std::vector<Migration> migrations(Dialect dialect);

/// Brings the schema to the newest version, each step in a transaction of its own. Throws StoreFailure `other` when the
/// database is newer than this program.
void migrate(Connection& connection, const std::string& database);

/// The statements of an SQL text; each ends with a semicolon at the end of its line.
std::vector<std::string> statements(std::string_view sql);

}  // namespace echoflow::store

#include "adapters/store_soci/migrations.hpp"

#include <fmt/core.h>

#include <charconv>
#include <ctime>

#include "adapters/store_soci/schema_files.hpp"
#include "adapters/store_soci/trouble.hpp"

namespace echoflow::store {
namespace {

bool is_for(std::string_view name, Dialect dialect) {
  const bool sqlite_only = name.ends_with(".sqlite.sql");
  const bool postgres_only = name.ends_with(".postgresql.sql");
  switch (dialect) {
    case Dialect::sqlite:
      return !postgres_only;
    case Dialect::postgres:
      return !sqlite_only;
  }
  return false;
}

int current_version(Connection& connection) {
  int version = 0;
  connection.query("SELECT max(version) FROM schema_version", "", "i").select([&](Columns& row) {
    version = row.number<int>();
  });
  return version;
}

void apply(Connection& connection, const Migration& migration) {
  connection.begin();
  for (const std::string& statement : statements(migration.sql)) connection.execute(statement);
  connection.query("INSERT INTO schema_version (version, name, applied_at) VALUES (:v, :n, :a)", "iti")
      .integer(migration.version)
      .text(migration.name)
      .integer(static_cast<std::int64_t>(std::time(nullptr)) * 1'000'000)
      .run();
  connection.commit();
}

}  // namespace

std::vector<Migration> migrations(Dialect dialect) {
  std::vector<Migration> found;
  for (const EmbeddedText& file : schema_files()) {
    if (!is_for(file.name, dialect)) continue;
    Migration migration{0, file.name, file.text};
    std::from_chars(file.name.data(), file.name.data() + 4, migration.version);
    found.push_back(migration);
  }
  return found;
}

void migrate(Connection& connection, const std::string& database) {
  const char* type = connection.dialect() == Dialect::sqlite ? "INTEGER" : "bigint";
  connection.execute(
      fmt::format("CREATE TABLE IF NOT EXISTS schema_version (version {0} PRIMARY KEY, name text NOT NULL, applied_at "
                  "{0} NOT NULL)",
                  type));
  const auto known = migrations(connection.dialect());
  const int version = current_version(connection);
  if (version > known.back().version) {
    refuse(
        engine::StoreErrorKind::other,
        fmt::format("database {} has schema version {}, this program knows versions up to {}: start the newer program "
                    "that wrote it, or restore a backup from before",
                    database, version, known.back().version));
  }
  for (const Migration& migration : known) {
    if (migration.version > version) apply(connection, migration);
  }
}

std::vector<std::string> statements(std::string_view sql) {
  std::vector<std::string> found;
  std::string statement;
  while (!sql.empty()) {
    const auto end = sql.find('\n');
    const std::string_view line = sql.substr(0, end);
    sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 1);
    if (line.empty() || line.starts_with("--")) continue;
    statement += line;
    statement += '\n';
    if (!line.ends_with(';')) continue;
    statement.resize(statement.size() - 2);
    found.push_back(std::move(statement));
    statement.clear();
  }
  return found;
}

}  // namespace echoflow::store

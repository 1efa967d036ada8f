#include "adapters/store_soci/connection.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "adapters/store_soci/gathered_log.hpp"
#include "adapters/store_soci/trouble.hpp"

namespace echoflow::store {
namespace {

/// More kinds of statements than this are only made by unusual mixes of rows in a group; then all are prepared anew.
constexpr std::size_t most_queries = 300;

sqlite_api::sqlite3* sqlite_handle(soci::session& session) {
  return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}
PGconn* postgres_handle(soci::session& session) {
  return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}

std::unique_ptr<soci::session> open_session(const Database& database) {
  if (database.dialect == Dialect::postgres) return std::make_unique<soci::session>(soci::postgresql, database.address);
  if (database.address.find('"') != std::string::npos) {
    refuse(engine::StoreErrorKind::other, "the database's path must not hold a quotation mark: " + database.address);
  }
  prepare_gathered_log();
  return std::make_unique<soci::session>(soci::sqlite3, "db=\"" + database.address + "\"");
}

int on_log_grown(void* watcher, sqlite_api::sqlite3*, const char*, int pages) {
  (*static_cast<std::function<void(int)>*>(watcher))(pages);
  return SQLITE_OK;
}

}  // namespace

Connection::Connection(const Database& database, Role role) : database_(database), session_(open_session(database)) {
  switch (database.dialect) {
    case Dialect::sqlite:
      set_up_sqlite(role);
      break;
    case Dialect::postgres:
      set_up_postgres(role);
      break;
  }
}

Connection::~Connection() = default;

void Connection::set_up_sqlite(Role role) {
  execute("PRAGMA busy_timeout = " +
          std::to_string(role == Role::checkpointer ? 0 : database_.options.busy_timeout_ms));
  execute("PRAGMA temp_store = MEMORY");
  switch (role) {
    case Role::writer:
      execute("PRAGMA page_size = 2048");  // has an effect on a new file only
      execute("PRAGMA journal_mode = WAL");
      execute("PRAGMA synchronous = FULL");
      execute("PRAGMA wal_autocheckpoint = 0");
      execute("PRAGMA journal_size_limit = 67108864");
      execute("PRAGMA cache_size = -32768");
      execute("SELECT count(*) FROM sqlite_master");  // a new file has no log before it is read
      gather_log_writes(sqlite_handle(*session_));
      break;
    case Role::checkpointer:
      execute("PRAGMA synchronous = FULL");
      execute("PRAGMA wal_autocheckpoint = 0");
      break;
    case Role::reader:
      execute("PRAGMA wal_autocheckpoint = 0");
      execute("PRAGMA cache_size = -8192");
      execute("PRAGMA query_only = 1");
      break;
  }
}

void Connection::set_up_postgres(Role role) {
  execute("SET client_min_messages = warning");
  execute("SET bytea_output = hex");
  if (role == Role::reader) {
    execute("SET default_transaction_read_only = on");
    return;
  }
  execute("SET synchronous_commit = on");
  execute("SET lock_timeout = " + std::to_string(database_.options.busy_timeout_ms));
  // A group's statement joins short arrays with large tables by their keys: planned once, always by index.
  execute("SET plan_cache_mode = force_generic_plan");
  execute("SET enable_seqscan = off");
  execute("SET enable_hashjoin = off");
  execute("SET enable_mergejoin = off");
}

Query& Connection::query(std::string_view sql, std::string_view in, std::string_view out) {
  const auto found = queries_.find(sql);
  if (found != queries_.end()) return *found->second;
  if (queries_.size() >= most_queries) queries_.clear();
  auto made = std::make_unique<Query>(*session_, database_.dialect, sql, in, out);
  return *queries_.emplace(std::string(sql), std::move(made)).first->second;
}

void Connection::execute(const std::string& sql) {
  soci::statement statement(*session_);
  statement.alloc();
  statement.prepare(sql, soci::details::st_one_time_query);
  statement.define_and_bind();
  statement.execute(true);
}

void Connection::begin() {
  query(dialect() == Dialect::sqlite ? "BEGIN IMMEDIATE" : "BEGIN", "").run();
}

void Connection::commit() {
  query("COMMIT", "").run();
}

void Connection::rollback() noexcept {
  try {
    if (dialect() == Dialect::sqlite && sqlite_api::sqlite3_get_autocommit(sqlite_handle(*session_)) != 0) return;
    if (dialect() == Dialect::postgres && PQtransactionStatus(postgres_handle(*session_)) == PQTRANS_IDLE) return;
    execute("ROLLBACK");
  } catch (const std::exception&) {
    queries_.clear();
  }
}

int Connection::system_error() const {
  if (dialect() == Dialect::postgres) return 0;
  sqlite_api::sqlite3* handle = sqlite_handle(*session_);
  if (const int error = sqlite_api::sqlite3_system_errno(handle)) return error;
  // A commit that fails leaves it with the file only.
  int error = 0;
  sqlite_api::sqlite3_file* log = nullptr;
  sqlite_api::sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log != nullptr && log->pMethods != nullptr) log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &error);
  if (error == 0) sqlite_api::sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
  return error;
}

bool Connection::broken() const {
  return dialect() == Dialect::postgres && PQstatus(postgres_handle(*session_)) != CONNECTION_OK;
}

void Connection::watch_log(std::function<void(int)> told) {
  log_watcher_ = std::move(told);
  sqlite_api::sqlite3_wal_hook(sqlite_handle(*session_), on_log_grown, &log_watcher_);
}

void Connection::overwrite_deleted(bool on) {
  if (dialect() == Dialect::sqlite) execute(on ? "PRAGMA secure_delete = ON" : "PRAGMA secure_delete = OFF");
}

void Connection::empty_log() {
  if (dialect() == Dialect::sqlite) execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

void Connection::free_cache() noexcept {
  if (dialect() == Dialect::sqlite) sqlite_api::sqlite3_db_release_memory(sqlite_handle(*session_));
}

Connection::LogState Connection::checkpoint() {
  LogState state{-1, 0};
  const int result = sqlite_api::sqlite3_wal_checkpoint_v2(sqlite_handle(*session_), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                                           &state.pages, &state.copied);
  if (result != SQLITE_OK && result != SQLITE_BUSY)
    throw soci::sqlite3_soci_error("the write-ahead log could not be copied", result);
  return state;
}

}  // namespace echoflow::store

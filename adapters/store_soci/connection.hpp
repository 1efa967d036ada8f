#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "adapters/store_soci/open_store.hpp"
#include "adapters/store_soci/query.hpp"

namespace echoflow::store {

/// Which database, as given once at the start.
struct Database {
  Dialect dialect = Dialect::sqlite;
  std::string address;  ///< the file's path, or libpq's "key=value …"
  std::string name;     ///< for people: without a password
  StoreOptions options;
};
/// Reads what the user gave: completes a PostgreSQL address with time-outs. Throws StoreFailure when it cannot be read.
Database database_from(const std::string& where, const StoreOptions& options);

enum class Role : std::uint8_t { writer, reader, checkpointer };

/// One session with its prepared statements. Its functions throw what SOCI throws. Not thread-safe.
class Connection {
 public:
  Connection(const Database& database, Role role);
  ~Connection();

  Dialect dialect() const { return database_.dialect; }
  /// The statement with this text, prepared with its first use. See Query for `in` and `out`.
  Query& query(std::string_view sql, std::string_view in, std::string_view out = "");
  /// Executes one statement without keeping it.
  void execute(const std::string& sql);
  void begin();
  void commit();
  /// Ends an open transaction; never fails: where it cannot be ended the session is broken.
  void rollback() noexcept;

  /// errno of the last failure; 0 when unknown.
  int system_error() const;
  /// The server is gone.
  bool broken() const;

  /// SQLite: what is deleted from now on is overwritten with zeros, as erasing a customer's data needs.
  void overwrite_deleted(bool on);
  /// SQLite: takes old contents out of the log too, as far as no reader needs them.
  void empty_log();
  /// SQLite: after each commit `told` learns how many pages the write-ahead log holds.
  void watch_log(std::function<void(int)> told);
  struct LogState {
    int pages = 0, copied = 0;
  };
  /// SQLite: copies what it can of the log into the database file, waiting for nobody.
  LogState checkpoint();
  /// SQLite: frees the pages that it keeps in memory.
  void free_cache() noexcept;

 private:
  void set_up_sqlite(Role role);
  void set_up_postgres(Role role);

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  const Database& database_;
  std::unique_ptr<soci::session> session_;
  std::function<void(int)> log_watcher_;
  std::unordered_map<std::string, std::unique_ptr<Query>, TextHash, std::equal_to<>> queries_;
};

}  // namespace echoflow::store

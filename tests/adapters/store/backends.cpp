#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>

#include "adapters/store_memory/memory_store.hpp"
#include "adapters/store_soci/open_store.hpp"
#include "tests/adapters/store/postgres_server.hpp"
#include "tests/adapters/store/store_fixture.hpp"
#include "tests/adapters/store/temporary_folder.hpp"

namespace echoflow::store::test {
namespace {

class MemoryBackend final : public Backend {
 public:
  std::unique_ptr<engine::Store> open() override { return make_memory_store(); }
  bool durable() const override { return false; }
};

class SqlBackend : public Backend {
 public:
  std::unique_ptr<engine::Store> open() override {
    StoreOptions options;
    options.busy_timeout_ms = 300;
    options.lock_wait_ms = 3'000;
    auto store = open_store(address(), options);
    if (store) return std::move(*store);
    ADD_FAILURE() << store.error().message;
    return nullptr;
  }
  bool durable() const override { return true; }
};

class SqliteBackend final : public SqlBackend {
 public:
  std::string address() const override { return folder_.path() + "/store.db"; }
  std::string execute(const std::string& sql) override { return execute_sqlite(address(), sql); }

 private:
  TemporaryFolder folder_;
};

class PostgresBackend final : public SqlBackend {
 public:
  explicit PostgresBackend(std::string address) : address_(std::move(address)) {}
  std::string address() const override { return address_; }
  std::string execute(const std::string& sql) override { return PostgresServer::execute_at(address_, sql); }

 private:
  std::string address_;
};

}  // namespace

std::string Backend::execute(const std::string&) {
  return "";
}

std::string execute_sqlite(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  std::string first;
  const auto keep = [](void* to, int, char** values, char**) {
    auto& text = *static_cast<std::string*>(to);
    if (text.empty() && values[0] != nullptr) text = values[0];
    return 0;
  };
  char* words = nullptr;
  if (sqlite3_open(path.c_str(), &database) != SQLITE_OK ||
      sqlite3_exec(database, sql.c_str(), keep, &first, &words) != SQLITE_OK) {
    ADD_FAILURE() << sql << ": " << (words != nullptr ? words : sqlite3_errmsg(database));
  }
  sqlite3_free(words);
  sqlite3_close(database);
  return first;
}

std::string name_of(Kind kind) {
  switch (kind) {
    case Kind::memory:
      return "memory";
    case Kind::sqlite:
      return "sqlite";
    case Kind::postgres:
      return "postgres";
  }
  return "";
}

bool skip_postgres() {
  return std::getenv("ECHOFLOW_SKIP_POSTGRES") != nullptr;
}

std::unique_ptr<Backend> make_backend(Kind kind) {
  switch (kind) {
    case Kind::memory:
      return std::make_unique<MemoryBackend>();
    case Kind::sqlite:
      return std::make_unique<SqliteBackend>();
    case Kind::postgres:
      if (auto* server = PostgresServer::shared()) return std::make_unique<PostgresBackend>(server->new_schema());
      ADD_FAILURE() << "there is no PostgreSQL server to test with";
  }
  return nullptr;
}

}  // namespace echoflow::store::test

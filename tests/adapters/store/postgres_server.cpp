#include "tests/adapters/store/postgres_server.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>

namespace echoflow::store::test {
namespace {

namespace fs = std::filesystem;

/// The newest installed version's programs; empty when there are none.
std::string find_programs() {
  std::set<std::pair<int, std::string>> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    const fs::path programs = entry.path() / "bin";
    if (fs::exists(programs / "initdb")) found.insert({std::atoi(entry.path().filename().c_str()), programs.string()});
  }
  return found.empty() ? "" : found.rbegin()->second;
}

/// PostgreSQL refuses to run as root.
std::string as_owner(const std::string& command) {
  if (::getuid() != 0) return command;
  return "setpriv --reuid postgres --regid postgres --clear-groups " + command;
}

bool run(const std::string& command) {
  return std::system(command.c_str()) == 0;
}

}  // namespace

PostgresServer* PostgresServer::shared() {
  static const std::unique_ptr<PostgresServer> server(start());
  return server.get();
}

PostgresServer* PostgresServer::start() {
  if (const char* given = std::getenv("ECHOFLOW_TEST_POSTGRES")) return new PostgresServer(given);
  const std::string programs = find_programs();
  if (programs.empty()) {
    std::fprintf(stderr,
                 "PostgreSQL is not installed: install the package postgresql, or set ECHOFLOW_SKIP_POSTGRES=1\n");
    return nullptr;
  }
  std::string folder = (fs::temp_directory_path() / "echoflow-postgres-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return nullptr;
  if (::getuid() == 0) run("chown postgres:postgres " + folder);
  auto server =
      std::unique_ptr<PostgresServer>(new PostgresServer("host=" + folder + " dbname=postgres user=postgres"));
  server->folder_ = folder;
  server->process_ = ::getpid();
  const std::string control = as_owner(programs + "/pg_ctl -s -w -D " + folder + "/data ");
  const std::string quiet = " > " + folder + "/log.txt 2>&1";
  const char* options = std::getenv("ECHOFLOW_TEST_POSTGRES_FSYNC") ? "" : " -c fsync=off";
  const bool started =
      run(as_owner(programs + "/initdb -A trust -U postgres -E UTF8 --locale=C -D " + folder + "/data") + quiet) &&
      run(server->start_ = control + "-l " + folder + "/server.txt -o \"-k " + folder + " -c listen_addresses=''" +
                           options + "\" start" + quiet);
  if (!started) {
    std::fprintf(stderr, "PostgreSQL could not be started; see %s\n", folder.c_str());
    return nullptr;
  }
  server->stop_ = control + "-m immediate stop" + quiet;
  return server.release();
}

PostgresServer::~PostgresServer() {
  if (stop_.empty() || ::getpid() != process_) return;
  run(stop_);
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

bool PostgresServer::stop() {
  return run(stop_);
}
bool PostgresServer::start_again() {
  return run(start_);
}

std::string PostgresServer::execute_at(const std::string& address, const std::string& sql) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(address.c_str()), &PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()), &PQclear);
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    std::fprintf(stderr, "%s: %s", sql.c_str(), PQerrorMessage(connection.get()));
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

std::string PostgresServer::new_schema() {
  const std::string name = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++schemas_);
  execute("CREATE SCHEMA " + name);
  return address_ + " options='-c search_path=" + name + "'";
}

}  // namespace echoflow::store::test

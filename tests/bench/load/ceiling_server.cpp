// bench_ceiling PORT ROW-BYTES ANSWER-FILE (sqlite FILE | postgresql CONNINFO)
// What a server on this machine can reach at best: bare Poco that reads the request, commits ROW-BYTES a request
// through group commit, and answers the bytes of ANSWER-FILE after the commit. No parsing, no engine.
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/ThreadPool.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <istream>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

[[noreturn]] void die(const std::string& why) {
  std::fprintf(stderr, "bench_ceiling: %s\n", why.c_str());
  std::exit(2);
}

class Rows {
 public:
  virtual ~Rows() = default;
  virtual void commit(const std::vector<const std::string*>& rows) = 0;
};

class SqliteRows : public Rows {
 public:
  explicit SqliteRows(const std::string& file) {
    if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) die("cannot open " + file);
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
    run("CREATE TABLE row(id INTEGER PRIMARY KEY, content BLOB)");
    sqlite3_prepare_v2(db_, "INSERT INTO row(content) VALUES(?)", -1, &insert_, nullptr);
  }
  void commit(const std::vector<const std::string*>& rows) override {
    run("BEGIN IMMEDIATE");
    for (const auto* row : rows) {
      sqlite3_bind_blob(insert_, 1, row->data(), static_cast<int>(row->size()), SQLITE_STATIC);
      sqlite3_step(insert_);
      sqlite3_reset(insert_);
    }
    run("COMMIT");
  }

 private:
  void run(const char* sql) {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
      die(std::string(sql) + ": " + sqlite3_errmsg(db_));
  }
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

class PostgresRows : public Rows {
 public:
  explicit PostgresRows(const std::string& conninfo) : connection_(PQconnectdb(conninfo.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) die(PQerrorMessage(connection_));
    PQclear(PQexec(connection_, "DROP TABLE IF EXISTS ceiling_row"));
    PQclear(PQexec(connection_, "CREATE TABLE ceiling_row(id bigserial PRIMARY KEY, content bytea)"));
    PQclear(
        PQprepare(connection_, "insert", "INSERT INTO ceiling_row(content) SELECT unnest($1::bytea[])", 1, nullptr));
  }
  void commit(const std::vector<const std::string*>& rows) override {
    std::string array = "{";
    for (const auto* row : rows) {
      array += array.size() > 1 ? ",\"\\\\x" : "\"\\\\x";
      static const char* digits = "0123456789abcdef";
      for (const unsigned char c : *row) {
        array += digits[c >> 4];
        array += digits[c & 15];
      }
      array += '"';
    }
    array += '}';
    const char* values[] = {array.c_str()};
    PGresult* result = PQexecPrepared(connection_, "insert", 1, values, nullptr, nullptr, 0);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) die(PQresultErrorMessage(result));
    PQclear(result);
  }

 private:
  PGconn* connection_;
};

/// One thread commits what all requests that wait have brought.
class GroupCommit {
 public:
  explicit GroupCommit(std::unique_ptr<Rows> rows) : rows_(std::move(rows)), thread_([this] { run(); }) {
    thread_.detach();
  }

  void commit(const std::string& row) {
    std::unique_lock lock(mutex_);
    waiting_.push_back(&row);
    const std::size_t ticket = ++tickets_;
    wake_.notify_one();
    done_.wait(lock, [&] { return committed_ >= ticket; });
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [&] { return !waiting_.empty(); });
      std::vector<const std::string*> group;
      group.swap(waiting_);
      const std::size_t upto = tickets_;
      lock.unlock();
      rows_->commit(group);
      lock.lock();
      committed_ = upto;
      done_.notify_all();
    }
  }

  std::unique_ptr<Rows> rows_;
  std::mutex mutex_;
  std::condition_variable wake_, done_;
  std::vector<const std::string*> waiting_;
  std::size_t tickets_ = 0, committed_ = 0;
  std::thread thread_;
};

class Handler : public Poco::Net::HTTPRequestHandler {
 public:
  Handler(GroupCommit& commit, std::size_t row_bytes, const std::string& answer)
      : commit_(commit), row_bytes_(row_bytes), answer_(answer) {}
  void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override {
    std::string row(static_cast<std::size_t>(request.getContentLength()), '\0');
    request.stream().read(row.data(), static_cast<std::streamsize>(row.size()));
    row.resize(row_bytes_, 'x');
    commit_.commit(row);
    response.setContentType("text/xml; charset=utf-8");
    response.sendBuffer(answer_.data(), answer_.size());
  }

 private:
  GroupCommit& commit_;
  std::size_t row_bytes_;
  const std::string& answer_;
};

class Factory : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  Factory(GroupCommit& commit, std::size_t row_bytes, std::string answer)
      : commit_(commit), row_bytes_(row_bytes), answer_(std::move(answer)) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
    return new Handler(commit_, row_bytes_, answer_);
  }

 private:
  GroupCommit& commit_;
  std::size_t row_bytes_;
  std::string answer_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) die("usage: bench_ceiling PORT ROW-BYTES ANSWER-FILE (sqlite FILE | postgresql CONNINFO)");
  std::ifstream in(argv[3], std::ios::binary);
  std::ostringstream answer;
  answer << in.rdbuf();
  std::unique_ptr<Rows> rows;
  if (std::strcmp(argv[4], "sqlite") == 0)
    rows = std::make_unique<SqliteRows>(argv[5]);
  else
    rows = std::make_unique<PostgresRows>(argv[5]);
  GroupCommit commit(std::move(rows));
  Poco::ThreadPool threads(128, 512);
  auto* params = new Poco::Net::HTTPServerParams;
  params->setMaxThreads(512);
  params->setKeepAlive(true);
  params->setMaxKeepAliveRequests(0);
  Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", static_cast<Poco::UInt16>(std::atoi(argv[1]))));
  Poco::Net::HTTPServer server(new Factory(commit, static_cast<std::size_t>(std::atol(argv[2])), answer.str()), threads,
                               socket, params);
  server.start();
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  int signal = 0;
  sigwait(&signals, &signal);
  std::_Exit(0);
}

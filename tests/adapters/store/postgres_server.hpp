#pragma once
#include <string>

namespace echoflow::store::test {

/// A PostgreSQL server for the tests: the one that ECHOFLOW_TEST_POSTGRES names, else one of their own that is started
/// with the first use, in a folder that goes with it, and ends with the program.
class PostgresServer {
 public:
  /// Null, after saying why, when there is none.
  static PostgresServer* shared();

  /// An address with an empty schema of its own.
  std::string new_schema();
  /// Executes SQL as the server's owner; returns the first column of the first row.
  std::string execute(const std::string& sql) const { return execute_at(address_, sql); }
  static std::string execute_at(const std::string& address, const std::string& sql);
  const std::string& address() const { return address_; }
  /// The folder of its socket; empty where the server is not of our own.
  const std::string& folder() const { return folder_; }
  /// Ends it as a crash would, and starts it again.
  bool stop();
  bool start_again();

  ~PostgresServer();

 private:
  explicit PostgresServer(std::string address) : address_(std::move(address)) {}
  static PostgresServer* start();

  std::string address_, folder_, stop_, start_;
  int process_ = 0;
  int schemas_ = 0;
};

}  // namespace echoflow::store::test

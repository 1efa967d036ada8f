#pragma once
#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace echoflow::store::test {

/// Stands between a PostgreSQL client and its server's socket, to lose answers on request.
class CuttingProxy {
 public:
  /// Listens in `folder`, on the socket name that PostgreSQL uses; passes everything to the server's socket.
  CuttingProxy(const std::string& folder, std::string server_socket);
  ~CuttingProxy();
  /// The next request is passed on, but its answer is lost and the connection with it.
  void lose_next_answer() { lose_ = true; }
  /// While closed, new connections are cut at once.
  void close(bool closed) { closed_ = closed; }

 private:
  void accept();
  void serve(int client);

  std::string server_;
  int listener_ = -1;
  std::atomic<bool> lose_ = false, closed_ = false, stop_ = false;
  std::thread acceptor_;
  std::vector<std::thread> servers_;
};

}  // namespace echoflow::store::test

#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "adapters/http/message.hpp"
#include "models/base/result.hpp"

namespace echoflow::http {

/// What answers requests; called by many threads at once. Never throws.
class Handler {
 public:
  virtual ~Handler() = default;
  /// How many bytes the body may have; a larger one is refused by body_too_large() without being read. The head of the
  /// request is known, its body not yet.
  virtual std::size_t body_limit(const Request& head) const = 0;
  virtual Response body_too_large(const Request& head, std::size_t limit) = 0;
  virtual Response handle(const Request& request) = 0;
};

struct ServerOptions {
  std::string host = "127.0.0.1";   ///< an address to listen on; IPv6 without brackets
  std::uint16_t port = 8080;        ///< 0: any free one
  std::string certificate_file;     ///< PEM chain; both empty: plain HTTP
  std::string key_file;             ///< PEM private key
  unsigned max_connections = 1024;  ///< one thread each; more are answered 503
  std::chrono::milliseconds keep_alive{5'000};
  std::chrono::milliseconds read_timeout{
      30'000};  ///< for each read of a request; a whole body may take four times that
};

/// An HTTP/1.1 server on threads.
class Server {
 public:
  Server(ServerOptions options, Handler& handler);
  ~Server();  ///< stop()
  /// Binds and begins to serve.
  Result<void> start();
  /// Takes no more connections and waits up to `grace` for requests in work; true when none is left.
  bool drain(std::chrono::milliseconds grace);
  /// Cuts what is left and ends all threads. Whoever still works in the handler must come back soon.
  void stop();
  /// After start(): the port that was bound.
  std::uint16_t port() const;
  unsigned connections() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echoflow::http

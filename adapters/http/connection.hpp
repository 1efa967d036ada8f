#pragma once
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/TCPServerConnection.h>
#include <Poco/Net/TCPServerConnectionFactory.h>

#include <atomic>
#include <mutex>
#include <set>

#include "adapters/http/server.hpp"

/// One client's connection: reads requests (by the parser of Boost.Beast), asks the handler, writes answers.
namespace echoflow::http {

/// What all connections of a server share.
struct Connections {
  explicit Connections(Handler& h, const ServerOptions& o) : handler(h), options(o) {}
  Handler& handler;
  const ServerOptions& options;
  std::atomic<unsigned> busy{0};      ///< requests in work
  std::atomic<bool> draining{false};  ///< every answer is the last of its connection

  void add(const Poco::Net::StreamSocket& socket);
  void remove(const Poco::Net::StreamSocket& socket);
  /// Cuts all of them.
  void cut();

 private:
  std::mutex mutex_;
  std::set<Poco::Net::StreamSocket> open_;
};

class ConnectionFactory : public Poco::Net::TCPServerConnectionFactory {
 public:
  explicit ConnectionFactory(Connections& connections) : connections_(connections) {}
  Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override;

 private:
  Connections& connections_;
};

}  // namespace echoflow::http

#include "adapters/http/server.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerParams.h>
#include <Poco/ThreadPool.h>

#include <atomic>
#include <thread>

#include "adapters/http/connection.hpp"
#include "adapters/http/timespan.hpp"

namespace echoflow::http {

namespace {

using Steady = std::chrono::steady_clock;

std::string too_many_connections() {
  const std::string body =
      R"({"type":"about:blank","title":"Service Unavailable","status":503,"detail":"Too many connections (limit connections); try again later."})";
  return "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\nContent-Type: "
         "application/problem+json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Sets time-outs, and turns the excess away with a 503 instead of letting it wait for a thread.
class Filter : public Poco::Net::TCPServerConnectionFilter {
 public:
  Filter(const ServerOptions& options, const std::atomic<Poco::Net::TCPServer*>& server)
      : options_(options), server_(server) {}

  bool accept(const Poco::Net::StreamSocket& accepted) override {
    Poco::Net::StreamSocket socket(accepted);
    try {
      socket.setReceiveTimeout(timespan(options_.read_timeout));
      socket.setSendTimeout(timespan(options_.read_timeout));
      socket.setNoDelay(true);
      auto* server = server_.load();
      if (!server ||
          static_cast<unsigned>(server->currentConnections() + server->queuedConnections()) < options_.max_connections)
        return true;
      static const std::string refusal = too_many_connections();
      if (!socket.secure()) socket.sendBytes(refusal.data(), static_cast<int>(refusal.size()));
    } catch (const Poco::Exception&) {
      return false;
    }
    return false;
  }

 private:
  const ServerOptions& options_;
  const std::atomic<Poco::Net::TCPServer*>& server_;
};

}  // namespace

class Server::Impl {
 public:
  Impl(ServerOptions options, Handler& handler) : options_(std::move(options)), work_(handler, options_) {}

  Result<void> start() {
    try {
      Poco::Net::SocketAddress address(options_.host, options_.port);
      if (options_.certificate_file.empty()) {
        socket_ = Poco::Net::ServerSocket();
      } else {
        Poco::Net::initializeSSL();
        Poco::Net::Context::Ptr context =
            new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, options_.key_file, options_.certificate_file, "",
                                   Poco::Net::Context::VERIFY_NONE);
        context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
        socket_ = Poco::Net::SecureServerSocket(context);
      }
      // Poco shares a port with other servers unless told otherwise.
      socket_.bind(address, true, false);
      socket_.listen(backlog);
      const int threads = static_cast<int>(options_.max_connections);
      pool_ = std::make_unique<Poco::ThreadPool>(2, threads + 2, 30);
      Poco::Net::TCPServerParams::Ptr params = new Poco::Net::TCPServerParams;
      params->setMaxThreads(threads);
      params->setMaxQueued(threads);
      server_ = std::make_unique<Poco::Net::TCPServer>(new ConnectionFactory(work_), *pool_, socket_, params);
      visible_ = server_.get();
      server_->setConnectionFilter(new Filter(options_, visible_));
      server_->start();
      return {};
    } catch (const Poco::Exception& error) {
      return fail(Error{"Cannot listen on " + options_.host + " port " + std::to_string(options_.port) + ": " +
                        error.displayText() + ". Choose another address with --listen."});
    } catch (const std::exception& error) {
      return fail(Error{"Cannot listen on " + options_.host + ": " + error.what() + "."});
    }
  }

  bool drain(std::chrono::milliseconds grace) {
    if (!server_) return true;
    work_.draining = true;
    server_->stop();
    const auto deadline = Steady::now() + grace;
    while (work_.busy.load() > 0 && Steady::now() < deadline) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return work_.busy.load() == 0;
  }

  void stop() {
    if (!server_) return;
    work_.draining = true;
    server_->stop();
    while (server_->currentConnections() > 0) {
      work_.cut();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    visible_ = nullptr;
    server_.reset();
    pool_.reset();
  }

  std::uint16_t port() const { return socket_.address().port(); }
  unsigned connections() const { return server_ ? static_cast<unsigned>(server_->currentConnections()) : 0; }

 private:
  static constexpr int backlog = 512;
  const ServerOptions options_;
  Connections work_;
  std::atomic<Poco::Net::TCPServer*> visible_{nullptr};
  Poco::Net::ServerSocket socket_;
  std::unique_ptr<Poco::ThreadPool> pool_;
  std::unique_ptr<Poco::Net::TCPServer> server_;
};

Server::Server(ServerOptions options, Handler& handler) : impl_(std::make_unique<Impl>(std::move(options), handler)) {}
Server::~Server() {
  stop();
}
Result<void> Server::start() {
  return impl_->start();
}
bool Server::drain(std::chrono::milliseconds grace) {
  return impl_->drain(grace);
}
void Server::stop() {
  impl_->stop();
}
std::uint16_t Server::port() const {
  return impl_->port();
}
unsigned Server::connections() const {
  return impl_->connections();
}

}  // namespace echoflow::http

#include "adapters/http/server.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <istream>
#include <ostream>
#include <sstream>
#include <thread>

namespace echoflow::http {

namespace {

using Steady = std::chrono::steady_clock;

Poco::Timespan timespan(std::chrono::milliseconds duration) {
  return Poco::Timespan(duration.count() * 1000);
}

enum class BodyResult { whole, too_large, too_slow, broken };

/// Reads the body up to `limit` bytes.
BodyResult read_body(std::istream& in, std::size_t limit, Steady::time_point deadline, std::string& body) {
  char buffer[16384];
  while (in) {
    in.read(buffer, sizeof buffer);
    body.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (body.size() > limit) return BodyResult::too_large;
    if (Steady::now() >= deadline) return BodyResult::too_slow;
  }
  return in.eof() ? BodyResult::whole : BodyResult::broken;
}

/// Takes what a client still sends, within bounds, so that it reads the refusal instead of a reset.
void drain(std::istream& in) {
  constexpr std::size_t most = 32u << 20;
  const auto deadline = Steady::now() + std::chrono::seconds(5);
  char buffer[16384];
  for (std::size_t taken = 0; in && taken < most && Steady::now() < deadline; taken += sizeof buffer)
    in.read(buffer, sizeof buffer);
}

class OutStream : public Stream {
 public:
  explicit OutStream(std::ostream& out) : out_(out) {}
  bool write(std::string_view bytes) override {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush();
    return out_.good();
  }

 private:
  std::ostream& out_;
};

Request head_of(Poco::Net::HTTPServerRequest& from) {
  Request request;
  request.method = from.getMethod();
  const std::string& uri = from.getURI();
  auto question = std::min(uri.find('?'), uri.size());
  request.path = uri.substr(0, question);
  request.query = uri.substr(std::min(question + 1, uri.size()));
  for (const auto& [name, value] : from) request.headers.emplace_back(name, value);
  request.peer = from.clientAddress().host().toString();
  request.secure = from.secure();
  return request;
}

/// Head and body in one packet: the client wakes once, and one call into the system is saved.
void send_at_once(const Response& response, Poco::Net::HTTPServerRequest& from, Poco::Net::HTTPServerResponse& to) {
  to.setContentLength64(static_cast<Poco::Int64>(response.body.size()));
  to.setChunkedTransferEncoding(false);
  std::ostringstream head;
  to.write(head);
  std::string bytes = head.str();
  if (from.getMethod() != Poco::Net::HTTPRequest::HTTP_HEAD) bytes += response.body;
  auto& socket = static_cast<Poco::Net::HTTPServerRequestImpl&>(from).socket();
  for (std::size_t sent = 0; sent < bytes.size();)
    sent += static_cast<std::size_t>(socket.sendBytes(bytes.data() + sent, static_cast<int>(bytes.size() - sent)));
}

void send(const Response& response, Poco::Net::HTTPServerRequest& from, Poco::Net::HTTPServerResponse& to) {
  constexpr std::size_t small = 64u << 10;
  to.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status));
  if (!response.content_type.empty()) to.setContentType(response.content_type);
  for (const auto& [name, value] : response.headers) to.add(name, value);
  if (!response.stream && response.body.size() <= small) return send_at_once(response, from, to);
  if (!response.stream) {
    to.sendBuffer(response.body.data(), response.body.size());
    return;
  }
  to.setChunkedTransferEncoding(true);
  std::ostream& out = to.send();
  out.flush();
  OutStream stream(out);
  response.stream(stream);
}

/// What is going on, for the end.
struct Work {
  std::atomic<unsigned> busy{0};
  std::atomic<bool> draining{false};
};

class RequestHandler : public Poco::Net::HTTPRequestHandler {
 public:
  RequestHandler(Handler& handler, const ServerOptions& options, Work& work)
      : handler_(handler), options_(options), work_(work) {}

  void handleRequest(Poco::Net::HTTPServerRequest& from, Poco::Net::HTTPServerResponse& to) override {
    const auto begin = Steady::now();
    work_.busy.fetch_add(1, std::memory_order_relaxed);
    Request request = head_of(from);
    Response response = answer(request, from, to);
    if (work_.draining) to.setKeepAlive(false);
    try {
      send(response, from, to);
    } catch (const Poco::Exception& error) {
      spdlog::debug("{} {}: the client went away: {}", request.method, request.path, error.displayText());
    }
    work_.busy.fetch_sub(1, std::memory_order_relaxed);
    if (spdlog::should_log(spdlog::level::debug))
      spdlog::debug("{} {} {} {} {} bytes {} us", request.peer, request.method, request.path, response.status,
                    response.body.size(),
                    std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - begin).count());
  }

 private:
  Response answer(Request& request, Poco::Net::HTTPServerRequest& from, Poco::Net::HTTPServerResponse& to) {
    const std::size_t limit = handler_.body_limit(request);
    if (from.hasContentLength() || from.getChunkedTransferEncoding()) {
      auto refuse = [&](Response response) {
        to.setKeepAlive(false);
        drain(from.stream());
        return response;
      };
      if (from.hasContentLength() && static_cast<std::uint64_t>(from.getContentLength64()) > limit)
        return refuse(handler_.body_too_large(request, limit));
      if (from.hasContentLength()) request.body.reserve(static_cast<std::size_t>(from.getContentLength64()));
      switch (read_body(from.stream(), limit, Steady::now() + 4 * options_.read_timeout, request.body)) {
        case BodyResult::whole:
          break;
        case BodyResult::too_large:
          return refuse(handler_.body_too_large(request, limit));
        case BodyResult::too_slow:
          to.setKeepAlive(false);
          return {408, "text/plain", "The request's body came too slowly.\n", {}, {}};
        case BodyResult::broken:
          to.setKeepAlive(false);
          return {400, "text/plain", "The request's body could not be read.\n", {}, {}};
      }
      if (from.hasContentLength() && request.body.size() != static_cast<std::size_t>(from.getContentLength64())) {
        to.setKeepAlive(false);
        return {400, "text/plain", "The request's body ended early.\n", {}, {}};
      }
    }
    return handler_.handle(request);
  }

  Handler& handler_;
  const ServerOptions& options_;
  Work& work_;
};

class Factory : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  Factory(Handler& handler, const ServerOptions& options, Work& work)
      : handler_(handler), options_(options), work_(work) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
    return new RequestHandler(handler_, options_, work_);
  }

 private:
  Handler& handler_;
  const ServerOptions& options_;
  Work& work_;
};

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
  Filter(const ServerOptions& options, const std::atomic<Poco::Net::HTTPServer*>& server)
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
  const std::atomic<Poco::Net::HTTPServer*>& server_;
};

}  // namespace

class Server::Impl {
 public:
  Impl(ServerOptions options, Handler& handler) : options_(std::move(options)), handler_(handler) {}

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
      Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
      params->setMaxThreads(threads);
      params->setMaxQueued(threads);
      params->setKeepAlive(true);
      params->setKeepAliveTimeout(timespan(options_.keep_alive));
      params->setTimeout(timespan(options_.read_timeout));
      server_ =
          std::make_unique<Poco::Net::HTTPServer>(new Factory(handler_, options_, work_), *pool_, socket_, params);
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
    server_->stopAll(true);
    while (server_->currentConnections() > 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    visible_ = nullptr;
    server_.reset();
    pool_.reset();
  }

  std::uint16_t port() const { return socket_.address().port(); }
  unsigned connections() const { return server_ ? static_cast<unsigned>(server_->currentConnections()) : 0; }

 private:
  static constexpr int backlog = 512;
  const ServerOptions options_;
  Handler& handler_;
  Work work_;
  std::atomic<Poco::Net::HTTPServer*> visible_{nullptr};
  Poco::Net::ServerSocket socket_;
  std::unique_ptr<Poco::ThreadPool> pool_;
  std::unique_ptr<Poco::Net::HTTPServer> server_;
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

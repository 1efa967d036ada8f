#include "adapters/http/client.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/RejectCertificateHandler.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/URI.h>

#include <algorithm>
#include <istream>
#include <map>
#include <mutex>
#include <ostream>
#include <vector>

#include "adapters/http/message.hpp"
#include "adapters/http/timespan.hpp"
#include "adapters/http/tls.hpp"

namespace echoflow::http {

Poco::Net::Context::Ptr client_tls_context() {
  static const Poco::Net::Context::Ptr context = [] {
    Poco::Net::initializeSSL();
    Poco::Net::Context::Ptr made =
        new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "", Poco::Net::Context::VERIFY_STRICT, 9, true);
    made->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
    // Poco's own handler would ask on the terminal.
    Poco::Net::SSLManager::instance().initializeClient(nullptr, new Poco::Net::RejectCertificateHandler(false), made);
    return made;
  }();
  return context;
}

namespace {

using Clock = std::chrono::steady_clock;
using Session = std::unique_ptr<Poco::Net::HTTPClientSession>;

std::chrono::milliseconds remaining(Clock::time_point deadline) {
  return std::max(std::chrono::milliseconds(1),
                  std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()));
}

Session connect_to(const Poco::URI& uri) {
  if (uri.getScheme() == "https")
    return std::make_unique<Poco::Net::HTTPSClientSession>(uri.getHost(), uri.getPort(), client_tls_context());
  return std::make_unique<Poco::Net::HTTPClientSession>(uri.getHost(), uri.getPort());
}

/// An idle connection with something to read has been closed by the other side (or talks out of turn).
bool is_stale(Poco::Net::HTTPClientSession& session) {
  return !session.connected() ||
         session.socket().poll(Poco::Timespan(0), Poco::Net::Socket::SELECT_READ | Poco::Net::Socket::SELECT_ERROR);
}

/// One exchange on one connection. Throws Poco's exceptions; `answered` tells whether the other side has begun to
/// answer.
struct Exchange {
  Poco::Net::HTTPClientSession& session;
  const ClientRequest& request;
  const Poco::URI& uri;
  Clock::time_point deadline;
  bool answered = false;
  bool too_large = false;

  void send() {
    Poco::Net::HTTPRequest head(request.method, uri.getPathAndQuery().empty() ? "/" : uri.getPathAndQuery(),
                                Poco::Net::HTTPMessage::HTTP_1_1);
    for (const auto& [name, value] : request.headers) head.set(name, value);
    head.setKeepAlive(true);
    head.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
    session.sendRequest(head).write(request.body.data(), static_cast<std::streamsize>(request.body.size())).flush();
  }

  ClientAnswer receive() {
    Poco::Net::HTTPResponse head;
    session.socket().setReceiveTimeout(timespan(remaining(deadline)));
    std::istream& in = session.receiveResponse(head);
    answered = true;
    ClientAnswer answer{
        static_cast<int>(head.getStatus()), head.has("Content-Type") ? head.get("Content-Type") : "", {}, {}};
    for (const auto& [name, value] : head) answer.headers.emplace_back(name, value);
    char buffer[8192];
    while (in) {
      if (Clock::now() >= deadline) throw Poco::TimeoutException();
      session.socket().setReceiveTimeout(timespan(remaining(deadline)));
      in.read(buffer, sizeof buffer);
      answer.body.append(buffer, static_cast<std::size_t>(in.gcount()));
      if (answer.body.size() > request.max_answer_bytes) {
        too_large = true;
        return answer;
      }
    }
    if (session.networkException()) session.networkException()->rethrow();
    if (head.hasContentLength() && answer.status >= 200 && answer.status != 204 && answer.status != 304 &&
        answer.body.size() < static_cast<std::size_t>(head.getContentLength64()))
      throw Poco::Net::MessageException("the answer ends early");
    return answer;
  }
};

ClientFailure failure_of(const Poco::Exception& error, const std::string& host) {
  if (dynamic_cast<const Poco::TimeoutException*>(&error))
    return {ClientFailureKind::timeout, "No answer from " + host + " in time."};
  return {ClientFailureKind::unreachable, "No answer from " + host + ": " + error.displayText() + "."};
}

}  // namespace

class Client::Pool {
 public:
  explicit Pool(ClientOptions options) : options_(options) {}

  const ClientOptions& options() const { return options_; }

  /// A kept connection that is still open, or nothing.
  Session take(const std::string& host) {
    for (;;) {
      Session session;
      {
        std::lock_guard lock(mutex_);
        auto it = idle_.find(host);
        if (it == idle_.end()) return nullptr;
        auto kept = std::move(it->second.back());
        it->second.pop_back();
        if (it->second.empty()) idle_.erase(it);
        --count_;
        if (Clock::now() - kept.since > options_.keep_alive) continue;
        session = std::move(kept.session);
      }
      if (!is_stale(*session)) return session;
    }
  }

  void give_back(const std::string& host, Session session) {
    std::lock_guard lock(mutex_);
    if (count_ >= options_.max_idle) drop_oldest();
    auto& kept = idle_[host];
    if (kept.size() >= options_.max_idle_per_host) return;
    kept.push_back({std::move(session), Clock::now()});
    ++count_;
  }

 private:
  struct Idle {
    Session session;
    Clock::time_point since;
  };

  void drop_oldest() {
    auto oldest = idle_.begin();
    for (auto it = idle_.begin(); it != idle_.end(); ++it)
      if (it->second.front().since < oldest->second.front().since) oldest = it;
    oldest->second.erase(oldest->second.begin());
    if (oldest->second.empty()) idle_.erase(oldest);
    --count_;
  }

  const ClientOptions options_;
  std::mutex mutex_;
  std::map<std::string, std::vector<Idle>> idle_;  // newest last; never an empty list
  std::size_t count_ = 0;
};

std::string_view ClientAnswer::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (equal_ignoring_case(key, name)) return value;
  return {};
}

Client::Client(ClientOptions options) : pool_(std::make_unique<Pool>(options)) {}
Client::~Client() = default;

Result<ClientAnswer, ClientFailure> Client::send(const ClientRequest& request) {
  const auto deadline = Clock::now() + request.timeout;
  std::string host = "the partner";
  try {
    Poco::URI uri(request.url);
    if ((uri.getScheme() != "http" && uri.getScheme() != "https") || uri.getHost().empty())
      return fail(
          ClientFailure{ClientFailureKind::bad_url, "'" + request.url + "' is no http:// or https:// address."});
    host = uri.getScheme() + "://" + uri.getHost() + ":" + std::to_string(uri.getPort());
    for (Session session = pool_->take(host);; session = nullptr) {
      const bool kept = session != nullptr;
      if (!kept) session = connect_to(uri);
      auto timeout = timespan(remaining(deadline));
      session->setTimeout(timespan(std::min(remaining(deadline), pool_->options().max_connect)), timeout, timeout);
      session->setKeepAlive(true);
      session->setKeepAliveTimeout(Poco::Timespan(3600, 0));  // the pool decides on age
      Exchange exchange{*session, request, uri, deadline};
      try {
        exchange.send();
        ClientAnswer answer = exchange.receive();
        if (exchange.too_large)
          return fail(ClientFailure{
              ClientFailureKind::too_large,
              "The answer of " + host + " is larger than " + std::to_string(request.max_answer_bytes) + " bytes."});
        if (session->getKeepAlive() && session->connected() && answer.status >= 200)
          pool_->give_back(host, std::move(session));
        return answer;
      } catch (const Poco::TimeoutException&) {
        throw;
      } catch (const Poco::Exception&) {
        if (!kept || exchange.answered || request.once) throw;
      }
    }
  } catch (const Poco::SyntaxException& error) {
    return fail(
        ClientFailure{ClientFailureKind::bad_url, "'" + request.url + "' is no address: " + error.displayText() + "."});
  } catch (const Poco::Exception& error) {
    return fail(failure_of(error, host));
  } catch (const std::exception& error) {
    return fail(ClientFailure{ClientFailureKind::unreachable, "No answer from " + host + ": " + error.what() + "."});
  }
}

}  // namespace echoflow::http

#include "adapters/http/connection.hpp"

#include <Poco/Exception.h>
#include <spdlog/spdlog.h>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <limits>
#include <optional>

#include "adapters/http/answer.hpp"
#include "adapters/http/timespan.hpp"

namespace echoflow::http {
namespace {

namespace beast = boost::beast::http;
using Steady = std::chrono::steady_clock;
using Parser = beast::request_parser<beast::string_body>;

constexpr std::size_t most_head_bytes = 64u << 10;

std::string text_of(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

Request head_of(const Parser& parser) {
  const auto& from = parser.get();
  Request request;
  request.method = text_of(from.method_string());
  const auto uri = from.target();
  const auto question = std::min(uri.find('?'), uri.size());
  request.path = text_of(uri.substr(0, question));
  if (question < uri.size()) request.query = text_of(uri.substr(question + 1));
  for (const auto& field : from) request.headers.emplace_back(text_of(field.name_string()), text_of(field.value()));
  return request;
}

/// Why a request was not read.
enum class Trouble { none, gone, malformed, head_too_large, body_too_large, too_slow };

class Connection : public Poco::Net::TCPServerConnection {
 public:
  Connection(const Poco::Net::StreamSocket& socket, Connections& all) : TCPServerConnection(socket), all_(all) {
    all_.add(this->socket());
  }
  ~Connection() override { all_.remove(socket()); }

  void run() override {
    try {
      peer_ = socket().peerAddress().host().toString();
      while (serve_one()) {
      }
    } catch (const Poco::Exception& error) {
      spdlog::debug("{}: the client went away: {}", peer_, error.displayText());
    }
  }

 private:
  /// False: the connection ends.
  bool serve_one() {
    Parser parser;
    parser.eager(false);
    parser.header_limit(most_head_bytes);
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());  // the handler's is set when the head is known
    const Trouble trouble = read_head(parser);
    if (trouble == Trouble::gone) return false;
    if (trouble != Trouble::none) return refuse_head(trouble);
    const auto begin = Steady::now();
    all_.busy.fetch_add(1, std::memory_order_relaxed);
    Request request = head_of(parser);
    request.peer = peer_;
    request.secure = socket().secure();
    bool keep = parser.keep_alive();
    Answer answer(socket(), parser.get().version() >= 11, request.method == "HEAD");
    Response response = answer_to(request, parser, keep);
    keep = keep && !all_.draining;
    keep = send(answer, response, keep) && keep;
    all_.busy.fetch_sub(1, std::memory_order_relaxed);
    if (spdlog::should_log(spdlog::level::debug))
      spdlog::debug("{} {} {} {} {} bytes {} us", peer_, request.method, request.path, response.status,
                    response.body.size(),
                    std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - begin).count());
    return keep;
  }

  bool send(Answer& answer, const Response& response, bool keep) {
    try {
      return answer.send(response, keep);
    } catch (const Poco::Exception& error) {
      spdlog::debug("{}: the client went away: {}", peer_, error.displayText());
      return false;
    }
  }

  bool refuse_head(Trouble trouble) {
    Response response{400, "text/plain", "This is no HTTP request.\n", {}, {}};
    if (trouble == Trouble::head_too_large)
      response = {431, "text/plain", "The request's head is too large.\n", {}, {}};
    if (trouble == Trouble::too_slow) response = {408, "text/plain", "The request's head came too slowly.\n", {}, {}};
    Answer(socket(), true, false).send(response, false);
    return false;
  }

  Response answer_to(Request& request, Parser& parser, bool& keep) {
    const std::size_t limit = all_.handler.body_limit(request);
    if (parser.is_done()) return all_.handler.handle(request);
    Trouble trouble = Trouble::none;
    const auto length = parser.content_length();
    if (length && *length > limit) {
      trouble = Trouble::body_too_large;
    } else {
      if (request.header("Expect") == "100-continue") send_all(socket(), "HTTP/1.1 100 Continue\r\n\r\n");
      parser.body_limit(limit);
      trouble = read_body(parser, Steady::now() + 4 * all_.options.read_timeout);
    }
    keep = keep && trouble == Trouble::none;
    switch (trouble) {
      case Trouble::none:
        request.body = std::move(parser.get().body());
        return all_.handler.handle(request);
      case Trouble::body_too_large:
        drain(length ? std::optional(*length) : std::nullopt);
        return all_.handler.body_too_large(request, limit);
      case Trouble::too_slow:
        return {408, "text/plain", "The request's body came too slowly.\n", {}, {}};
      case Trouble::malformed:
      case Trouble::head_too_large:
        return {400, "text/plain", "The request's body could not be read.\n", {}, {}};
      case Trouble::gone:
        break;
    }
    return {400, "text/plain", "The request's body ended early.\n", {}, {}};
  }

  Trouble read_head(Parser& parser) {
    std::optional<Steady::time_point> deadline;
    if (filled_ == taken_) {
      socket().setReceiveTimeout(timespan(all_.options.keep_alive));
      if (!receive()) return Trouble::gone;
      socket().setReceiveTimeout(timespan(all_.options.read_timeout));
    }
    while (!parser.is_header_done()) {
      if (const Trouble trouble = feed(parser); trouble != Trouble::none) return trouble;
      if (parser.is_header_done()) break;
      if (!deadline) deadline = Steady::now() + 4 * all_.options.read_timeout;
      if (Steady::now() >= *deadline) return Trouble::too_slow;
      if (filled_ - taken_ > most_head_bytes) return Trouble::head_too_large;
      if (!receive()) return Trouble::gone;
    }
    return Trouble::none;
  }

  Trouble read_body(Parser& parser, Steady::time_point deadline) {
    while (true) {
      if (taken_ < filled_)
        if (const Trouble trouble = feed(parser); trouble != Trouble::none) return trouble;
      if (parser.is_done()) return Trouble::none;
      if (Steady::now() >= deadline) return Trouble::too_slow;
      if (!receive()) return timed_out_ ? Trouble::too_slow : Trouble::gone;
    }
  }

  /// Gives what is buffered to the parser.
  Trouble feed(Parser& parser) {
    while (taken_ < filled_) {
      boost::system::error_code error;
      const bool in_head = !parser.is_header_done();
      const std::size_t used = parser.put(boost::asio::const_buffer(buffer_.data() + taken_, filled_ - taken_), error);
      taken_ += used;
      if (error == beast::error::need_more) return Trouble::none;
      if (error == beast::error::body_limit) return Trouble::body_too_large;
      if (error == beast::error::header_limit) return Trouble::head_too_large;
      if (error) return Trouble::malformed;
      if (parser.is_done() || (in_head && parser.is_header_done()) || used == 0) return Trouble::none;
    }
    return Trouble::none;
  }

  /// Reads more into the buffer; false: the client is gone or silent.
  bool receive() {
    if (taken_ == filled_) taken_ = filled_ = 0;
    if (taken_ > 0 && filled_ == buffer_.size()) {
      std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(taken_),
                buffer_.begin() + static_cast<std::ptrdiff_t>(filled_), buffer_.begin());
      filled_ -= taken_;
      taken_ = 0;
    }
    if (filled_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
    timed_out_ = false;
    try {
      const int got = socket().receiveBytes(buffer_.data() + filled_, static_cast<int>(buffer_.size() - filled_));
      if (got <= 0) return false;
      filled_ += static_cast<std::size_t>(got);
      return true;
    } catch (const Poco::TimeoutException&) {
      timed_out_ = true;
      return false;
    }
  }

  /// Takes what a client still sends, within bounds, so that it reads the refusal instead of a reset. `left`: bytes of
  /// the body, where it says how many.
  void drain(std::optional<std::uint64_t> left) {
    const std::uint64_t most = std::min<std::uint64_t>(left.value_or(32u << 20), 32u << 20);
    const auto deadline = Steady::now() + std::chrono::seconds(5);
    if (!left) socket().setReceiveTimeout(Poco::Timespan(0, 300'000));
    for (std::uint64_t taken = filled_ - taken_; taken < most && Steady::now() < deadline; taken += filled_) {
      taken_ = filled_;
      if (!receive()) return;
    }
    taken_ = filled_;
  }

  Connections& all_;
  std::string peer_;
  std::vector<char> buffer_ = std::vector<char>(std::size_t{8} << 10);
  std::size_t taken_ = 0, filled_ = 0;  // what of the buffer was parsed, and received
  bool timed_out_ = false;
};

}  // namespace

void Connections::add(const Poco::Net::StreamSocket& socket) {
  std::lock_guard lock(mutex_);
  open_.insert(socket);
}

void Connections::remove(const Poco::Net::StreamSocket& socket) {
  std::lock_guard lock(mutex_);
  open_.erase(socket);
}

void Connections::cut() {
  std::lock_guard lock(mutex_);
  for (auto socket : open_) {
    try {
      socket.shutdown();
    } catch (const Poco::Exception&) {
      continue;  // it is gone already
    }
  }
}

Poco::Net::TCPServerConnection* ConnectionFactory::createConnection(const Poco::Net::StreamSocket& socket) {
  return new Connection(socket, connections_);
}

}  // namespace echoflow::http

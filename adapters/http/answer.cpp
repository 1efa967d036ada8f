#include "adapters/http/answer.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPResponse.h>
#include <fmt/format.h>

#include <ctime>
#include <iterator>

namespace echoflow::http {
namespace {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 §5.6.7), made once a second in each thread.
const std::string& date_now() {
  static thread_local std::time_t second = 0;
  static thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now == second) return text;
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&now, &utc);
  text = fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[utc.tm_wday], utc.tm_mday, months[utc.tm_mon],
                     utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  second = now;
  return text;
}

/// A header's value cannot end its line.
std::string one_line(std::string_view text) {
  std::string line(text);
  for (char& c : line)
    if (c == '\r' || c == '\n') c = ' ';
  return line;
}

std::string head_of(const Response& response) {
  std::string head;
  auto out = std::back_inserter(head);
  const auto& reason =
      Poco::Net::HTTPResponse::getReasonForStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(response.status));
  fmt::format_to(out, "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status, reason, date_now());
  if (!response.content_type.empty()) fmt::format_to(out, "Content-Type: {}\r\n", one_line(response.content_type));
  for (const auto& [name, value] : response.headers) fmt::format_to(out, "{}: {}\r\n", one_line(name), one_line(value));
  return head;
}

class ChunkStream : public Stream {
 public:
  ChunkStream(Poco::Net::StreamSocket& socket, bool chunks) : socket_(socket), chunks_(chunks) {}
  bool write(std::string_view bytes) override {
    if (bytes.empty()) return true;
    try {
      if (chunks_)
        send_all(socket_, fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes));
      else
        send_all(socket_, bytes);
      return true;
    } catch (const Poco::Exception&) {
      return false;
    }
  }

 private:
  Poco::Net::StreamSocket& socket_;
  const bool chunks_;
};

}  // namespace

void send_all(Poco::Net::StreamSocket& socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto most = static_cast<int>(std::min<std::size_t>(bytes.size(), 1u << 30));
    const int sent = socket.sendBytes(bytes.data(), most);
    if (sent <= 0) throw Poco::IOException("the client takes nothing");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool Answer::send(const Response& response, bool keep_alive) {
  constexpr std::size_t small = 64u << 10;
  std::string bytes = head_of(response);
  if (response.stream) return stream(response, std::move(bytes), keep_alive);
  const bool no_body = response.status == 204 || response.status == 304;
  auto out = std::back_inserter(bytes);
  if (!no_body) fmt::format_to(out, "Content-Length: {}\r\n", response.body.size());
  fmt::format_to(out, "Connection: {}\r\n\r\n", keep_alive ? "Keep-Alive" : "Close");
  const std::string_view body = head_only_ || no_body ? std::string_view() : std::string_view(response.body);
  // Head and body in one packet: the client wakes once, and one call into the system is saved.
  if (body.size() <= small) bytes += body;
  send_all(socket_, bytes);
  if (body.size() > small) send_all(socket_, body);
  return true;
}

bool Answer::stream(const Response& response, std::string head, bool keep_alive) {
  const bool keep = keep_alive && chunks_;
  if (chunks_) head += "Transfer-Encoding: chunked\r\n";
  head += keep ? "Connection: Keep-Alive\r\n\r\n" : "Connection: Close\r\n\r\n";
  send_all(socket_, head);
  if (head_only_) return true;
  ChunkStream out(socket_, chunks_);
  response.stream(out);
  if (chunks_) send_all(socket_, "0\r\n\r\n");
  return keep;
}

}  // namespace echoflow::http

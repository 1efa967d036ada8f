#include "adapters/http/web_socket.hpp"

#include <Poco/Buffer.h>
#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/WebSocket.h>
#include <Poco/URI.h>

#include <memory>

#include "adapters/http/tls.hpp"

namespace echoflow::http {

namespace {

using Poco::Net::WebSocket;

constexpr int most_text_bytes = 1 << 20;

std::unique_ptr<Poco::Net::HTTPClientSession> open_session(const Poco::URI& uri) {
  const bool tls = uri.getScheme() == "wss";
  const auto port = static_cast<Poco::UInt16>(uri.getPort() ? uri.getPort() : tls ? 443 : 80);
  if (tls) return std::make_unique<Poco::Net::HTTPSClientSession>(uri.getHost(), port, client_tls_context());
  return std::make_unique<Poco::Net::HTTPClientSession>(uri.getHost(), port);
}

/// One frame; false: the socket was closed.
bool receive(WebSocket& socket, std::string& text, bool& whole) {
  Poco::Buffer<char> frame(0);
  int flags = 0;
  const int size = socket.receiveFrame(frame, flags);
  const int kind = flags & WebSocket::FRAME_OP_BITMASK;
  if (kind == WebSocket::FRAME_OP_CLOSE || (size == 0 && flags == 0)) return false;
  if (kind == WebSocket::FRAME_OP_PING) {
    socket.sendFrame(frame.begin(), size, static_cast<int>(WebSocket::FRAME_FLAG_FIN) | WebSocket::FRAME_OP_PONG);
    return true;
  }
  if (kind == WebSocket::FRAME_OP_PONG) return true;
  text.append(frame.begin(), frame.size());
  whole = (flags & WebSocket::FRAME_FLAG_FIN) != 0;
  return text.size() <= static_cast<std::size_t>(most_text_bytes);
}

std::string read_until(WebSocket& socket, const std::stop_token& stop, int silence_seconds,
                       const std::function<bool(std::string_view)>& take) {
  std::string text;
  for (int silent = 0; !stop.stop_requested();) {
    if (socket.available() <= 0 && !socket.poll(Poco::Timespan(0, 500'000), Poco::Net::Socket::SELECT_READ)) {
      if (++silent > 2 * silence_seconds) return "Nothing came for " + std::to_string(silence_seconds) + " seconds.";
      continue;
    }
    silent = 0;
    bool whole = false;
    if (!receive(socket, text, whole)) return "The stream ended.";
    if (!whole) continue;
    if (!take(text)) return "What the stream brought could not be taken.";
    text.clear();
  }
  return {};
}

}  // namespace

std::string read_web_socket(const std::string& url, const std::stop_token& stop, int silence_seconds,
                            const std::function<bool(std::string_view)>& take) {
  try {
    const Poco::URI uri(url);
    auto session = open_session(uri);
    session->setTimeout(Poco::Timespan(15, 0));
    Poco::Net::HTTPRequest request(Poco::Net::HTTPRequest::HTTP_GET, uri.getPathAndQuery(),
                                   Poco::Net::HTTPMessage::HTTP_1_1);
    Poco::Net::HTTPResponse response;
    WebSocket socket(*session, request, response);
    socket.setMaxPayloadSize(most_text_bytes);
    socket.setReceiveTimeout(Poco::Timespan(30, 0));
    return read_until(socket, stop, silence_seconds, take);
  } catch (const Poco::Exception& error) {
    return stop.stop_requested() ? std::string() : "The stream broke: " + error.displayText() + ".";
  } catch (const std::exception& error) {
    return std::string("The stream broke: ") + error.what() + ".";
  }
}

}  // namespace echoflow::http

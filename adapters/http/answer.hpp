#pragma once
#include <Poco/Net/StreamSocket.h>

#include <string_view>

#include "adapters/http/message.hpp"

namespace echoflow::http {

/// Sends all bytes. Throws Poco's exceptions.
void send_all(Poco::Net::StreamSocket& socket, std::string_view bytes);

/// Writes the answer to one request.
class Answer {
 public:
  /// `chunks`: the client reads chunked bodies (HTTP/1.1). `head_only`: the body is announced but not sent (HEAD).
  Answer(Poco::Net::StreamSocket& socket, bool chunks, bool head_only)
      : socket_(socket), chunks_(chunks), head_only_(head_only) {}
  /// False: the connection cannot be used any more. Throws Poco's exceptions when the client is gone.
  bool send(const Response& response, bool keep_alive);

 private:
  bool stream(const Response& response, std::string head, bool keep_alive);

  Poco::Net::StreamSocket& socket_;
  const bool chunks_, head_only_;
};

}  // namespace echoflow::http

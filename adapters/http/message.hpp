#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Requests and responses as plain values, so that nobody but the server itself knows Poco.
namespace echoflow::http {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;
  std::string path;   ///< percent-decoded by its segments' users, here as it came, without the query
  std::string query;  ///< as it came, without '?'
  Pairs headers;      ///< in their order, names as they came
  std::string body;
  std::string peer;     ///< the client's address
  bool secure = false;  ///< over TLS

  /// Value of a header, names compared without case; empty when absent.
  std::string_view header(std::string_view name) const;
};

/// Writes a response that has no known end. False: the client is gone.
class Stream {
 public:
  virtual ~Stream() = default;
  virtual bool write(std::string_view bytes) = 0;
};

struct Response {
  int status = 200;
  std::string content_type;
  std::string body;
  Pairs headers;
  /// When set, called after the header was sent; writes until it is done.
  std::function<void(Stream&)> stream;
};

/// "a%20b" → "a b"; nullopt when malformed. With `plus`, '+' is a space (query strings).
std::optional<std::string> percent_decoded(std::string_view text, bool plus = false);
/// Encodes everything but unreserved characters.
std::string percent_encoded(std::string_view text);
/// "a=1&b=2" → pairs; nullopt when malformed.
std::optional<Pairs> parse_query(std::string_view query);
bool equal_ignoring_case(std::string_view a, std::string_view b);
/// The media type of a Content-Type header: lower case, without parameters.
std::string media_type(std::string_view content_type);
/// A parameter of a header value ("charset", "boundary", "action"), unquoted; empty when absent.
std::string header_parameter(std::string_view value, std::string_view name);

}  // namespace echoflow::http

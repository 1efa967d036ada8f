#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/base/result.hpp"

namespace echoflow::http {

struct ClientRequest {
  std::string url;  ///< http:// or https://
  std::string method = "POST";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::chrono::milliseconds timeout{30'000};  ///< for the whole exchange
  std::size_t max_answer_bytes = 16u << 20;
  bool once = false;  ///< never sent a second time, also when a kept connection breaks before an answer came
};
struct ClientAnswer {
  int status = 0;
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< in their order, names as they came

  /// Value of a header, names compared without case; empty when absent.
  std::string_view header(std::string_view name) const;
};
enum class ClientFailureKind { bad_url, unreachable, timeout, too_large };
struct ClientFailure {
  ClientFailureKind kind = ClientFailureKind::unreachable;
  std::string message;
};

struct ClientOptions {
  std::size_t max_idle_per_host = 16;
  std::size_t max_idle = 256;
  std::chrono::seconds keep_alive{10};  ///< an idle connection that is older is not used again
  std::chrono::milliseconds max_connect{10'000};
};

/// Makes HTTP(S) calls over kept connections, one pool per host and port. Never follows redirects; checks certificates
/// by the system's authorities. Thread-safe; never throws.
class Client {
 public:
  explicit Client(ClientOptions options = {});
  ~Client();
  /// Sends once; a second time only when a kept connection turned out to be closed before any byte of an answer came.
  Result<ClientAnswer, ClientFailure> send(const ClientRequest& request);

 private:
  class Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace echoflow::http

#pragma once
#include <atomic>
#include <chrono>
#include <string>

#include "adapters/http/message.hpp"
#include "adapters/runtime/runtime.hpp"
#include "adapters/soap/codec.hpp"
#include "adapters/soap/endpoints.hpp"
#include "engine/ports/process_models.hpp"

namespace echoflow::soap {

struct ServiceOptions {
  std::chrono::milliseconds reply_timeout{120'000};
  xml::Limits limits;
  const engine::ProcessModels* models = nullptr;  ///< makes the interfaces of what was deployed as a model
  unsigned max_waiting = 900;  ///< callers that wait for a reply at the same time; more are turned away
};

/// The SOAP side of the server: what stands under /services/. Thread-safe.
class Service {
 public:
  Service(runtime::Runtime& runtime, Endpoints& endpoints, ServiceOptions options = {});

  static bool owns(std::string_view path) { return path.starts_with("/services/"); }
  std::size_t body_limit() const { return options_.limits.max_bytes; }
  http::Response too_large(std::size_t limit) const;
  /// POST: a SOAP message; GET ?wsdl: the interface. `base_url` is how the client reaches this server, without '/' at
  /// its end.
  http::Response handle(const http::Request& request, const std::string& base_url);

 private:
  http::Response describe(const http::Request& request, const Endpoint& endpoint, const std::string& base_url) const;
  http::Response receive(const http::Request& request, const Endpoint& endpoint);
  http::Response deliver(const http::Request& request, const Endpoint& endpoint, const program::Program& program,
                         Request message);

  runtime::Runtime& runtime_;
  Endpoints& endpoints_;
  const ServiceOptions options_;
  std::atomic<unsigned> waiting_{0};
};

}  // namespace echoflow::soap

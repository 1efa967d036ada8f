#pragma once
#include <string>
#include <string_view>

#include "adapters/channels/registry.hpp"
#include "adapters/http/message.hpp"

namespace echoflow::channels {

/// Where networks call: /channels/{name}/webhook. What proves itself by a signature needs no token of ours.
class Gateway {
 public:
  Gateway(const Channels& channels, Sink& sink) : channels_(channels), sink_(sink) {}
  static bool owns(std::string_view path);
  static std::size_t body_limit() { return 1u << 20; }
  /// `base_url`: how the network reached us, without '/' at its end. Answers 2xx only when all is durable.
  http::Response handle(const http::Request& request, const std::string& base_url);

 private:
  const Channels& channels_;
  Sink& sink_;
};

}  // namespace echoflow::channels

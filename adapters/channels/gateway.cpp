#include "adapters/channels/gateway.hpp"

#include <spdlog/spdlog.h>

#include "adapters/channels/build.hpp"

namespace echoflow::channels {

namespace {

constexpr std::string_view prefix = "/channels/", suffix = "/webhook";

std::string_view name_in(std::string_view path) {
  return path.substr(prefix.size(), path.size() - prefix.size() - suffix.size());
}

http::Response refuse(int status, const std::string& detail) {
  return plain_response(status, detail + "\n");
}

}  // namespace

bool Gateway::owns(std::string_view path) {
  return path.size() > prefix.size() + suffix.size() && path.starts_with(prefix) && path.ends_with(suffix) &&
         name_in(path).find('/') == std::string_view::npos;
}

http::Response Gateway::handle(const http::Request& request, const std::string& base_url) {
  Channel* channel = channels_.find(name_in(request.path));
  if (!channel) return refuse(404, "There is no such channel.");
  const Webhook webhook{request, base_url + request.path + (request.query.empty() ? "" : "?" + request.query)};
  if (auto answer = channel->handshake(webhook)) return std::move(*answer);
  if (request.method != "POST") {
    auto response = refuse(405, "Here only POST is allowed.");
    response.headers.emplace_back("Allow", "POST");
    return response;
  }
  auto received = channel->receive(webhook);
  if (!received) {
    const auto& refusal = received.error();
    spdlog::warn("channel {}: refused a call from {} ({}): {}", channel->name(), request.peer, refusal.code,
                 refusal.detail);
    return refuse(refusal.status, refusal.detail);
  }
  if (!received->feedback.empty() && !sink_.accept(std::move(received->feedback))) {
    auto response = refuse(503, "It could not be stored now; deliver it again.");
    response.headers.emplace_back("Retry-After", "5");
    return response;
  }
  return std::move(received->response);
}

}  // namespace echoflow::channels

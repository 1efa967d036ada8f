#include <algorithm>

#include "adapters/rest/route.hpp"

namespace echoflow::rest {

namespace {

/// The next step of a path that begins with '/', which is taken off.
std::string_view next_step(std::string_view& path) {
  path.remove_prefix(1);
  auto end = std::min(path.find('/'), path.size());
  auto step = path.substr(0, end);
  path.remove_prefix(end);
  return step;
}

bool fits(std::string_view pattern, std::string_view path, std::vector<std::string>& parameters) {
  while (pattern.starts_with('/') && path.starts_with('/')) {
    auto wanted = next_step(pattern), got = next_step(path);
    if (!wanted.starts_with('{')) {
      if (wanted != got) return false;
      continue;
    }
    auto decoded = http::percent_decoded(got);
    if (!decoded || decoded->empty()) return false;
    parameters.push_back(std::move(*decoded));
  }
  return pattern.empty() && path.empty();
}

}  // namespace

std::string_view Call::parameter(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return {};
}

Match match(std::string_view method, std::string_view path) {
  Match found;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (const auto& route : routes()) {
    std::vector<std::string> parameters;
    if (!fits(route.path, path, parameters)) continue;
    if (route.method == wanted) {
      found.route = &route;
      found.parameters = std::move(parameters);
      return found;
    }
    found.allowed.push_back(route.method);
    if (route.method == "GET") found.allowed.push_back("HEAD");
  }
  return found;
}

}  // namespace echoflow::rest

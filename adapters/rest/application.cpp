#include "adapters/rest/application.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "adapters/channels/gateway.hpp"

namespace echoflow::rest {

namespace {

constexpr std::size_t no_body_bytes = 64u << 10;

http::Response refuse_token(std::string detail) {
  return respond({401, "token-needed", std::move(detail), "", "", {}, {{"WWW-Authenticate", "Bearer"}}});
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (auto name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

/// Checks a query against what the route declares: no unknown names, none twice.
std::optional<std::string> query_problem(const http::Pairs& query, const Route& route) {
  for (std::size_t i = 0; i < query.size(); ++i) {
    const auto& name = query[i].first;
    if (std::none_of(route.query.begin(), route.query.end(), [&](const auto& known) { return known.name == name; }))
      return "The query parameter '" + name + "' is not known here.";
    for (std::size_t k = 0; k < i; ++k)
      if (query[k].first == name) return "The query parameter '" + name + "' stands twice.";
  }
  return std::nullopt;
}

/// A process model alone.
bool is_xml(std::string_view type) {
  return type == "application/xml" || type == "text/xml" || type == "application/bpmn+xml";
}

bool accepts(Body body, std::string_view type) {
  switch (body) {
    case Body::none:
      return true;
    case Body::json:
      return type == "application/json";
    case Body::deployment:
      return type == "application/zip" || type == "application/x-zip-compressed" || type == "multipart/form-data" ||
             is_xml(type);
  }
  return false;
}

std::string_view accepted_types(Body body) {
  return body == Body::json ? "application/json"
                            : "application/zip, multipart/form-data, or application/xml for a process model alone";
}

void add_security_headers(const http::Request& request, http::Response& response) {
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  if (request.secure) response.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  if (soap::Service::owns(request.path) || channels::Gateway::owns(request.path)) return;
  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  if (!response.stream) response.headers.emplace_back("Cache-Control", "no-store");
}

}  // namespace

std::size_t Application::body_limit(const http::Request& head) const {
  if (soap::Service::owns(head.path)) return service_.body_limit();
  if (options_.gateway && channels::Gateway::owns(head.path)) return channels::Gateway::body_limit();
  auto found = match(head.method, head.path);
  if (!found.route) return no_body_bytes;
  switch (found.route->body) {
    case Body::none:
      return no_body_bytes;
    case Body::json:
      return api_.options().max_json_bytes;
    case Body::deployment:
      return api_.options().archive.max_archive_bytes;
  }
  return no_body_bytes;
}

http::Response Application::body_too_large(const http::Request& head, std::size_t limit) {
  if (soap::Service::owns(head.path)) return service_.too_large(limit);
  auto found = match(head.method, head.path);
  std::string name = found.route && found.route->body == Body::deployment ? "archive-bytes" : "body-bytes";
  return respond({413, "too-large", "The body is larger than " + std::to_string(limit) + " bytes (limit " + name + ").",
                  "", name});
}

std::string Application::own_url() const {
  return options_.public_url.empty() ? "http://" + options_.listen_authority : options_.public_url;
}

std::string Application::base_url(const http::Request& request) const {
  if (!options_.public_url.empty()) return options_.public_url;
  std::string_view host = request.header("Host");
  bool plain = !host.empty() && host.size() < 256 && std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
  });
  return (request.secure ? "https://" : "http://") + (plain ? std::string(host) : options_.listen_authority);
}

Result<Identity, http::Response> Application::identify(const http::Request& request, Access access) const {
  if (options_.tokens.empty() || access == Access::open) return Identity{};
  std::string_view header = request.header("Authorization");
  if (header.empty()) return fail(refuse_token("A token is needed: send the header Authorization: Bearer TOKEN."));
  auto space = header.find(' ');
  if (space == std::string_view::npos || !http::equal_ignoring_case(header.substr(0, space), "Bearer"))
    return fail(refuse_token("Only bearer tokens are known here."));
  auto identity = options_.tokens.find(header.substr(space + 1));
  if (!identity) return fail(refuse_token("The token is not known."));
  if (!may_use(*identity, access))
    return fail(respond({403, "role-missing", "The roles of '" + identity->subject + "' do not allow this."}));
  return *identity;
}

http::Response Application::handle(const http::Request& request) {
  http::Response response;
  try {
    response = dispatch(request);
  } catch (const std::exception& error) {
    spdlog::error("{} {} failed: {}", request.method, request.path, error.what());
    response = respond({500, "internal", "The server met an internal error; its log says more."});
  }
  add_security_headers(request, response);
  return response;
}

http::Response Application::dispatch(const http::Request& request) {
  if (options_.loopback_only) {
    auto host = options_.public_url.empty() ? std::string() : std::string(host_of(options_.public_url));
    if (auto refusal = rebinding_refusal(request, host); !refusal.empty())
      return respond({403, "foreign-host", refusal});
  }
  if (options_.gateway && channels::Gateway::owns(request.path))
    return options_.gateway->handle(request, base_url(request));
  if (!soap::Service::owns(request.path)) return route(request);
  auto identity = identify(request, options_.public_services ? Access::open : Access::service);
  return identity ? service_.handle(request, base_url(request)) : identity.error();
}

http::Response Application::route(const http::Request& request) {
  auto found = match(request.method, request.path);
  if (!found.route && found.allowed.empty())
    return not_found("There is nothing at " + request.path.substr(0, 200) + "; /openapi.json lists what there is.");
  if (!found.route) {
    const std::string allowed = joined(found.allowed);
    return respond({405, "method-not-allowed", "Here are allowed: " + allowed + ".", "", "", {}, {{"Allow", allowed}}});
  }
  const Route& target = *found.route;
  auto identity = identify(request, target.access);
  if (!identity) return identity.error();
  auto query = http::parse_query(request.query);
  if (!query) return bad_request("The query is not well-formed.");
  if (auto problem = query_problem(*query, target)) return bad_request(std::move(*problem));
  if (target.body != Body::none && !accepts(target.body, http::media_type(request.header("Content-Type"))))
    return respond(
        {415, "unsupported-media-type", "The body must be " + std::string(accepted_types(target.body)) + "."});
  return target.function(
      api_, {request, std::move(found.parameters), std::move(*query), std::move(identity).value(), base_url(request)});
}

}  // namespace echoflow::rest

#pragma once
#include <string>

#include "adapters/http/server.hpp"
#include "adapters/rest/api.hpp"
#include "adapters/rest/security.hpp"
#include "adapters/soap/service.hpp"

namespace echoflow::channels {
class Gateway;
}

namespace echoflow::rest {

struct ApplicationOptions {
  std::string public_url;                ///< how clients reach the server; empty: by the Host header
  std::string listen_authority;          ///< "127.0.0.1:8080", for clients that send no Host header
  bool loopback_only = true;             ///< refuse other hosts and origins
  bool public_services = false;          ///< SOAP endpoints ask for no token
  Tokens tokens;                         ///< none: no token is asked for
  channels::Gateway* gateway = nullptr;  ///< where networks call; nullptr: no channels
};

/// The whole server behind HTTP: checks who asks, then gives the request to a route or to the SOAP service.
class Application : public http::Handler {
 public:
  Application(Api& api, soap::Service& service, ApplicationOptions options)
      : api_(api), service_(service), options_(std::move(options)) {}

  std::size_t body_limit(const http::Request& head) const override;
  http::Response body_too_large(const http::Request& head, std::size_t limit) override;
  http::Response handle(const http::Request& request) override;
  /// Public for the partner client's wsa:ReplyTo: the configured URL or the listen address, without '/' at its end.
  std::string own_url() const;

 private:
  http::Response dispatch(const http::Request& request);
  http::Response route(const http::Request& request);
  /// The identity of the request, or the refusal.
  Result<Identity, http::Response> identify(const http::Request& request, Access access) const;
  std::string base_url(const http::Request& request) const;

  Api& api_;
  soap::Service& service_;
  const ApplicationOptions options_;
};

}  // namespace echoflow::rest

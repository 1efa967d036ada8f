#pragma once
#include <string>

#include "adapters/channels/channel.hpp"
#include "adapters/http/client.hpp"
#include "adapters/json/value.hpp"

/// Calls of a network's own interface over HTTP with JSON answers.
namespace echoflow::channels {

struct Answer {
  int status = 0;
  json::Value body;  ///< null when it was no JSON
  http::ClientAnswer plain;
};

/// Sends. No answer, 429 and 5xx are Later (after Retry-After or x-rate-limit-reset where the network says so), with a
/// reason that never holds the address, since some networks want a token in it.
Result<Answer, Later> call(http::Client& client, const std::string& network, http::ClientRequest request,
                           TimePoint now);

/// How long the network wants to be left alone; `preset` where it does not say.
std::chrono::milliseconds rest_of(const http::ClientAnswer& answer, TimePoint now, std::chrono::seconds preset);

http::ClientRequest json_post(std::string url, std::string body, const std::string& bearer);
http::ClientRequest form_post(std::string url, const http::Pairs& fields);
http::ClientRequest get(std::string url, const std::string& bearer);
/// "a=1&b=2", percent-encoded.
std::string form_text(const http::Pairs& fields);

}  // namespace echoflow::channels

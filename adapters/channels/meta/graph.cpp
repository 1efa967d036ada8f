#include "adapters/channels/meta/graph.hpp"

#include "adapters/channels/build.hpp"
#include "adapters/channels/signature.hpp"
#include "adapters/json/access.hpp"
#include "models/base/hex.hpp"

namespace echoflow::channels::meta {

namespace {

bool is_rate_limit(std::int64_t code) {
  return code == 4 || code == 17 || code == 32 || code == 613 || (code >= 80'000 && code <= 80'014) || code == 130429;
}

/// What an error of the Graph API means for a text that was to be sent.
std::variant<json::Value, Refused, Later> error_of(const json::Value& body, const std::string& network, int status) {
  const auto code = json::integer_at(body, "/error/code").value_or(0);
  const auto subcode = json::integer_at(body, "/error/error_subcode").value_or(0);
  const auto message = json::text_at(body, "/error/message");
  if (is_rate_limit(code)) return Later{std::chrono::minutes(5), network + " asks for fewer calls.", false};
  if (code == 1 || code == 2) return Later{std::chrono::seconds(30), network + " has trouble.", true};
  if (code == 190)
    return Later{std::chrono::minutes(10), network + " does not know the access token (any more); renew it.", false};
  if (subcode == 2018278 || code == 131047) return Refused{"window", message};
  if (subcode == 2018108 || subcode == 2018109) return Refused{"recipient", message};
  if (!message.empty()) return Refused{"network", message};
  return Refused{"network", network + " answered with status " + std::to_string(status) + "."};
}

}  // namespace

Account read_account(Settings& settings) {
  Account account;
  account.app_secret = settings.secret("app_secret");
  account.verify_token = settings.secret("verify_token");
  account.access_token = settings.secret("access_token");
  account.api_url = settings.address("api_url", "https://graph.facebook.com/v21.0");
  return account;
}

std::optional<http::Response> handshake(const http::Request& request, const Account& account) {
  if (request.method != "GET") return std::nullopt;
  if (query_value(request, "hub.mode") != "subscribe" ||
      !equal_in_constant_time(query_value(request, "hub.verify_token"), account.verify_token))
    return plain_response(403, "The verify token is not the one of this channel.\n");
  return plain_response(200, query_value(request, "hub.challenge"));
}

std::optional<Refusal> check_signature(const http::Request& request, const Account& account) {
  constexpr std::string_view prefix = "sha256=";
  const auto given = request.header("X-Hub-Signature-256");
  if (!given.starts_with(prefix))
    return Refusal{401, "signature", "The header X-Hub-Signature-256 is missing or malformed."};
  const auto expected = to_hex(std::string_view(hmac_sha256(account.app_secret, request.body)));
  if (!equal_in_constant_time(given.substr(prefix.size()), expected))
    return Refusal{401, "signature", "The signature does not fit the body and the channel's app secret."};
  return std::nullopt;
}

std::variant<json::Value, Refused, Later> Graph::post(const std::string& path, std::string body) const {
  return outcome(
      call(world_.client, network_, json_post(account_.api_url + path, std::move(body), account_.access_token), now()));
}

std::variant<json::Value, Refused, Later> Graph::get(const std::string& path) const {
  return outcome(call(world_.client, network_, channels::get(account_.api_url + path, account_.access_token), now()));
}

std::variant<json::Value, Refused, Later> Graph::outcome(Result<Answer, Later> answer) const {
  if (!answer) return answer.error();
  if (answer->status >= 300 || answer->body.find("error")) return error_of(answer->body, network_, answer->status);
  return std::move(answer->body);
}

SendResult sent_by(std::variant<json::Value, Refused, Later> outcome, const std::string& pointer,
                   const std::string& url_prefix) {
  if (auto* refused = std::get_if<Refused>(&outcome)) return std::move(*refused);
  if (auto* later = std::get_if<Later>(&outcome)) return std::move(*later);
  const auto id = json::text_at(*std::get_if<json::Value>(&outcome), pointer);
  if (id.empty()) return Later{std::chrono::seconds(30), "The network's answer names no id.", true};
  return Sent{id, url_prefix.empty() ? std::string() : url_prefix + id};
}

Result<std::optional<Sent>, Later> find_text(std::variant<json::Value, Refused, Later> outcome,
                                             const std::string& items, const std::string& text_member,
                                             const std::string& text, const std::string& author_pointer,
                                             const std::string& author) {
  if (auto* later = std::get_if<Later>(&outcome)) return fail(std::move(*later));
  if (std::holds_alternative<Refused>(outcome)) return std::optional<Sent>();  // what it answered is gone
  for (const auto& item : json::items_at(*std::get_if<json::Value>(&outcome), items))
    if (json::text_at(item, text_member) == text && (author.empty() || json::text_at(item, author_pointer) == author))
      return std::optional<Sent>(Sent{json::text_at(item, "/id"), json::text_at(item, "/permalink_url")});
  return std::optional<Sent>();
}

}  // namespace echoflow::channels::meta

#pragma once
#include <optional>
#include <string>

#include "adapters/channels/calls.hpp"
#include "adapters/channels/channel.hpp"
#include "adapters/channels/settings.hpp"

/// What Facebook, Instagram and WhatsApp have in common: the handshake, the signature and the Graph API.
namespace echoflow::channels::meta {

struct Account {
  std::string app_secret, verify_token, access_token;
  std::string api_url;  ///< with its version, without '/' at its end
};
Account read_account(Settings& settings);

/// GET ?hub.mode=subscribe&hub.challenge=…&hub.verify_token=…: the challenge, or 403.
std::optional<http::Response> handshake(const http::Request& request, const Account& account);

/// X-Hub-Signature-256 over the raw body; nothing when it is right.
std::optional<Refusal> check_signature(const http::Request& request, const Account& account);

/// A call of the Graph API; its errors are already told apart.
class Graph {
 public:
  Graph(std::string network, Account account, const World& world)
      : network_(std::move(network)), account_(std::move(account)), world_(world) {}
  const Account& account() const { return account_; }
  TimePoint now() const { return world_.now(); }

  std::variant<json::Value, Refused, Later> post(const std::string& path, std::string body) const;
  std::variant<json::Value, Refused, Later> get(const std::string& path) const;

 private:
  std::variant<json::Value, Refused, Later> outcome(Result<Answer, Later> answer) const;
  const std::string network_;
  const Account account_;
  const World world_;
};

/// "send" gave the id of what was written under `pointer`.
SendResult sent_by(std::variant<json::Value, Refused, Later> outcome, const std::string& pointer,
                   const std::string& url_prefix);
/// Looks through the items of an answer for one of our own with this text.
Result<std::optional<Sent>, Later> find_text(std::variant<json::Value, Refused, Later> outcome,
                                             const std::string& items, const std::string& text_member,
                                             const std::string& text, const std::string& author_pointer,
                                             const std::string& author);

}  // namespace echoflow::channels::meta

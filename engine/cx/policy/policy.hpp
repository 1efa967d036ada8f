#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/time.hpp"

/// The social media policy: what may be said, by whom, where and when. Pure: time and texts come in.
namespace echoflow::policy {

/// What is about to be sent to a channel, with what the policy may ask about it.
struct Outgoing {
  std::string channel;    ///< the configured channel's name
  std::string network;    ///< facebook, email …
  bool is_reply = true;   ///< false: a post that nobody asked for
  bool is_public = true;  ///< everybody can read it
  std::string text;
  std::string language;                    ///< ISO 639-1; empty: not known
  std::string author;                      ///< the user; empty: a bot
  std::vector<std::string> author_groups;  ///< of the author, ascending
  std::string approved_by;                 ///< another user; empty: nobody
  std::vector<std::string> approver_groups;
  // What is answered; empty for a post.
  std::vector<std::string> topics;
  std::string urgency;                         ///< low, normal, high, critical; empty: not known
  double sentiment = 0;                        ///< −1 … 1, of the customer's words
  std::uint64_t reach = 0;                     ///< of the customer
  std::optional<TimePoint> customer_wrote_at;  ///< the customer's last message
  TimePoint at;                                ///< now
};

enum class Decision : std::uint8_t { allowed, needs_approval, refused };
std::string_view to_string(Decision decision);

/// What the policy says. A refusal or a wish for approval names the rule and why in one plain sentence.
struct Verdict {
  Decision decision = Decision::allowed;
  std::string rule;  ///< id of the rule; empty when allowed
  std::string message;
  double risk = 0;  ///< 0 … 100
  bool ok() const { return decision == Decision::allowed; }
};

/// Asked before anything leaves. Implementations are immutable: many threads may ask at once.
class Policy {
 public:
  virtual ~Policy() = default;
  virtual Verdict check(const Outgoing& outgoing) const = 0;
};

/// Where no policy is configured: everything may be said.
class NoPolicy final : public Policy {
 public:
  Verdict check(const Outgoing&) const override { return {}; }
};

}  // namespace echoflow::policy

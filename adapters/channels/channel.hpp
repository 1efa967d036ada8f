#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/channels/counters.hpp"
#include "adapters/channels/rules.hpp"
#include "adapters/http/message.hpp"
#include "models/base/result.hpp"
#include "models/cx/feedback.hpp"

/// What networks customers speak on are to us: one interface, one folder for each network.
namespace echoflow::channels {

/// A request that a network sent to /channels/{name}/webhook. The body is as it came: signatures are over its bytes.
struct Webhook {
  const http::Request& request;
  std::string url;  ///< as the network called it, with its query: some sign it
};

/// Why a request was not taken. `code`: "signature", "stale", "malformed", "token", "unsupported".
struct Refusal {
  int status = 400;
  std::string code;
  std::string detail;  ///< never holds a secret
};

/// What a request brought, and how it is answered once all of that is durable.
struct Received {
  std::vector<cx::Feedback> feedback;  ///< in the order in which it was said; may be empty
  http::Response response{200, "", "", {}, {}};
};

enum class OutgoingKind : std::uint8_t {
  reply,          ///< where all can read it, below what it answers
  private_reply,  ///< to him who said it, alone
  post            ///< answers nothing: a statement to all, or a first message to `to`
};

struct Outgoing {
  std::string key;  ///< the same over every attempt; the network's idempotency key where it has one
  OutgoingKind kind = OutgoingKind::reply;
  std::string text;
  std::string subject;                  ///< of a mail; empty: after the mail it answers
  std::string to;                       ///< of a post to one customer: his address on the channel
  std::string template_name;            ///< where the network asks for an approved template
  std::optional<cx::Feedback> answers;  ///< with its reply_context; must be there for replies
};

struct Sent {
  std::string external_id;
  std::string url;  ///< may be empty
};
/// For good. `rule` names what forbids it: "length", "window", "no-public", "no-private", "no-post", "first-word",
/// "template", "auto-reply", "recipient", or "network" with the network's words in `message`.
struct Refused {
  std::string rule;
  std::string message;
};
struct Later {
  std::chrono::milliseconds after{0};
  std::string reason;
  bool maybe_sent = false;  ///< the answer got lost: ask find_sent() before the next attempt
};
using SendResult = std::variant<Sent, Refused, Later>;

/// Takes what was read. True only when it is durable: then the channel moves its cursor. What comes twice is known by
/// `channel` and `external_id`.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual bool accept(std::vector<cx::Feedback> feedback) = 0;
};

/// How a round of pulling ended, and how long to rest before the next.
struct Round {
  std::chrono::milliseconds rest{0};
  std::string problem;  ///< empty: none
};

/// One configured channel. Thread-safe; never throws.
class Channel {
 public:
  explicit Channel(std::string name, std::string network, Rules rules)
      : name_(std::move(name)), network_(std::move(network)), rules_(std::move(rules)) {}
  virtual ~Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  const std::string& name() const { return name_; }
  const std::string& network() const { return network_; }
  const Rules& rules() const { return rules_; }
  const Counters& counters() const { return counters_; }

  /// Answers a request that only proves who we are (hub.challenge, crc_token …); nothing: it is none, see receive().
  std::optional<http::Response> handshake(const Webhook& webhook) const { return do_handshake(webhook); }
  /// Checks signature and time stamp, then reads. Whoever calls answers with `response` when all is durable, with 503
  /// when it cannot be made so. Refused ones are counted.
  Result<Received, Refusal> receive(const Webhook& webhook);

  /// Holds the rules, then sends. What the network could not take now is Later.
  SendResult send(const Outgoing& outgoing);
  /// Asks the network whether it is there already: after a crash or a lost answer. Where `rules().asks_first` is false
  /// the network knows the key by itself or cannot be asked, and the answer is always "no".
  Result<std::optional<Sent>, Later> find_sent(const Outgoing& outgoing) { return do_find_sent(outgoing); }

  /// True when the channel must be pulled by pull(), in a thread of its own (see Puller).
  virtual bool pulls() const { return false; }
  /// One round: polls once, or reads a stream until it breaks or `stop` is asked for. Its cursor is stored after the
  /// sink has taken what lies before it.
  virtual Round pull(const std::stop_token& stop, Sink& sink);

 protected:
  virtual std::optional<http::Response> do_handshake(const Webhook&) const { return std::nullopt; }
  virtual Result<Received, Refusal> do_receive(const Webhook& webhook);
  /// Called when the rules hold.
  virtual SendResult do_send(const Outgoing& outgoing);
  virtual Result<std::optional<Sent>, Later> do_find_sent(const Outgoing&) { return std::optional<Sent>(); }
  virtual TimePoint now() const = 0;
  Counters& count() { return counters_; }

 private:
  const std::string name_, network_;
  const Rules rules_;
  Counters counters_;
};

using ChannelPtr = std::unique_ptr<Channel>;

}  // namespace echoflow::channels

#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/ports/cx_rows.hpp"
#include "models/base/result.hpp"
#include "models/messages/message.hpp"

/// What is said on a channel: asked for once, sent once, answered once. Pure: times and ids come in.
namespace echoflow::deliveries {

/// What a process asks for: cx:reply or cx:post.
struct Words {
  bool is_reply = true;
  bool is_private = false;  ///< of a reply
  std::int64_t feedback = 0;
  std::string channel;  ///< of a reply: that of the feedback
  std::string to;       ///< of a post: empty for all
  std::string subject, text;
  std::string author;  ///< empty: a bot
  std::string approved_by;
};
Result<Words> read_words(const Message& message);

/// How it ended.
struct Outcome {
  engine::DeliveryStatus status = engine::DeliveryStatus::sent;  ///< sent, refused or failed
  std::string external_id, url;                                  ///< once sent
  TimePoint at;
  std::string rule, message;  ///< why not
  bool by_policy = false;     ///< the policy refused it, not the network
};

/// Which rule of the policy asks for another one's eyes, and why.
struct Question {
  std::string rule, message;
};

/// Everything that is known of one delivery; DeliveryRow::body is its encoded form. Until the process has its answer
/// the row's status is awaiting_approval, due or sending, so that it is found after a crash.
struct Delivery {
  std::int64_t id = 0;
  std::string key;
  InstanceId instance = 0;
  ActivityId activity = 0;
  bool stored = true;  ///< the call stands in the outbox; false: of a process in memory
  Words words;
  engine::DeliveryStatus status = engine::DeliveryStatus::due;
  std::uint32_t attempts = 0;
  TimePoint asked_at, next_attempt;
  std::optional<Outcome> outcome;
  bool told = false;
  std::uint64_t seq = 0;             ///< last one of its stream
  std::optional<Question> question;  ///< while it awaits approval
  TimePoint released_at;             ///< when it was approved; zero: nobody had to
};
Result<Delivery> read_delivery(const engine::DeliveryRow& row);
/// What people are told: the outcome, where there is one already.
engine::DeliveryStatus shown_status(const Delivery& delivery);

/// Numbers of the journal's events (models/records/streams.hpp): permanent.
enum class EventKind : std::uint32_t {
  asked = 301,
  sending = 302,
  sent = 303,
  refused = 304,
  failed = 305,
  postponed = 306,
  told = 307,
  approval_asked = 308,
  corrected = 309,
  approved = 310,
  rejected = 311,
};
std::string_view to_string(EventKind kind);
/// One event of a stream, as the journal keeps it. What was said lies in the payload.
struct Event {
  EventKind kind = EventKind::asked;
  std::string channel;
  std::int64_t feedback = 0;
  InstanceId instance = 0;
  bool is_private = false;
  bool by_bot = false;
  std::string rule;  ///< why it was refused, failed or postponed
  std::string external_id;
  std::string by;  ///< who approved, corrected or rejected it
};
Result<Event> read_event(std::string_view events);
/// What was said, of the payload of `asked` or `corrected`; nothing where it was erased.
std::optional<Words> read_said(std::string_view payload);

/// One step, ready to be written; `delivery` is what it becomes.
struct Change {
  std::string events, payload;
  std::uint64_t seq = 0;
  engine::DeliveryRow row;
};
Change ask(Delivery& delivery);
/// Somebody else must see it before it is sent.
Change ask_approval(Delivery& delivery, Question question);
/// Other words, which are then those of who wrote them.
Change correct(Delivery& delivery, Words words, const std::string& by);
Change approve(Delivery& delivery, const std::string& by, TimePoint now);
/// Before it ends.
Change reject(Delivery& delivery, const std::string& by);
/// Written before it is sent: after a crash the network is asked whether it is there.
Change begin(Delivery& delivery);
Change postpone(Delivery& delivery, TimePoint until, const std::string& why, bool maybe_sent);
Change end(Delivery& delivery, Outcome outcome);
/// The process has its answer.
Change tell(Delivery& delivery);

/// cx:receipt, or the fault cx:policyRefused or cx:channelRefused with a cx:refusal.
Message receipt(const Outcome& outcome);
Fault refusal(const Outcome& outcome);

}  // namespace echoflow::deliveries

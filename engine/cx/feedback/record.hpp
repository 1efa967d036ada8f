#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/ports/cx_rows.hpp"
#include "models/base/result.hpp"
#include "models/cx/feedback.hpp"

/// What happens to a piece of feedback: received → taken by processes, or dead → replayed. Pure: times and ids come in.
namespace echoflow::intake {

/// Everything that is known of one piece of feedback; FeedbackRow::body is its encoded form.
struct Record {
  cx::Feedback said;  ///< without `raw`
  engine::FeedbackStatus status = engine::FeedbackStatus::received;
  std::uint64_t seq = 0;              ///< last one of its stream
  std::uint32_t replays = 0;          ///< how often it was taken out of the dead letters
  std::string reason;                 ///< why it is dead
  std::vector<InstanceId> instances;  ///< that took it
};

Result<Record> read_record(const engine::FeedbackRow& row);

/// Numbers of the journal's events (models/records/streams.hpp): permanent.
enum class EventKind : std::uint32_t { received = 101, taken = 102, dead_lettered = 103, replayed = 104 };
/// What figures are made of: it tells nothing about the customer, and stays when he is erased.
struct Summary {
  std::string network;
  cx::FeedbackKind kind = cx::FeedbackKind::post;
  std::string language;
  cx::Polarity polarity = cx::Polarity::unsure;
  double score = 0;
  cx::Urgency urgency = cx::Urgency::normal;
  std::vector<std::string> topics, intents;  ///< strongest first
  std::string survey;
  std::optional<double> rating;
};
/// One event of a stream, as the journal keeps it. What the customer said lies in the payload.
struct Event {
  EventKind kind = EventKind::received;
  std::string channel;
  Summary summary;  ///< of taken and dead_lettered
  std::vector<InstanceId> instances;
  std::string reason;  ///< of a dead letter: a code; of a replay: the operator's words
  std::string who;
};
Result<Event> read_event(std::string_view events);
std::string_view to_string(EventKind kind);

/// One step, ready to be written: journal row and table row.
struct Change {
  std::string events, payload;
  std::uint64_t seq = 0;
  engine::FeedbackRow row;
};

/// `said` has its id and the time it came.
Change receive(const cx::Feedback& said);
/// What the processes did with it. `said` carries the understanding by now. No instance: dead, for `reason`.
Change offered(Record record, const std::vector<InstanceId>& taken_by, const std::string& reason);
/// Offers a dead letter again. Fails where it is none.
Result<Change> replay(Record record, const std::string& who, const std::string& why);

/// The request key under which it is delivered: the same after a restart, another after each replay.
std::string request_key(const Record& record);

}  // namespace echoflow::intake

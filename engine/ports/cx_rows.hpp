#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/base/time.hpp"
#include "models/messages/message.hpp"

/// Rows of the customer-experience records. Each is written in the transaction of the turn that changes it (Turn::records),
/// beside the journal row that says why; the journal is the truth, these rows are what is asked for quickly.
namespace echoflow::engine {

enum class FeedbackStatus : std::uint8_t {
  received,  ///< durable, not yet offered to the processes
  taken,     ///< at least one process took it
  dead,      ///< no process took it: in the dead-letter list
  erased,
};
struct FeedbackRow {
  std::int64_t id = 0;  ///< also the id of its journal stream
  std::string channel, external_id;  ///< unique together
  std::string conversation, customer;
  FeedbackStatus status = FeedbackStatus::received;
  TimePoint received_at;
  std::string body;                    ///< encoded cx::Feedback, without the raw payload
  std::string raw;                     ///< as it arrived
  std::vector<InstanceId> instances;   ///< that took it
};

/// What is said on a channel: a reply or a post, sent once.
enum class DeliveryStatus : std::uint8_t { draft, awaiting_approval, due, sending, sent, refused, failed };
struct DeliveryRow {
  std::int64_t id = 0;
  std::string key;  ///< idempotency key of who asked for it; unique
  std::string channel;
  std::int64_t feedback = 0;  ///< that it answers; 0: a post
  DeliveryStatus status = DeliveryStatus::due;
  std::uint32_t attempts = 0;
  TimePoint next_attempt;
  std::string external_id;  ///< once sent
  std::string body;         ///< encoded
};

struct TaskRow {
  std::int64_t id = 0;  ///< also the id of its journal stream
  InstanceId instance = 0;
  ActivityId activity = 0;
  std::string name;
  std::string state;  ///< WS-HumanTask's name
  std::int32_t priority = 5;  ///< 0 highest … 10 lowest, as WS-HumanTask says
  std::string owner;          ///< actual owner; empty: none
  std::string queue;          ///< the group of potential owners it is offered to first; may be empty
  std::string customer;
  TimePoint created_at;
  std::optional<TimePoint> next_deadline;  ///< when its next timer is due; none: nothing to do
  std::uint64_t version = 0;               ///< seq of its journal; a claim that finds another version has lost
  std::vector<std::string> potential_owners;  ///< users and "group:<name>"; indexed
  std::string body;                           ///< encoded state
};

/// The running figures of one KPI in one group.
struct KpiRow {
  std::string kpi, group;
  std::string level;
  std::uint64_t crossings = 0;
  std::int64_t position = 0;  ///< of the journal up to which it counts
  std::string body;           ///< encoded windows
};

struct AlertRow {
  std::int64_t id = 0;
  std::int64_t episode = 0;
  std::string state, severity, topic, channel;
  TimePoint at;
  std::string body;  ///< encoded cx::Alert
};

using RecordChange = std::variant<FeedbackRow, DeliveryRow, TaskRow, KpiRow, AlertRow>;

}  // namespace echoflow::engine

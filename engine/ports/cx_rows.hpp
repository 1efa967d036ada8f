#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "models/base/time.hpp"
#include "models/messages/message.hpp"

/// Rows of the customer-experience records. Each is written in the transaction of the turn that changes it
/// (Turn::records), beside the journal row that says why; the journal is the truth, these rows are what is asked for
/// quickly.
namespace echoflow::engine {

enum class FeedbackStatus : std::uint8_t {
  received,  ///< durable, not yet offered to the processes
  taken,     ///< at least one process took it
  dead,      ///< no process took it: in the dead-letter list
  erased,
};
struct FeedbackRow {
  std::int64_t id = 0;               ///< also the id of its journal stream
  std::string channel, external_id;  ///< unique together
  std::string conversation, customer;
  FeedbackStatus status = FeedbackStatus::received;
  TimePoint received_at;
  std::string body;                   ///< encoded cx::Feedback, without the raw payload
  std::string raw;                    ///< as it arrived; written when the row is new, left as it is by later changes
  std::vector<InstanceId> instances;  ///< that took it
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

/// The states of WS-HumanTask 1.1, as they are stored and asked for; from the sixth on a task is over.
inline constexpr std::array<std::string_view, 10> task_states{
    "created", "ready", "reserved", "inProgress", "suspended", "completed", "failed", "error", "exited", "obsolete"};
inline constexpr std::size_t first_final_task_state = 5;

struct TaskRow {
  std::int64_t id = 0;  ///< also the id of its journal stream
  InstanceId instance = 0;
  ActivityId activity = 0;
  std::string name;
  std::string state;          ///< one of task_states
  std::int32_t priority = 5;  ///< 0 highest … 10 lowest, as WS-HumanTask says
  std::string owner;          ///< actual owner; empty: none
  std::string queue;          ///< the group of potential owners it is offered to first; may be empty
  std::string customer;
  TimePoint created_at;
  std::optional<TimePoint> next_deadline;     ///< when its next timer is due; none: nothing to do
  std::uint64_t version = 0;                  ///< seq of its journal; a claim that finds another version has lost
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

/// What a service keeps under a name: a calendar, an agent, a policy, a trained model, the state of a monitor.
struct DocumentRow {
  std::string kind, name;  ///< unique together
  std::string body;
  bool removed = false;  ///< as a change: the row goes
};

/// Inserted, or put in the place of the row with the same key (id; of a KPI its name and group; of a document its kind
/// and name). A task's version must be higher than that of the row it replaces: otherwise the commit fails with
/// `conflict`. So does a second piece of feedback with the same channel and external id, and a second delivery with the
/// same key.
using RecordChange = std::variant<FeedbackRow, DeliveryRow, TaskRow, KpiRow, AlertRow, DocumentRow>;

}  // namespace echoflow::engine

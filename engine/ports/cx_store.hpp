#pragma once
#include "engine/ports/store.hpp"

/// How the customer-experience records are read. They are written by Store::commit with the turn that changes them
/// (Turn::records). Implemented by every Store; thread-safe.
namespace echoflow::engine {

struct FeedbackFilter {
  std::vector<FeedbackStatus> status;           ///< empty: any
  std::string channel, conversation, customer;  ///< empty: any
  std::int64_t before = 0;                      ///< keyset cursor: ids below this; 0: from the newest
  std::uint32_t limit = 50;
};

struct DeliveryFilter {
  std::vector<DeliveryStatus> status;  ///< empty: any
  std::string channel;                 ///< empty: any
  std::int64_t feedback = 0;           ///< that they answer; 0: any
  std::int64_t before = 0;             ///< keyset cursor: ids below this; 0: from the newest
  std::uint32_t limit = 50;
};

/// The place of a task in lists: by priority, then by creation, then by id.
struct TaskCursor {
  std::int32_t priority = 0;
  TimePoint created_at;
  std::int64_t id = 0;
};
struct TaskFilter {
  std::vector<std::string> potential_owners;  ///< any of them ("anna", "group:support"); empty: any
  std::vector<std::string> states;            ///< names of WS-HumanTask; empty: any
  std::string owner, queue, customer;         ///< empty: any
  InstanceId instance = 0;                    ///< 0: any
  std::optional<TaskCursor> after;            ///< keyset cursor: tasks that come after this one
  std::uint32_t limit = 50;
};
struct TaskCount {
  std::string queue, state;
  std::int64_t count = 0;
};

class CxStore {
 public:
  virtual ~CxStore() = default;
  template <class T>
  using Read = Result<T, StoreError>;

  virtual Read<std::optional<FeedbackRow>> feedback(std::int64_t id) = 0;
  virtual Read<std::optional<FeedbackRow>> feedback(const std::string& channel, const std::string& external_id) = 0;
  /// The newest first; without `raw`.
  virtual Read<std::vector<FeedbackRow>> list_feedback(const FeedbackFilter& filter) = 0;
  /// Status `received`, ids above `after`, the oldest first; without `raw`.
  virtual Read<std::vector<FeedbackRow>> unpublished_feedback(std::int64_t after, std::uint32_t limit) = 0;
  virtual Read<std::int64_t> count_feedback(FeedbackStatus status) = 0;

  virtual Read<std::optional<DeliveryRow>> delivery(std::int64_t id) = 0;
  virtual Read<std::optional<DeliveryRow>> delivery_by_key(const std::string& key) = 0;
  /// The newest first.
  virtual Read<std::vector<DeliveryRow>> deliveries(const DeliveryFilter& filter) = 0;
  /// Status due or sending whose next attempt is not after `until`, the most urgent first.
  virtual Read<std::vector<DeliveryRow>> due_deliveries(TimePoint until, std::uint32_t limit) = 0;
  virtual Read<std::optional<TimePoint>> next_delivery() = 0;

  virtual Read<std::optional<TaskRow>> task(std::int64_t id) = 0;
  /// The task that an activity of an instance has made.
  virtual Read<std::optional<TaskRow>> task_of(InstanceId instance, ActivityId activity) = 0;
  virtual Read<std::vector<TaskRow>> tasks(const TaskFilter& filter) = 0;
  /// Whose next deadline is not after `until`, the most urgent first.
  virtual Read<std::vector<TaskRow>> due_tasks(TimePoint until, std::uint32_t limit) = 0;
  virtual Read<std::optional<TimePoint>> next_task_deadline() = 0;
  /// By queue and state, ascending.
  virtual Read<std::vector<TaskCount>> task_counts() = 0;

  virtual Read<std::vector<KpiRow>> kpis() = 0;  ///< by kpi and group, ascending
  /// Ids below `before` (0: from the newest), the newest first.
  virtual Read<std::vector<AlertRow>> alerts(std::int64_t before, std::uint32_t limit) = 0;
  virtual Read<std::vector<DocumentRow>> documents(const std::string& kind) = 0;  ///< by name, ascending
  virtual Read<std::optional<DocumentRow>> document(const std::string& kind, const std::string& name) = 0;

  virtual Read<std::optional<OutboxRow>> outbox(InstanceId instance, ActivityId activity) = 0;
  /// Takes away the contents of all feedback of a customer, of what answered it and of his tasks, in their journals,
  /// too; digests and ids stay, the chain stays verifiable. Returns the ids of the streams.
  virtual Read<std::vector<std::int64_t>> erase_customer(const std::string& customer) = 0;
};

}  // namespace echoflow::engine

#pragma once
#include "engine/cx/tasks/task.hpp"

/// What happens to a task. Types and field ids are permanent, and apart from those of other streams
/// (models/records/streams.hpp): a number that is given up is never used again.
namespace echoflow::tasks {

enum class EventType : std::uint32_t {
  task_created = 200,
  task_moved = 201,
  role_set = 202,
  priority_set = 203,
  output_set = 204,
  fault_set = 205,
  attachment_added = 206,
  attachment_deleted = 207,
  comment_added = 208,
  comment_changed = 209,
  deadline_changed = 210,
  escalated = 211,
  effect_added = 212,
  effect_tried = 213,
  effect_done = 214,
  sub_task_added = 215,
  sub_task_ended = 216,
  routed = 217,
  removed_from_list = 218,
  customer_read = 219,
};

struct TaskCreated {
  static constexpr auto type = EventType::task_created;
  std::int64_t id = 0;
  Creation creation;
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, creation);
  }
};

/// An operation led to a state (which may be the same one) and an owner.
struct TaskMoved {
  static constexpr auto type = EventType::task_moved;
  Operation operation = Operation::activate;
  TaskState state = TaskState::created;
  std::string owner;
  std::string by;  ///< empty: the server
  PayloadText reason;
  TimePoint until;  ///< of suspendUntil, or until when an assigned agent must have begun
  bool for_customer = false;
  std::string outcome;
  template <class V>
  void fields(V& v) {
    v(1, operation);
    v(2, state);
    v(3, owner);
    v(4, by);
    v(5, reason);
    v(6, until);
    v(7, for_customer);
    v(8, outcome);
  }
};

struct RoleSet {
  static constexpr auto type = EventType::role_set;
  RolePeople role;
  std::string by;
  template <class V>
  void fields(V& v) {
    v(1, role);
    v(2, by);
  }
};

struct PrioritySet {
  static constexpr auto type = EventType::priority_set;
  std::int32_t priority = 0;
  std::string by;
  template <class V>
  void fields(V& v) {
    v(1, priority);
    v(2, by);
  }
};

struct OutputSet {
  static constexpr auto type = EventType::output_set;
  bool present = false;
  Parts parts;
  std::string by;
  template <class V>
  void fields(V& v) {
    v(1, present);
    v(2, parts);
    v(3, by);
  }
};

struct FaultSet {
  static constexpr auto type = EventType::fault_set;
  bool present = false;
  std::string name;
  Parts parts;
  std::string by;
  template <class V>
  void fields(V& v) {
    v(1, present);
    v(2, name);
    v(3, parts);
    v(4, by);
  }
};

struct AttachmentAdded {
  static constexpr auto type = EventType::attachment_added;
  Attachment attachment;
  template <class V>
  void fields(V& v) {
    v(1, attachment);
  }
};
struct AttachmentDeleted {
  static constexpr auto type = EventType::attachment_deleted;
  std::uint32_t id = 0;
  std::string by;
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, by);
  }
};

struct CommentAdded {
  static constexpr auto type = EventType::comment_added;
  Comment comment;
  template <class V>
  void fields(V& v) {
    v(1, comment);
  }
};
struct CommentChanged {
  static constexpr auto type = EventType::comment_changed;
  std::uint32_t id = 0;
  PayloadText text;
  bool deleted = false;
  std::string by;
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, text);
    v(3, deleted);
    v(4, by);
  }
};

/// A deadline was set, paused, set going again, missed or met.
struct DeadlineChanged {
  static constexpr auto type = EventType::deadline_changed;
  std::uint32_t deadline = 0;
  DeadlineState state;
  std::string by;
  template <class V>
  void fields(V& v) {
    v(1, deadline);
    v(2, state);
    v(3, by);
  }
};

struct Escalated {
  static constexpr auto type = EventType::escalated;
  std::uint32_t deadline = 0, escalation = 0;
  std::string name;
  EscalationKind kind = EscalationKind::notification;
  bool held_back = false;  ///< its condition was false, or could not be asked
  PayloadText why;
  template <class V>
  void fields(V& v) {
    v(1, deadline);
    v(2, escalation);
    v(3, name);
    v(4, kind);
    v(5, held_back);
    v(6, why);
  }
};

struct EffectAdded {
  static constexpr auto type = EventType::effect_added;
  Effect effect;
  template <class V>
  void fields(V& v) {
    v(1, effect);
  }
};
struct EffectTried {
  static constexpr auto type = EventType::effect_tried;
  std::uint32_t number = 0, attempts = 0;
  TimePoint next_attempt;
  PayloadText trouble;
  template <class V>
  void fields(V& v) {
    v(1, number);
    v(2, attempts);
    v(3, next_attempt);
    v(4, trouble);
  }
};
struct EffectDone {
  static constexpr auto type = EventType::effect_done;
  std::uint32_t number = 0;
  EffectKind kind = EffectKind::answer;
  bool given_up = false;
  PayloadText note;
  template <class V>
  void fields(V& v) {
    v(1, number);
    v(2, kind);
    v(3, given_up);
    v(4, note);
  }
};

struct SubTaskAdded {
  static constexpr auto type = EventType::sub_task_added;
  SubTask sub_task;
  std::string by;
  template <class V>
  void fields(V& v) {
    v(1, sub_task);
    v(2, by);
  }
};
struct SubTaskEnded {
  static constexpr auto type = EventType::sub_task_ended;
  std::int64_t id = 0;
  TaskState state = TaskState::created;
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, state);
  }
};

struct Routed {
  static constexpr auto type = EventType::routed;
  Explanation explanation;
  template <class V>
  void fields(V& v) {
    v(1, explanation);
  }
};
struct RemovedFromList {
  static constexpr auto type = EventType::removed_from_list;
  std::string by;
  template <class V>
  void fields(V& v) {
    v(1, by);
  }
};

/// Somebody looked at what is known of the customer.
struct CustomerRead {
  static constexpr auto type = EventType::customer_read;
  std::string by;
  template <class V>
  void fields(V& v) {
    v(1, by);
  }
};

using Event = std::variant<TaskCreated, TaskMoved, RoleSet, PrioritySet, OutputSet, FaultSet, AttachmentAdded,
                           AttachmentDeleted, CommentAdded, CommentChanged, DeadlineChanged, Escalated, EffectAdded,
                           EffectTried, EffectDone, SubTaskAdded, SubTaskEnded, Routed, RemovedFromList, CustomerRead>;
using Events = std::vector<Event>;

/// One journal row of a task's stream.
struct EncodedEvents {
  std::string events, payload;
};
EncodedEvents encode_events(const Events& events);
Result<Events> decode_events(std::string_view events, std::string_view payload);

/// The only thing that changes a task's state. Counts the row.
void apply(Task& task, const Events& events, TimePoint at);

/// One line of the task's history (WS-HumanTask 1.1 §7.1 getTaskHistory).
struct HistoryEntry {
  TimePoint at;
  std::string event;  ///< the operation's or event's name
  std::string by;     ///< empty: the server
  std::string state;  ///< after it, where it changed
  std::string owner;
  std::string detail;
};
/// Of one row, in order.
std::vector<HistoryEntry> history_of(const Events& events, TimePoint at);

}  // namespace echoflow::tasks

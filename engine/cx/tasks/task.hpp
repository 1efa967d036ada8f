#pragma once
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/cx/tasks/states.hpp"
#include "models/base/time.hpp"
#include "models/messages/message.hpp"
#include "models/records/wire.hpp"

/// A human task as data. Every record says its fields with permanent ids (models/records/wire.hpp); what a customer or
/// an agent wrote is a PayloadText and can be erased. A TimePoint of 0 means "none"; what is left out is read as 0, so
/// every member begins as 0.
namespace echoflow::tasks {

using records::PayloadText;
using People = std::vector<std::string>;  ///< users, and "group:<name>"

/// A text that is kept in the payload, where it can be erased.
template <class V>
void erasable(V& v, std::uint32_t id, std::string& text) {
  PayloadText kept{text};
  v(id, kept);
  if constexpr (!std::is_same_v<V, records::Encoder>) text = std::move(kept.text);
}

struct RolePeople {
  HumanRole role = HumanRole::task_initiator;
  People people;
  template <class V>
  void fields(V& v) {
    v(1, role);
    v(2, people);
  }
};

/// A text in one language; the parameters have been put in.
struct LocalText {
  std::string language;  ///< "" : the default
  PayloadText text;
  template <class V>
  void fields(V& v) {
    v(1, language);
    v(2, text);
  }
};
struct Presentation {
  std::vector<LocalText> names, subjects, descriptions;
  template <class V>
  void fields(V& v) {
    v(1, names);
    v(2, subjects);
    v(3, descriptions);
  }
};

enum class EscalationKind : std::uint8_t { notification = 1, reassignment = 2, priority = 3, message = 4 };
/// What happens when a deadline passes; all values are known since the creation.
struct Escalation {
  std::string name;
  EscalationKind kind = EscalationKind::notification;
  bool conditional = false;  ///< the process has a condition that is asked when the deadline passes
  People people;             ///< recipients, or the new potential owners
  std::int32_t raise_by = 0;
  bool raise_to_set = false;
  std::int32_t raise_to = 0;
  Presentation presentation;  ///< of a notification
  template <class V>
  void fields(V& v) {
    v(1, name);
    v(2, kind);
    v(3, conditional);
    v(4, people);
    v(5, raise_by);
    v(6, raise_to_set);
    v(7, raise_to);
    v(8, presentation);
  }
};

enum class DeadlineKind : std::uint8_t { start = 1, completion = 2 };
struct DeadlinePlan {
  std::string name;
  DeadlineKind kind = DeadlineKind::start;
  std::int64_t for_months = 0, for_micros = 0;  ///< since the creation; microseconds on the calendar, or …
  TimePoint until;                              ///< … a moment
  std::string calendar;                         ///< "" : around the clock
  std::vector<Escalation> escalations;
  template <class V>
  void fields(V& v) {
    v(1, name);
    v(2, kind);
    v(3, for_months);
    v(4, for_micros);
    v(5, until);
    v(6, calendar);
    v(7, escalations);
  }
};

struct SkillNeed {
  std::string name;
  std::uint32_t level = 0;  ///< least proficiency, 1 … 5
  bool required = false;
  template <class V>
  void fields(V& v) {
    v(1, name);
    v(2, level);
    v(3, required);
  }
};
struct OutcomeLabel {
  std::string name;
  std::vector<LocalText> labels;
  template <class V>
  void fields(V& v) {
    v(1, name);
    v(2, labels);
  }
};

enum class DelegationRule : std::uint8_t { anybody = 0, nobody = 1, potential_owners = 2, listed = 3 };
/// How a task with sub-tasks goes on (WS-HumanTask 1.1 §4.7).
enum class SubTaskPattern : std::uint8_t { manual = 0, automatic = 1 };
enum class SubTaskOrder : std::uint8_t { parallel = 0, sequential = 1 };

/// All that is known when a task is created; never changes.
struct Creation {
  std::int64_t instance = 0;  ///< 0: not of a process
  std::uint32_t activity = 0;
  std::int64_t process = 0;      ///< ProcessRow::id; for conditions
  std::uint32_t definition = 0;  ///< of the program's task definitions; for conditions
  std::string call_key;          ///< "<instance>-<activity>"
  std::int64_t parent = 0;       ///< of a sub-task
  std::string name;
  bool is_notification = false;
  bool is_skipable = false;
  bool manual_activation = false;
  std::int32_t priority = 0;  ///< 0 highest … 10 lowest
  Presentation presentation;
  std::vector<RolePeople> people;
  DelegationRule delegation = DelegationRule::anybody;
  People delegates;
  std::vector<OutcomeLabel> outcomes;
  std::vector<DeadlinePlan> deadlines;
  std::string queue;
  std::vector<SkillNeed> skills;
  std::uint32_t capacity = 0;  ///< percent of an agent
  std::string customer, case_id, feedback, channel, language;
  QName input_type;
  Parts input;
  SubTaskPattern completion = SubTaskPattern::manual;
  SubTaskOrder order = SubTaskOrder::parallel;
  template <class V>
  void fields(V& v) {
    v(1, instance);
    v(2, activity);
    v(3, process);
    v(4, definition);
    v(5, call_key);
    v(6, parent);
    v(7, name);
    v(8, is_notification);
    v(9, is_skipable);
    v(10, manual_activation);
    v(11, priority);
    v(12, presentation);
    v(13, people);
    v(14, delegation);
    v(15, delegates);
    v(16, outcomes);
    v(17, deadlines);
    v(18, queue);
    v(19, skills);
    v(20, capacity);
    // Who the customer is goes when he is erased.
    erasable(v, 21, customer);
    erasable(v, 22, case_id);
    v(23, feedback);
    v(24, channel);
    v(25, language);
    v(26, input_type);
    v(27, input);
    v(28, completion);
    v(29, order);
  }
};

struct Comment {
  std::uint32_t id = 0;
  std::string by;
  TimePoint at, changed_at;
  PayloadText text;
  bool deleted = false;
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, by);
    v(3, at);
    v(4, changed_at);
    v(5, text);
    v(6, deleted);
  }
};
struct Attachment {
  std::uint32_t id = 0;
  std::string by;
  TimePoint at;
  PayloadText name;
  std::string media_type;
  PayloadText url;      ///< where it lies; empty: `content` is it
  PayloadText content;  ///< bytes
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, by);
    v(3, at);
    v(4, name);
    v(5, media_type);
    v(6, url);
    v(7, content);
  }
};

enum class DeadlinePhase : std::uint8_t { running = 0, paused = 1, missed = 2, met = 3 };
struct DeadlineState {
  DeadlinePhase phase = DeadlinePhase::running;
  TimePoint due;
  std::int64_t left = 0;  ///< business microseconds, while paused
  template <class V>
  void fields(V& v) {
    v(1, phase);
    v(2, due);
    v(3, left);
  }
};

/// Something that must happen in the world, recorded before it is tried and settled afterwards.
enum class EffectKind : std::uint8_t {
  answer = 1,           ///< the process that called gets its answer
  notify = 2,           ///< mail or webhook
  process_event = 3,    ///< cx:taskEvent to the listening processes
  end_parent_part = 4,  ///< the parent hears that this sub-task has ended
  activate_next = 5,    ///< the next sub-task of a sequence
  end_children = 6,     ///< sub-tasks of a task that ended without them
};
struct Effect {
  std::uint32_t number = 0;  ///< counts from 1 within the task: its key in the world is "task-<id>-<number>"
  EffectKind kind = EffectKind::answer;
  std::uint32_t deadline = 0, escalation = 0;  ///< of an escalation, from 0
  std::uint32_t attempts = 0;
  TimePoint next_attempt;
  template <class V>
  void fields(V& v) {
    v(1, number);
    v(2, kind);
    v(3, deadline);
    v(4, escalation);
    v(5, attempts);
    v(6, next_attempt);
  }
};

struct SubTask {
  std::int64_t id = 0;
  std::string name;
  TaskState state = TaskState::created;
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, name);
    v(3, state);
  }
};

/// Why a task went where it went: the candidates with their scores and why others were none.
struct Candidate {
  std::string user;
  bool fits = false;
  std::int32_t score = 0;  ///< thousandths
  std::string reason;      ///< one line: the parts of the score, or what is missing
  template <class V>
  void fields(V& v) {
    v(1, user);
    v(2, fits);
    v(3, score);
    v(4, reason);
  }
};
struct Explanation {
  TimePoint at;
  std::string chosen;  ///< empty: nobody
  std::string summary;
  std::vector<Candidate> candidates;  ///< best first; the first twenty
  std::uint32_t considered = 0;
  template <class V>
  void fields(V& v) {
    v(1, at);
    v(2, chosen);
    v(3, summary);
    v(4, candidates);
    v(5, considered);
  }
};

/// The state: a fold over the task's events.
struct Task {
  std::int64_t id = 0;
  Creation creation;
  TaskState state = TaskState::created;
  std::string owner;
  std::int32_t priority = 0;  ///< 0 highest … 10 lowest
  std::vector<RolePeople> people;
  TimePoint created_at, activated_at, started_at, ended_at;
  TimePoint suspended_until;
  bool waits_for_customer = false;
  TimePoint hold_until;  ///< an assigned agent must have begun by then
  std::string outcome;
  bool has_output = false, has_fault = false;
  Parts output;
  std::string fault_name;
  Parts fault;
  PayloadText ended_because;
  std::vector<Comment> comments;
  std::vector<Attachment> attachments;
  std::uint32_t last_note = 0;  ///< highest id of a comment or attachment
  std::vector<DeadlineState> deadlines;
  std::vector<Effect> effects;
  std::uint32_t last_effect = 0;
  std::vector<SubTask> sub_tasks;
  std::vector<std::string> removed_by;
  std::vector<std::string> declined_by;  ///< agents from whom it came back
  Explanation explanation;
  std::uint64_t seq = 0;  ///< journal rows applied
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, creation);
    v(3, state);
    v(4, owner);
    v(5, priority);
    v(6, people);
    v(7, created_at);
    v(8, activated_at);
    v(9, started_at);
    v(10, ended_at);
    v(11, suspended_until);
    v(12, waits_for_customer);
    v(13, hold_until);
    v(14, outcome);
    v(15, has_output);
    v(16, has_fault);
    v(17, output);
    v(18, fault_name);
    v(19, fault);
    v(20, ended_because);
    v(21, comments);
    v(22, attachments);
    v(23, last_note);
    v(24, deadlines);
    v(25, effects);
    v(26, last_effect);
    v(27, sub_tasks);
    v(28, removed_by);
    v(29, declined_by);
    v(30, explanation);
    v(31, seq);
  }

  const People& in_role(HumanRole role) const;
};

/// When something must be done without anybody asking: the next deadline, the end of a suspension or of a hold, an
/// effect's next attempt. 0: nothing.
TimePoint next_timer(const Task& task);

/// Structure and payload in one string, for TaskRow::body. The error says what is broken.
std::string encode_task(const Task& task);
Result<Task> decode_task(std::string_view bytes);

}  // namespace echoflow::tasks

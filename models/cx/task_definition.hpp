#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "models/base/source_location.hpp"
#include "models/program/expression.hpp"

/// What a process says of a human task (WS-HumanTask 1.1 §4, §7), compiled: pure data, part of the Program that owns
/// the expressions. Expressions are evaluated in the instance when the task is created; the values travel in
/// cx::TaskRequest (task_request.hpp), whose lists run parallel to the lists here. Null expressions are absent.
namespace echoflow::cx {

using program::Expression;

struct LocalText {
  std::string language;  ///< xml:lang as written; "" : the default
  std::string text;      ///< `{$name}` stands for a presentation parameter
  std::string content_type = "text/plain";
};
struct PresentationParameter {
  std::string name;
  const Expression* value = nullptr;
};
struct Presentation {
  std::vector<LocalText> names, subjects, descriptions;
  std::vector<PresentationParameter> parameters;
};

/// One <htd:from>: literal people, a logical people group, or an expression.
struct PeopleSource {
  std::vector<std::string> users, groups;  ///< of a literal
  std::string logical_group;               ///< its local name; the host knows its members
  /// Gives htt:organizationalEntity, htt:user, htt:group elements, or texts: a user each, "group:" before a group.
  const Expression* expression = nullptr;
};
/// Generic human roles (WS-HumanTask 1.1 §3.1).
enum class HumanRole : std::uint8_t {
  task_initiator,
  task_stakeholders,
  potential_owners,
  excluded_owners,
  business_administrators,
  recipients,  ///< of notifications
};
inline constexpr HumanRole human_roles[] = {HumanRole::task_initiator,          HumanRole::task_stakeholders,
                                            HumanRole::potential_owners,        HumanRole::excluded_owners,
                                            HumanRole::business_administrators, HumanRole::recipients};
/// The element's name in WS-HumanTask.
constexpr std::string_view to_string(HumanRole role) {
  switch (role) {
    case HumanRole::task_initiator:
      return "taskInitiator";
    case HumanRole::task_stakeholders:
      return "taskStakeholders";
    case HumanRole::potential_owners:
      return "potentialOwners";
    case HumanRole::excluded_owners:
      return "excludedOwners";
    case HumanRole::business_administrators:
      return "businessAdministrators";
    case HumanRole::recipients:
      return "recipients";
  }
  return "";
}
struct PeopleAssignment {
  HumanRole role = HumanRole::potential_owners;
  std::vector<PeopleSource> from;
};

/// Something that an agent must or should know.
struct Skill {
  std::string name;
  std::uint32_t level = 1;  ///< least proficiency, 1 … 5
  bool required = true;     ///< false: preferred; counts in the score, and is let go with time
};
/// A way in which the task may end, as its form offers it.
struct TaskOutcome {
  std::string name;
  std::vector<LocalText> labels;
};

/// Tells people something; they need not act.
struct Notification {
  std::string name;
  const Expression* priority = nullptr;
  Presentation presentation;
  std::vector<PeopleAssignment> people;
};
/// Offers the task to others: these become its potential owners.
struct Reassignment {
  std::vector<PeopleSource> potential_owners;
};
/// Makes the task more urgent: WS-HumanTask's 0 is the highest priority, 10 the lowest.
struct RaisePriority {
  std::int32_t by = 1;
  std::optional<std::int32_t> to;  ///< instead of `by`
};
/// Sends cx:taskEvent to the processes that listen (cx:TaskListener onTaskEvent).
struct ThrowTaskEvent {};
using EscalationAction = std::variant<Notification, Reassignment, RaisePriority, ThrowTaskEvent>;

struct Escalation {
  std::string name;
  /// Asked when the deadline passes; null: always. It sees the activity's input variable as it was when the task was
  /// created, and htd:getTaskPriority(), htd:getActualOwner(), htd:getState() by EvaluationContext::task_fact.
  const Expression* condition = nullptr;
  EscalationAction action;
  SourceLocation where;
};
enum class DeadlineKind : std::uint8_t { start, completion };
struct TaskDeadline {
  DeadlineKind kind = DeadlineKind::completion;
  std::string name;
  const Expression* for_ = nullptr;   ///< a duration from the creation, on `calendar`; or …
  const Expression* until = nullptr;  ///< … a point in time
  std::string calendar;               ///< business calendar; "" : the task's
  std::vector<Escalation> escalations;
};

enum class Delegation : std::uint8_t { unset, anybody, nobody, potential_owners, other };

struct TaskDefinition {
  std::string name;
  bool is_notification = false;  ///< tells people only: the activity goes on at once
  bool actual_owner_required = true;
  const Expression* priority = nullptr;  ///< 0 highest … 10 lowest; absent: 5
  Presentation presentation;
  std::vector<PeopleAssignment> people;
  Delegation delegation = Delegation::unset;
  std::vector<PeopleSource> delegates;  ///< with Delegation::other
  std::vector<TaskOutcome> outcomes;
  std::vector<TaskDeadline> deadlines;

  // What routing needs; cx:routing and cx:context.
  std::string queue;
  std::vector<Skill> skills;
  std::uint32_t capacity = 100;  ///< percent of an agent that it takes
  std::string calendar;          ///< business calendar of its deadlines; "" : round the clock
  const Expression* customer = nullptr;
  const Expression* case_id = nullptr;
  const Expression* feedback = nullptr;
  const Expression* channel = nullptr;
  const Expression* language = nullptr;
  SourceLocation where;
};

/// The expressions that are evaluated when the task is created, in the order of the definition: all but the conditions
/// of escalations.
std::vector<const Expression*> expressions_of(const TaskDefinition& task);

}  // namespace echoflow::cx

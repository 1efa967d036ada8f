#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cx/calendar/calendar.hpp"
#include "engine/cx/tasks/events.hpp"

/// What can be asked of a task, and what it says: state + command + time → events, or a refusal.
namespace echoflow::tasks {

/// Who asks. The server's own steps have `system`.
struct Actor {
  std::string user;
  People groups;             ///< whose member he is, ascending, without "group:"
  People supervised_groups;  ///< whose tasks he administers
  bool system = false;
};

/// One operation with what it needs; the others' members stay empty.
struct Command {
  Operation operation = Operation::read;
  Actor actor;
  std::string user;  ///< delegate, assign, nominate: to whom
  People people;     ///< forward, nominate, setGenericHumanRole
  HumanRole role = HumanRole::potential_owners;
  std::string name;            ///< fail: the fault; instantiateSubTask: its name
  std::string text;            ///< comment, reason
  std::string outcome;         ///< complete
  std::optional<Parts> parts;  ///< complete, fail, setOutput, setFault
  std::int32_t priority = 5;
  std::uint32_t number = 0;  ///< of a comment, attachment, deadline or effect
  std::int64_t sub_task = 0;
  TaskState sub_task_state = TaskState::completed;
  TimePoint until;            ///< suspendUntil; assign: the hold; setDeadline
  bool for_customer = false;  ///< suspend: business time rests meanwhile; read: the customer's data, too
  Attachment attachment;
  Explanation explanation;  ///< assign
  // settle
  bool done = false, given_up = false;
  TimePoint next_attempt;
};

enum class RefusalKind : std::uint8_t {
  forbidden,  ///< this person may not do it in any or this state (403)
  conflict,   ///< it makes sense, but not in the present state (409)
  invalid,    ///< the command itself makes no sense (400)
};
struct Refusal {
  RefusalKind kind = RefusalKind::conflict;
  std::string code;     ///< stable, e.g. "wrong-state", "not-authorised"
  std::string message;  ///< one plain English sentence
};
template <class T>
using Decision = Result<T, Refusal>;

/// What a decision may ask beside the state.
struct Context {
  TimePoint now;
  const calendar::Calendars& calendars;
  /// The condition of an escalation; the error says why it could not be asked. Empty: every condition holds.
  std::function<Result<bool>(const Task&, std::uint32_t deadline, std::uint32_t escalation)> condition;
};

/// The events that begin a task. Refused when the creation makes no sense (a calendar that does not exist).
Decision<Events> create(std::int64_t id, Creation creation, const Context& context);
/// The events of one command; none when there is nothing to do (a timer that was done already).
Decision<Events> decide(const Task& task, const Command& command, const Context& context);

/// Every role that the actor has on the task. An excluded owner has neither potential_owners nor actual_owner.
std::vector<HumanRole> roles_of(const Task& task, const Actor& actor);
bool may(const Task& task, Operation operation, const Actor& actor);
/// What the actor could do now (getTaskOperations): by role and state.
std::vector<Operation> operations_of(const Task& task, const Actor& actor);
/// Is the user named, or a group of his?
bool contains(const People& people, const std::string& user, const People& groups);

/// The text of the best language: exact, its first part, the default, the first.
std::string_view text_in(const std::vector<LocalText>& texts, std::string_view language);
/// Puts parameters into a text: "{$name}". One that does not exist stays as it is written.
std::string with_parameters(std::string_view text, const std::vector<std::pair<std::string, std::string>>& parameters);

}  // namespace echoflow::tasks

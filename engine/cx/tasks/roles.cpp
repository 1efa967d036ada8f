#include <algorithm>

#include "engine/cx/tasks/command.hpp"
#include "engine/cx/tasks/tables.hpp"

namespace echoflow::tasks {

namespace {

constexpr std::string_view group_prefix = "group:";

bool is_member(const std::string& entry, const People& groups) {
  return entry.starts_with(group_prefix) &&
         std::find(groups.begin(), groups.end(), entry.substr(group_prefix.size())) != groups.end();
}

/// A supervisor administers what is offered to a group of his.
bool supervises(const Task& task, const Actor& actor) {
  const auto& groups = actor.supervised_groups;
  if (std::find(groups.begin(), groups.end(), task.creation.queue) != groups.end()) return true;
  const auto& owners = task.in_role(HumanRole::potential_owners);
  return std::any_of(owners.begin(), owners.end(), [&](const auto& entry) { return is_member(entry, groups); });
}

}  // namespace

bool contains(const People& people, const std::string& user, const People& groups) {
  if (user.empty()) return false;
  return std::any_of(people.begin(), people.end(),
                     [&](const std::string& entry) { return entry == user || is_member(entry, groups); });
}

std::vector<HumanRole> roles_of(const Task& task, const Actor& actor) {
  // WS-HumanTask 1.1 §3.1: the generic human roles; an excluded owner is never an owner.
  if (actor.system) return {HumanRole::system};
  std::vector<HumanRole> roles;
  const bool excluded = contains(task.in_role(HumanRole::excluded_owners), actor.user, actor.groups);
  for (auto role : {HumanRole::task_initiator, HumanRole::task_stakeholders, HumanRole::potential_owners,
                    HumanRole::business_administrators, HumanRole::notification_recipients})
    if (contains(task.in_role(role), actor.user, actor.groups) && !(excluded && role == HumanRole::potential_owners))
      roles.push_back(role);
  if (!task.owner.empty() && task.owner == actor.user && !excluded) roles.push_back(HumanRole::actual_owner);
  if (supervises(task, actor)) roles.push_back(HumanRole::business_administrators);
  if (excluded) roles.push_back(HumanRole::excluded_owners);
  return roles;
}

bool may(const Task& task, Operation operation, const Actor& actor) {
  const auto roles = roles_of(task, actor);
  return std::any_of(roles.begin(), roles.end(), [&](HumanRole role) { return role_may(operation, role, task.state); });
}

namespace {

/// What the tables cannot say: a notification is only read, commented and removed; a task may not be skipable.
bool fits_kind(const Task& task, Operation operation) {
  switch (operation) {
    case Operation::remove:
      return task.creation.is_notification;
    case Operation::read:
    case Operation::add_comment:
    case Operation::update_comment:
    case Operation::delete_comment:
    case Operation::settle:
    case Operation::exit:
      return true;
    case Operation::skip:
      return !task.creation.is_notification && task.creation.is_skipable;
    case Operation::activate:
    case Operation::nominate:
    case Operation::claim:
    case Operation::start:
    case Operation::stop:
    case Operation::release:
    case Operation::delegate:
    case Operation::forward:
    case Operation::suspend:
    case Operation::suspend_until:
    case Operation::resume:
    case Operation::complete:
    case Operation::fail:
    case Operation::set_output:
    case Operation::delete_output:
    case Operation::set_fault:
    case Operation::delete_fault:
    case Operation::set_priority:
    case Operation::add_attachment:
    case Operation::delete_attachment:
    case Operation::set_generic_human_role:
    case Operation::set_deadline:
    case Operation::instantiate_sub_task:
    case Operation::assign:
    case Operation::requeue:
    case Operation::expire:
    case Operation::end_sub_task:
    case Operation::error:
      return !task.creation.is_notification;
  }
  return false;
}

bool may_in_some_state(Operation operation, HumanRole role) {
  return role_may(operation, role, TaskState::ready);  // every cell but '.' allows it there
}

}  // namespace

std::vector<Operation> operations_of(const Task& task, const Actor& actor) {
  std::vector<Operation> operations;
  for (const auto& row : operation_rows)
    if (next_state(row.operation, task.state) && fits_kind(task, row.operation) && may(task, row.operation, actor))
      operations.push_back(row.operation);
  return operations;
}

/// WS-HumanTask 1.1 §7.1: first who, then when. Somebody who may never do it hears "forbidden", whatever the state is.
std::optional<Refusal> refusal_of(const Task& task, Operation operation, const Actor& actor) {
  const auto roles = roles_of(task, actor);
  const std::string what = "'" + std::string(to_string(operation)) + "'";
  if (std::none_of(roles.begin(), roles.end(), [&](HumanRole role) { return may_in_some_state(operation, role); }))
    return Refusal{RefusalKind::forbidden, "not-authorised", "You have no role on this task that allows " + what + "."};
  if (!fits_kind(task, operation)) {
    if (operation == Operation::skip && !task.creation.is_notification)
      return Refusal{RefusalKind::conflict, "not-skipable", "This task may not be skipped."};
    return Refusal{RefusalKind::conflict, "wrong-kind",
                   task.creation.is_notification ? "This is a notification; " + what + " is for tasks."
                                                 : what + " is for notifications."};
  }
  if (!next_state(operation, task.state))
    return Refusal{RefusalKind::conflict, "wrong-state",
                   what + " is not possible while the task is " + std::string(to_string(task.state)) + "."};
  if (!may(task, operation, actor))
    return Refusal{RefusalKind::forbidden, "not-authorised",
                   "While the task is " + std::string(to_string(task.state)) + ", only others may do " + what + "."};
  return std::nullopt;
}

}  // namespace echoflow::tasks

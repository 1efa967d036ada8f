#include "engine/cx/tasks/step.hpp"

#include "engine/cx/tasks/tables.hpp"

namespace echoflow::tasks {

namespace {

bool is_group(const std::string& entry) {
  return entry.starts_with("group:");
}

bool waits_for_sub_tasks(const Task& task) {
  return std::any_of(task.sub_tasks.begin(), task.sub_tasks.end(),
                     [](const SubTask& each) { return !is_final(each.state); });
}

}  // namespace

void Step::move(TaskMoved moved) {
  const TaskState before = task_.state;
  const TaskState after = moved.state;
  const bool for_customer = moved.for_customer;
  const bool was_waiting = task_.waits_for_customer;
  add(std::move(moved));
  if (!is_suspended(before) && is_suspended(after) && for_customer) pause_deadlines(*this);
  if (is_suspended(before) && !is_suspended(after) && was_waiting && !is_final(after)) continue_deadlines(*this);
  if (after == TaskState::in_progress && before != after) meet_deadlines(*this, true);
  if (is_final(after) && !is_final(before)) end();
}

void Step::end() {
  meet_deadlines(*this, false);
  const auto& creation = task_.creation;
  if (waits_for_sub_tasks(task_)) effect(EffectKind::end_children);
  if (creation.parent != 0) effect(EffectKind::end_parent_part);
  // The process that ended a task does not ask for its answer any more.
  if (creation.instance != 0 && creation.parent == 0 && !creation.is_notification && task_.state != TaskState::exited)
    effect(EffectKind::answer);
}

void Step::offer(Operation operation, const std::string& by, const std::string& reason) {
  // WS-HumanTask 1.1 §4.10.1: a single potential owner has the task reserved at once; a group has to claim it.
  const auto& excluded = task_.in_role(HumanRole::excluded_owners);
  const auto& owners = task_.in_role(HumanRole::potential_owners);
  TaskMoved moved;
  moved.operation = operation;
  moved.by = by;
  moved.reason = {reason};
  const bool single = owners.size() == 1 && !is_group(owners.front()) && !contains(excluded, owners.front(), {});
  moved.state = single ? TaskState::reserved : TaskState::ready;
  if (single) moved.owner = owners.front();
  move(std::move(moved));
}

}  // namespace echoflow::tasks

#include <algorithm>

#include "engine/cx/tasks/step.hpp"
#include "engine/cx/tasks/tables.hpp"

namespace echoflow::tasks {

namespace {

constexpr std::size_t most_text_bytes = 20'000;
constexpr std::size_t most_notes = 1'000;
constexpr std::size_t most_people = 1'000;

using Done = Decision<void>;

Failure<Refusal> invalid(std::string code, std::string message) {
  return fail(Refusal{RefusalKind::invalid, std::move(code), std::move(message)});
}
Failure<Refusal> conflict(std::string code, std::string message) {
  return fail(Refusal{RefusalKind::conflict, std::move(code), std::move(message)});
}
Failure<Refusal> forbidden(std::string code, std::string message) {
  return fail(Refusal{RefusalKind::forbidden, std::move(code), std::move(message)});
}

/// The plain move that the table says, with owner and reason.
void move(Step& step, const Command& command, std::string owner) {
  TaskMoved moved;
  moved.operation = command.operation;
  moved.state = *next_state(command.operation, step.task().state);
  moved.owner = std::move(owner);
  moved.by = command.actor.user;
  moved.reason = {command.text};
  moved.until = command.until;
  moved.for_customer = command.for_customer;
  moved.outcome = command.outcome;
  step.move(std::move(moved));
}

bool is_excluded(const Task& task, const std::string& user, const People& groups) {
  return contains(task.in_role(HumanRole::excluded_owners), user, groups);
}

Done activate(Step& step, const Command& command) {
  if (step.task().in_role(HumanRole::potential_owners).empty())
    return conflict("no-potential-owner", "Nobody may own this task yet; nominate somebody first.");
  step.offer(command.operation, command.actor.user, command.text);
  return {};
}

Done check_people(const Command& command) {
  if (command.people.empty()) return invalid("people", "Say to whom: the list of people is empty.");
  if (command.people.size() > most_people) return invalid("people", "The list of people is too long.");
  for (const auto& each : command.people)
    if (each.empty() || each == "group:") return invalid("people", "A name in the list of people is empty.");
  return {};
}

Done nominate(Step& step, const Command& command) {
  if (auto fine = check_people(command); !fine) return fine;
  step.add(RoleSet{{HumanRole::potential_owners, command.people}, command.actor.user});
  step.offer(command.operation, command.actor.user, command.text);
  return {};
}

bool may_receive(const Task& task, const Command& command) {
  switch (task.creation.delegation) {
    case DelegationRule::anybody:
      return true;
    case DelegationRule::nobody:
      return false;
    case DelegationRule::potential_owners:
      return contains(task.in_role(HumanRole::potential_owners), command.user, command.people);
    case DelegationRule::listed:
      return contains(task.creation.delegates, command.user, command.people);
  }
  return false;
}

/// WS-HumanTask 1.1 §4.6: the receiver becomes the actual owner, and a potential owner where he was none.
/// `command.people` are his groups.
Done delegate(Step& step, const Command& command) {
  const auto& task = step.task();
  if (command.user.empty()) return invalid("user", "Say to whom the task is delegated.");
  if (is_excluded(task, command.user, command.people))
    return conflict("excluded-owner", "'" + command.user + "' is excluded from owning this task.");
  if (!may_receive(task, command))
    return conflict("delegation", "This task may not be delegated to '" + command.user + "'.");
  if (!contains(task.in_role(HumanRole::potential_owners), command.user, command.people)) {
    People owners = task.in_role(HumanRole::potential_owners);
    owners.push_back(command.user);
    step.add(RoleSet{{HumanRole::potential_owners, std::move(owners)}, command.actor.user});
  }
  move(step, command, command.user);
  return {};
}

/// WS-HumanTask 1.1 §7.1 forward: who forwards is a potential owner no more, those who receive are.
Done forward(Step& step, const Command& command) {
  if (auto fine = check_people(command); !fine) return fine;
  const auto& task = step.task();
  for (const auto& each : command.people)
    if (is_excluded(task, each, {}))
      return conflict("excluded-owner", "'" + each + "' is excluded from owning this task.");
  People owners;
  for (const auto& each : task.in_role(HumanRole::potential_owners))
    if (each != command.actor.user && each != task.owner) owners.push_back(each);
  for (const auto& each : command.people)
    if (std::find(owners.begin(), owners.end(), each) == owners.end()) owners.push_back(each);
  step.add(RoleSet{{HumanRole::potential_owners, std::move(owners)}, command.actor.user});
  step.offer(command.operation, command.actor.user, command.text);
  return {};
}

Done suspend(Step& step, const Command& command) {
  if (command.operation == Operation::suspend_until && command.until <= step.now())
    return invalid("until", "The time until which the task rests has passed already.");
  move(step, command, step.task().owner);
  return {};
}

bool has_open_sub_tasks(const Task& task) {
  return std::any_of(task.sub_tasks.begin(), task.sub_tasks.end(),
                     [](const SubTask& each) { return !is_final(each.state); });
}

Done complete(Step& step, const Command& command) {
  const auto& creation = step.task().creation;
  if (has_open_sub_tasks(step.task()))
    return conflict("open-sub-tasks", "The task has sub-tasks that have not ended yet.");
  const auto& outcomes = creation.outcomes;
  const bool known = std::any_of(outcomes.begin(), outcomes.end(),
                                 [&](const OutcomeLabel& each) { return each.name == command.outcome; });
  if (!outcomes.empty() && !known)
    return invalid("outcome", command.outcome.empty() ? "Say the outcome: this task has several."
                                                      : "'" + command.outcome + "' is no outcome of this task.");
  if (command.parts) step.add(OutputSet{true, *command.parts, command.actor.user});
  move(step, command, step.task().owner);
  return {};
}

Done fail_task(Step& step, const Command& command) {
  if (command.parts || !command.name.empty())
    step.add(FaultSet{true, command.name, command.parts.value_or(Parts{}), command.actor.user});
  move(step, command, step.task().owner);
  return {};
}

Done set_output(Step& step, const Command& command) {
  if (!command.parts) return invalid("output", "The output is missing.");
  step.add(OutputSet{true, *command.parts, command.actor.user});
  return {};
}

Done set_priority(Step& step, const Command& command) {
  if (command.priority < 0 || command.priority > 10)
    return invalid("priority", "A priority is a number from 0, the highest, to 10.");
  step.add(PrioritySet{command.priority, command.actor.user});
  return {};
}

Done add_attachment(Step& step, const Command& command) {
  if (command.attachment.name.text.empty()) return invalid("name", "The attachment needs a name.");
  if (step.task().attachments.size() >= most_notes) return conflict("too-many", "The task has too many attachments.");
  auto attachment = command.attachment;
  attachment.id = step.task().last_note + 1;
  attachment.by = command.actor.user;
  attachment.at = step.now();
  step.add(AttachmentAdded{std::move(attachment)});
  return {};
}

bool administers(const Task& task, const Actor& actor) {
  const auto roles = roles_of(task, actor);
  return std::find(roles.begin(), roles.end(), HumanRole::business_administrators) != roles.end();
}

Done delete_attachment(Step& step, const Command& command) {
  for (const auto& each : step.task().attachments)
    if (each.id == command.number) {
      step.add(AttachmentDeleted{each.id, command.actor.user});
      return {};
    }
  return invalid("attachment", "The task has no attachment " + std::to_string(command.number) + ".");
}

Done comment(Step& step, const Command& command) {
  const auto& task = step.task();
  const bool deletes = command.operation == Operation::delete_comment;
  if (!deletes && command.text.empty()) return invalid("text", "The comment is empty.");
  if (command.text.size() > most_text_bytes) return invalid("text", "The comment is longer than 20000 bytes.");
  if (command.operation == Operation::add_comment) {
    if (task.comments.size() >= most_notes) return conflict("too-many", "The task has too many comments.");
    step.add(CommentAdded{{task.last_note + 1, command.actor.user, step.now(), {}, {command.text}, false}});
    return {};
  }
  for (const auto& each : task.comments) {
    if (each.id != command.number || each.deleted) continue;
    if (each.by != command.actor.user && !administers(task, command.actor))
      return forbidden("not-author", "Only who wrote a comment, or an administrator of the task, may change it.");
    step.add(CommentChanged{each.id, {deletes ? std::string() : command.text}, deletes, command.actor.user});
    return {};
  }
  return invalid("comment", "The task has no comment " + std::to_string(command.number) + ".");
}

Done set_role(Step& step, const Command& command) {
  if (command.role == HumanRole::actual_owner || command.role == HumanRole::system)
    return invalid("role", "The actual owner is set by delegating the task.");
  if (command.people.size() > most_people) return invalid("people", "The list of people is too long.");
  if (command.role == HumanRole::excluded_owners && contains(command.people, step.task().owner, {}))
    return conflict("owner", "'" + step.task().owner + "' owns the task; delegate or release it first.");
  step.add(RoleSet{{command.role, command.people}, command.actor.user});
  return {};
}

Done set_deadline(Step& step, const Command& command) {
  if (command.number >= step.task().deadlines.size())
    return invalid("deadline", "The task has no such deadline; they count from 0.");
  if (command.until <= step.now()) return invalid("until", "The new deadline has passed already.");
  auto state = step.task().deadlines[command.number];
  if (state.phase == DeadlinePhase::met) return conflict("deadline", "This deadline has been met already.");
  if (state.phase == DeadlinePhase::paused)
    return conflict("deadline", "This deadline rests while the task waits for the customer.");
  state.phase = DeadlinePhase::running;
  state.due = command.until;
  step.add(DeadlineChanged{command.number, state, command.actor.user});
  return {};
}

Done add_sub_task(Step& step, const Command& command) {
  if (command.sub_task <= 0 || command.name.empty()) return invalid("name", "The sub-task needs a name.");
  if (step.task().sub_tasks.size() >= most_notes) return conflict("too-many", "The task has too many sub-tasks.");
  step.add(SubTaskAdded{{command.sub_task, command.name, command.sub_task_state}, command.actor.user});
  return {};
}

/// WS-HumanTask 1.1 §4.7: the next of a sequence begins; a parent that completes by itself does when all have ended.
Done end_sub_task(Step& step, const Command& command) {
  const auto& task = step.task();
  const bool open = std::any_of(task.sub_tasks.begin(), task.sub_tasks.end(), [&](const SubTask& each) {
    return each.id == command.sub_task && !is_final(each.state);
  });
  if (!open) return {};
  step.add(SubTaskEnded{command.sub_task, command.sub_task_state});
  if (has_open_sub_tasks(task)) {
    if (task.creation.order == SubTaskOrder::sequential) step.effect(EffectKind::activate_next);
    return {};
  }
  if (task.creation.completion != SubTaskPattern::automatic || is_suspended(task.state)) return {};
  TaskMoved moved;
  moved.operation = Operation::complete;
  moved.state = TaskState::completed;
  moved.owner = task.owner;
  moved.reason = {"all sub-tasks have ended"};
  step.move(std::move(moved));
  return {};
}

Done assign(Step& step, const Command& command) {
  if (command.user.empty() || is_excluded(step.task(), command.user, command.people))
    return conflict("excluded-owner", "'" + command.user + "' may not own this task.");
  step.add(Routed{command.explanation});
  move(step, command, command.user);
  return {};
}

Done settle(Step& step, const Command& command) {
  for (const auto& effect : step.task().effects) {
    if (effect.number != command.number) continue;
    if (command.done || command.given_up)
      step.add(EffectDone{effect.number, effect.kind, command.given_up, {command.text}});
    else
      step.add(EffectTried{effect.number, effect.attempts + 1, command.next_attempt, {command.text}});
    return {};
  }
  return {};
}

Done remove(Step& step, const Command& command) {
  const auto& already = step.task().removed_by;
  if (std::find(already.begin(), already.end(), command.actor.user) == already.end())
    step.add(RemovedFromList{command.actor.user});
  return {};
}

Done carry_out(Step& step, const Command& command) {
  switch (command.operation) {
    case Operation::activate:
      return activate(step, command);
    case Operation::nominate:
      return nominate(step, command);
    case Operation::claim:
    case Operation::start:
      move(step, command, command.actor.user);
      return {};
    case Operation::stop:
    case Operation::resume:
    case Operation::skip:
    case Operation::exit:
    case Operation::error:
      move(step, command, step.task().owner);
      return {};
    case Operation::release:
    case Operation::requeue:
      move(step, command, {});
      return {};
    case Operation::delegate:
      return delegate(step, command);
    case Operation::forward:
      return forward(step, command);
    case Operation::suspend:
    case Operation::suspend_until:
      return suspend(step, command);
    case Operation::complete:
      return complete(step, command);
    case Operation::fail:
      return fail_task(step, command);
    case Operation::set_output:
      return set_output(step, command);
    case Operation::delete_output:
      step.add(OutputSet{false, {}, command.actor.user});
      return {};
    case Operation::set_fault:
      step.add(FaultSet{true, command.name, command.parts.value_or(Parts{}), command.actor.user});
      return {};
    case Operation::delete_fault:
      step.add(FaultSet{false, {}, {}, command.actor.user});
      return {};
    case Operation::set_priority:
      return set_priority(step, command);
    case Operation::add_attachment:
      return add_attachment(step, command);
    case Operation::delete_attachment:
      return delete_attachment(step, command);
    case Operation::add_comment:
    case Operation::update_comment:
    case Operation::delete_comment:
      return comment(step, command);
    case Operation::set_generic_human_role:
      return set_role(step, command);
    case Operation::set_deadline:
      return set_deadline(step, command);
    case Operation::instantiate_sub_task:
      return add_sub_task(step, command);
    case Operation::remove:
      return remove(step, command);
    case Operation::read:
      if (command.for_customer) step.add(CustomerRead{command.actor.user});
      return {};
    case Operation::assign:
      return assign(step, command);
    case Operation::expire:
      expire(step);
      return {};
    case Operation::settle:
      return settle(step, command);
    case Operation::end_sub_task:
      return end_sub_task(step, command);
  }
  return {};
}

}  // namespace

Decision<Events> create(std::int64_t id, Creation creation, const Context& context) {
  // WS-HumanTask 1.1 §4.10.1: a task whose potential owners are known is activated at once, unless that is left to a
  // person; without potential owners it waits for a nomination.
  const bool notification = creation.is_notification;
  const bool manual = creation.manual_activation;
  Step step(Task{}, context);
  step.add(TaskCreated{id, std::move(creation)});
  if (auto scheduled = schedule_deadlines(step); !scheduled) return fail(scheduled.error());
  if (notification) {
    TaskMoved moved;
    moved.state = TaskState::ready;
    step.move(std::move(moved));
    step.effect(EffectKind::notify);
  } else if (!manual && !step.task().in_role(HumanRole::potential_owners).empty()) {
    step.offer(Operation::activate, {}, {});
  }
  return step.take();
}

Decision<Events> decide(const Task& task, const Command& command, const Context& context) {
  if (auto refusal = refusal_of(task, command.operation, command.actor)) return fail(std::move(*refusal));
  Step step(task, context);
  if (auto done = carry_out(step, command); !done) return fail(done.error());
  return step.take();
}

}  // namespace echoflow::tasks

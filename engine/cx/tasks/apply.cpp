#include <algorithm>

#include "engine/cx/tasks/events.hpp"

namespace echoflow::tasks {

namespace {

/// Changes the state by one event.
struct Applier {
  Task& task;
  TimePoint at;

  void operator()(const TaskCreated& event) {
    task.id = event.id;
    task.creation = event.creation;
    task.priority = event.creation.priority;
    task.people = event.creation.people;
    task.created_at = at;
    task.deadlines.resize(event.creation.deadlines.size());
  }

  void operator()(const TaskMoved& event) {
    if (event.operation == Operation::requeue && !task.owner.empty() && task.owner != event.owner)
      task.declined_by.push_back(task.owner);
    const bool was_suspended = is_suspended(task.state);
    task.state = event.state;
    task.owner = event.owner;
    task.hold_until = event.operation == Operation::assign ? event.until : TimePoint{};
    if (is_suspended(event.state)) {
      task.suspended_until = event.until;
      task.waits_for_customer = event.for_customer;
    } else if (was_suspended) {
      task.suspended_until = {};
      task.waits_for_customer = false;
    }
    if (event.state != TaskState::created && task.activated_at == TimePoint{}) task.activated_at = at;
    if (event.state == TaskState::in_progress && task.started_at == TimePoint{}) task.started_at = at;
    if (!is_final(event.state)) return;
    task.ended_at = at;
    task.outcome = event.outcome;
    task.ended_because = event.reason;
  }

  void operator()(const RoleSet& event) {
    for (auto& role : task.people)
      if (role.role == event.role.role) {
        role.people = event.role.people;
        return;
      }
    task.people.push_back(event.role);
  }
  void operator()(const PrioritySet& event) { task.priority = event.priority; }
  void operator()(const OutputSet& event) {
    task.has_output = event.present;
    task.output = event.parts;
  }
  void operator()(const FaultSet& event) {
    task.has_fault = event.present;
    task.fault_name = event.name;
    task.fault = event.parts;
  }

  void operator()(const AttachmentAdded& event) {
    task.attachments.push_back(event.attachment);
    task.last_note = std::max(task.last_note, event.attachment.id);
  }
  void operator()(const AttachmentDeleted& event) {
    std::erase_if(task.attachments, [&](const Attachment& each) { return each.id == event.id; });
  }
  void operator()(const CommentAdded& event) {
    task.comments.push_back(event.comment);
    task.last_note = std::max(task.last_note, event.comment.id);
  }
  void operator()(const CommentChanged& event) {
    for (auto& comment : task.comments) {
      if (comment.id != event.id) continue;
      comment.text = event.text;
      comment.deleted = event.deleted;
      comment.changed_at = at;
    }
  }

  void operator()(const DeadlineChanged& event) {
    if (event.deadline < task.deadlines.size()) task.deadlines[event.deadline] = event.state;
  }
  void operator()(const Escalated&) {}
  void operator()(const EffectAdded& event) {
    task.effects.push_back(event.effect);
    task.last_effect = std::max(task.last_effect, event.effect.number);
  }
  void operator()(const EffectTried& event) {
    for (auto& effect : task.effects) {
      if (effect.number != event.number) continue;
      effect.attempts = event.attempts;
      effect.next_attempt = event.next_attempt;
    }
  }
  void operator()(const EffectDone& event) {
    std::erase_if(task.effects, [&](const Effect& each) { return each.number == event.number; });
  }

  void operator()(const SubTaskAdded& event) { task.sub_tasks.push_back(event.sub_task); }
  void operator()(const SubTaskEnded& event) {
    for (auto& each : task.sub_tasks)
      if (each.id == event.id) each.state = event.state;
  }
  void operator()(const Routed& event) { task.explanation = event.explanation; }
  void operator()(const CustomerRead&) {}
  void operator()(const RemovedFromList& event) { task.removed_by.push_back(event.by); }
};

}  // namespace

void apply(Task& task, const Events& events, TimePoint at) {
  Applier applier{task, at};
  for (const auto& event : events) std::visit(applier, event);
  ++task.seq;
}

const People& Task::in_role(HumanRole role) const {
  static const People nobody;
  for (const auto& each : people)
    if (each.role == role) return each.people;
  return nobody;
}

TimePoint next_timer(const Task& task) {
  TimePoint next;
  auto earlier = [&](TimePoint at) {
    if (at != TimePoint{} && (next == TimePoint{} || at < next)) next = at;
  };
  for (const auto& effect : task.effects) earlier(effect.next_attempt);
  if (is_final(task.state)) return next;
  for (const auto& deadline : task.deadlines)
    if (deadline.phase == DeadlinePhase::running) earlier(deadline.due);
  earlier(task.suspended_until);
  earlier(task.hold_until);
  return next;
}

}  // namespace echoflow::tasks

#include "engine/cx/tasks/step.hpp"

namespace echoflow::tasks {

namespace {

/// A calendar that was taken away after the task was created counts around the clock.
TimePoint due_after(const Context& context, const std::string& calendar, TimePoint from, std::int64_t micros) {
  auto due = context.calendars.add(calendar, from, micros);
  return due ? *due : TimePoint{from.micros + micros};
}

void change(Step& step, std::size_t deadline, DeadlineState state) {
  step.add(DeadlineChanged{static_cast<std::uint32_t>(deadline), state, {}});
}

void reassign(Step& step, const Escalation& escalation) {
  const TaskState before = step.task().state;
  step.add(RoleSet{{HumanRole::potential_owners, escalation.people}, {}});
  if (!is_suspended(before)) return step.offer(Operation::forward, {}, escalation.name);
  TaskMoved moved;
  moved.operation = Operation::forward;
  moved.state = TaskState::suspended_ready;
  moved.reason = {escalation.name};
  moved.until = step.task().suspended_until;
  moved.for_customer = step.task().waits_for_customer;
  step.move(std::move(moved));
}

void act(Step& step, std::uint32_t deadline, std::uint32_t index, const Escalation& escalation) {
  switch (escalation.kind) {
    case EscalationKind::notification:
      step.effect(EffectKind::notify, deadline, index);
      return;
    case EscalationKind::reassignment:
      reassign(step, escalation);
      return;
    case EscalationKind::priority: {
      const std::int32_t wanted =
          escalation.raise_to_set ? escalation.raise_to : step.task().priority - escalation.raise_by;
      const std::int32_t priority = std::clamp(wanted, 0, 10);
      // Never less urgent than before.
      if (priority < step.task().priority) step.add(PrioritySet{priority, {}});
      return;
    }
    case EscalationKind::message:
      step.effect(EffectKind::process_event, deadline, index);
      return;
  }
}

void escalate(Step& step, std::uint32_t deadline) {
  // WS-HumanTask 1.1 §4.9: every escalation whose condition holds, in its order.
  const auto escalations = step.task().creation.deadlines[deadline].escalations;
  for (std::uint32_t i = 0; i < escalations.size(); ++i) {
    const auto& escalation = escalations[i];
    Escalated event{deadline, i, escalation.name, escalation.kind, false, {}};
    if (escalation.conditional && step.context().condition) {
      auto holds = step.context().condition(step.task(), deadline, i);
      event.held_back = !holds || !*holds;
      if (!holds) event.why = {holds.error().message};
    }
    const bool held_back = event.held_back;
    step.add(std::move(event));
    if (!held_back) act(step, deadline, i, escalation);
  }
}

}  // namespace

Decision<void> schedule_deadlines(Step& step) {
  // WS-HumanTask 1.1 §4.9: the time runs from the moment the task is created.
  const auto plans = step.task().creation.deadlines;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const auto& plan = plans[i];
    DeadlineState state;
    state.due = plan.until;
    if (plan.until == TimePoint{}) {
      auto from = add(step.now(), Duration{plan.for_months, 0});
      auto due = from ? step.context().calendars.add(plan.calendar, *from, plan.for_micros)
                      : Result<TimePoint>(fail(from.error()));
      if (!due)
        return fail(Refusal{RefusalKind::invalid, "deadline",
                            "The deadline '" + plan.name + "' of task '" + step.task().creation.name +
                                "' cannot be set: " + due.error().message});
      state.due = *due;
    }
    change(step, i, state);
  }
  return {};
}

void pause_deadlines(Step& step) {
  for (std::size_t i = 0; i < step.task().deadlines.size(); ++i) {
    auto state = step.task().deadlines[i];
    const auto& plan = step.task().creation.deadlines[i];
    // A moment on the calendar does not wait for a customer.
    if (state.phase != DeadlinePhase::running || plan.until != TimePoint{}) continue;
    auto left = step.context().calendars.between(plan.calendar, step.now(), state.due);
    state.left = left ? *left : state.due.micros - step.now().micros;
    state.left = std::max<std::int64_t>(state.left, 0);
    state.phase = DeadlinePhase::paused;
    change(step, i, state);
  }
}

void continue_deadlines(Step& step) {
  for (std::size_t i = 0; i < step.task().deadlines.size(); ++i) {
    auto state = step.task().deadlines[i];
    if (state.phase != DeadlinePhase::paused) continue;
    state.due = due_after(step.context(), step.task().creation.deadlines[i].calendar, step.now(), state.left);
    state.left = 0;
    state.phase = DeadlinePhase::running;
    change(step, i, state);
  }
}

void meet_deadlines(Step& step, bool only_start) {
  for (std::size_t i = 0; i < step.task().deadlines.size(); ++i) {
    auto state = step.task().deadlines[i];
    if (state.phase != DeadlinePhase::running && state.phase != DeadlinePhase::paused) continue;
    if (only_start && step.task().creation.deadlines[i].kind != DeadlineKind::start) continue;
    state.phase = DeadlinePhase::met;
    change(step, i, state);
  }
}

void expire(Step& step) {
  const TimePoint now = step.now();
  if (is_suspended(step.task().state) && step.task().suspended_until != TimePoint{} &&
      step.task().suspended_until <= now) {
    TaskMoved moved;
    moved.operation = Operation::resume;
    moved.state =
        static_cast<TaskState>(static_cast<int>(step.task().state) -
                               (static_cast<int>(TaskState::suspended_ready) - static_cast<int>(TaskState::ready)));
    moved.owner = step.task().owner;
    step.move(std::move(moved));
  }
  if (step.task().state == TaskState::reserved && step.task().hold_until != TimePoint{} &&
      step.task().hold_until <= now) {
    TaskMoved moved;
    moved.operation = Operation::requeue;
    moved.state = TaskState::ready;
    moved.reason = {"not begun in time"};
    step.move(std::move(moved));
  }
  for (std::uint32_t i = 0; i < step.task().deadlines.size(); ++i) {
    auto state = step.task().deadlines[i];
    if (state.phase != DeadlinePhase::running || state.due > now || is_final(step.task().state)) continue;
    state.phase = DeadlinePhase::missed;
    change(step, i, state);
    escalate(step, i);
  }
}

}  // namespace echoflow::tasks

#include "engine/behaviors/event_handlers.hpp"

#include "engine/behaviors/deadlines.hpp"
#include "engine/behaviors/faults.hpp"
#include "engine/behaviors/messages.hpp"

namespace echoflow::engine::event_handlers {

using instances::ScopeChild;

namespace {

void run_alarm(StepContext& context, ActivityId id, std::uint32_t branch, TimePoint due, const Duration& repeat) {
  if (deadlines::is_positive(repeat)) {
    // Alarms that were missed while nothing ran are not made up for one by one.
    TimePoint next = deadlines::later(due, repeat);
    if (next < context.turn().now) next = deadlines::next_after(due, repeat, context.turn().now);
    context.schedule_timer(id, branch, next, repeat);
  }
  const Activity& scope = *context.find(id);
  const auto& alarm = context.program().as<program::Scope>(scope.node).on_alarms[branch];
  context.start_child(scope, alarm.activity, instances::scope_slot(ScopeChild::on_alarm, branch));
}

// WS-BPEL 2.0 §12.7.2: an alarm that is due already runs at once, so that even a scope that completes in the same
// turn has it.
bool enable_alarm(StepContext& context, ActivityId id, std::uint32_t branch, const program::OnAlarm& alarm) {
  auto schedule = deadlines::evaluate(context, id, alarm.deadline);
  if (!schedule) {
    faults::reach_scope(context, id, id, std::move(schedule.error()));
    return false;
  }
  if (schedule->due <= context.turn().now)
    run_alarm(context, id, branch, context.turn().now, schedule->repeat);
  else
    context.schedule_timer(id, branch, schedule->due, schedule->repeat);
  return true;
}

}  // namespace

bool enable(StepContext& context, ActivityId id) {
  const auto& node = context.program().as<program::Scope>(context.find(id)->node);
  for (std::uint32_t branch = 0; branch < node.on_events.size(); ++branch) {
    if (auto fault = messages::wait_for(context, *context.find(id), branch, node.on_events[branch].inbound, id)) {
      faults::reach_scope(context, id, id, std::move(*fault));
      return false;
    }
  }
  for (std::uint32_t branch = 0; branch < node.on_alarms.size(); ++branch)
    if (!enable_alarm(context, id, branch, node.on_alarms[branch])) return false;
  return true;
}

void disable(StepContext& context, ActivityId id) {
  context.close_subscriptions(id);
  const auto& node = context.program().as<program::Scope>(context.find(id)->node);
  if (!node.on_alarms.empty()) context.cancel_timers(id);
}

// WS-BPEL 2.0 §12.7.1: each message has a scope instance of its own; the handler stays open for the next one.
void message_arrived(StepContext& context, ActivityId id, std::uint32_t branch, const Message& message,
                     ExchangeId exchange) {
  const Activity& scope = *context.find(id);
  const auto& handler = context.program().as<program::Scope>(scope.node).on_events[branch];
  const ActivityId child =
      context.start_child(scope, handler.scope, instances::scope_slot(ScopeChild::on_event, branch));
  // The message is the handler's; its waiting place stays the scope's.
  if (auto fault = messages::take(context, *context.find(id), branch, handler.inbound, child, message, exchange))
    faults::fail_scope(context, child, std::move(*fault));
}

// WS-BPEL 2.0 §12.7.2.
void alarm_fired(StepContext& context, ActivityId id, const instances::Timer& timer) {
  run_alarm(context, id, timer.branch, timer.due, timer.repeat);
}

}  // namespace echoflow::engine::event_handlers

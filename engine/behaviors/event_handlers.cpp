#include "engine/behaviors/event_handlers.hpp"

#include "engine/behaviors/deadlines.hpp"
#include "engine/behaviors/faults.hpp"
#include "engine/behaviors/messages.hpp"

namespace echoflow::engine::event_handlers {

using instances::ScopeChild;

namespace {

bool enable_alarm(StepContext& context, ActivityId id, std::uint32_t branch, const program::OnAlarm& alarm) {
  auto schedule = deadlines::evaluate(context, id, alarm.deadline);
  if (!schedule) {
    faults::reach_scope(context, id, id, std::move(schedule.error()));
    return false;
  }
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
    faults::raise(context, child, std::move(*fault));
}

// WS-BPEL 2.0 §12.7.2.
void alarm_fired(StepContext& context, ActivityId id, const instances::Timer& timer) {
  const Activity& scope = *context.find(id);
  const auto& alarm = context.program().as<program::Scope>(scope.node).on_alarms[timer.branch];
  if (deadlines::is_positive(timer.repeat)) {
    // Alarms that were missed while nothing ran are not made up for one by one.
    TimePoint due = deadlines::later(timer.due, timer.repeat);
    if (due < context.turn().now) due = deadlines::next_after(timer.due, timer.repeat, context.turn().now);
    context.schedule_timer(id, timer.branch, due, timer.repeat);
  }
  context.start_child(*context.find(id), alarm.activity, instances::scope_slot(ScopeChild::on_alarm, timer.branch));
}

}  // namespace echoflow::engine::event_handlers

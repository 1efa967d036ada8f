#include "engine/activities/behavior.hpp"
#include "engine/behaviors/deadlines.hpp"
#include "engine/behaviors/links.hpp"
#include "engine/behaviors/messages.hpp"

namespace echoflow::engine {
namespace {

using program::Pick;

/// Slots: onMessage branches first, then onAlarm branches.
// WS-BPEL 2.0 §11.5.
class PickBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    std::uint32_t branch = 0;
    if (messages::is_started_by(context, activity, branch)) {
      const StartMessage start = *context.start_message;
      context.start_message.reset();
      return message(context, activity, branch, *start.message, start.exchange, true);
    }
    const auto& node = definition<Pick>(context, activity);
    const ActivityId id = activity.id;
    for (std::uint32_t i = 0; i < node.on_messages.size(); ++i)
      if (auto fault = messages::wait_for(context, activity, i, node.on_messages[i].inbound, activity.scope))
        return fail(context, id, std::move(*fault));
    for (std::uint32_t i = 0; i < node.on_alarms.size(); ++i) {
      auto schedule = deadlines::evaluate(context, activity.scope, node.on_alarms[i].deadline);
      if (!schedule) return fail(context, id, std::move(schedule.error()));
      if (schedule->due <= context.turn().now)
        return choose(context, id, static_cast<std::uint32_t>(node.on_messages.size()) + i);
      context.schedule_timer(id, i, schedule->due);
    }
  }
  void message_arrived(StepContext& context, const Activity& activity, std::uint32_t branch, const Message& message,
                       ExchangeId exchange) const override {
    this->message(context, activity, branch, message, exchange, false);
  }
  void timer_fired(StepContext& context, const Activity& activity, const instances::Timer& timer) const override {
    choose(context, activity.id,
           static_cast<std::uint32_t>(definition<Pick>(context, activity).on_messages.size()) + timer.branch);
  }
  void child_ended(StepContext& context, const Activity& activity, const ChildEnded&) const override {
    completion::complete(context, activity);
  }
  void cancel(StepContext& context, const Activity& activity) const override { stop_waiting(context, activity.id); }

  static void stop_waiting(StepContext& context, ActivityId id) {
    context.close_subscriptions(id);
    context.cancel_timers(id);
  }
  static void fail(StepContext& context, ActivityId id, Fault fault) {
    stop_waiting(context, id);
    faults::raise(context, id, std::move(fault));
  }
  static void message(StepContext& context, const Activity& activity, std::uint32_t branch, const Message& message,
                      ExchangeId exchange, bool starts) {
    const ActivityId id = activity.id;
    stop_waiting(context, id);
    const auto& inbound = definition<Pick>(context, activity).on_messages[branch].inbound;
    if (auto fault = messages::take(context, activity, branch, inbound, activity.scope, message, exchange))
      return faults::raise(context, id, std::move(*fault));
    if (starts && !messages::start_activity_completed(context, activity)) return;
    choose(context, id, branch);
  }
  static void choose(StepContext& context, ActivityId id, std::uint32_t slot) {
    stop_waiting(context, id);
    const auto& node = definition<Pick>(context, *context.find(id));
    const auto branches = links::inner_nodes(context.program(), node.id);
    for (std::uint32_t i = 0; i < branches.size(); ++i)
      if (i != slot) links::set_dead(context, *context.find(id), branches[i]);
    context.start_child(*context.find(id), branches[slot], slot);
  }
};

}  // namespace

const ActivityBehavior& pick_behavior() {
  static const PickBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

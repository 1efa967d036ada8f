#include "engine/activities/behavior.hpp"
#include "engine/behaviors/deadlines.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §10.7: a deadline that has passed lets the activity complete at once.
class WaitBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    auto schedule = deadlines::evaluate(context, activity.scope, definition<program::Wait>(context, activity).deadline);
    if (!schedule) return faults::raise(context, activity.id, std::move(schedule.error()));
    if (schedule->due <= context.turn().now) return completion::complete(context, activity);
    context.schedule_timer(activity.id, 0, schedule->due);
  }
  void timer_fired(StepContext& context, const Activity& activity, const instances::Timer&) const override {
    completion::complete(context, activity);
  }
  void cancel(StepContext& context, const Activity& activity) const override { context.cancel_timers(activity.id); }
};

}  // namespace

const ActivityBehavior& wait_behavior() {
  static const WaitBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

#include "engine/activities/loop.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §11.4.
class RepeatUntilBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override { iterate(context, activity, 1); }
  void child_ended(StepContext& context, const Activity& activity, const ChildEnded& ended) const override {
    auto done = definition<program::RepeatUntil>(context, activity)
                    .condition->evaluate_boolean(evaluation_for(context, activity));
    if (!done) return faults::raise(context, activity.id, std::move(done.error()));
    if (*done) return completion::complete(context, activity);
    if (!loop::give_way(context, activity)) iterate(context, activity, ended.slot + 1);
  }
  void timer_fired(StepContext& context, const Activity& activity, const instances::Timer&) const override {
    iterate(context, activity, activity.last_slot + 1);
  }
  void cancel(StepContext& context, const Activity& activity) const override { context.cancel_timers(activity.id); }

  static void iterate(StepContext& context, const Activity& activity, instances::Slot iteration) {
    context.start_child(activity, definition<program::RepeatUntil>(context, activity).activity, iteration);
  }
};

}  // namespace

const ActivityBehavior& repeat_until_behavior() {
  static const RepeatUntilBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

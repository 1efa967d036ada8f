#include "engine/activities/loop.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §11.3.
class WhileBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override { next(context, activity, 1); }
  void child_ended(StepContext& context, const Activity& activity, const ChildEnded& ended) const override {
    if (!loop::give_way(context, activity)) next(context, activity, ended.slot + 1);
  }
  void timer_fired(StepContext& context, const Activity& activity, const instances::Timer&) const override {
    next(context, activity, activity.last_slot + 1);
  }
  void cancel(StepContext& context, const Activity& activity) const override { context.cancel_timers(activity.id); }

  static void next(StepContext& context, const Activity& activity, instances::Slot iteration) {
    const auto& node = definition<program::While>(context, activity);
    auto holds = node.condition->evaluate_boolean(evaluation_for(context, activity));
    if (!holds) return faults::raise(context, activity.id, std::move(holds.error()));
    if (*holds)
      context.start_child(activity, node.activity, iteration);
    else
      completion::complete(context, activity);
  }
};

}  // namespace

const ActivityBehavior& while__behavior() {
  static const WhileBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

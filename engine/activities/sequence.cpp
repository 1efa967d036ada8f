#include "engine/activities/behavior.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §11.1.
class SequenceBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override { next(context, activity, 0); }
  void child_ended(StepContext& context, const Activity& activity, const ChildEnded& ended) const override {
    next(context, activity, ended.slot + 1);
  }
  static void next(StepContext& context, const Activity& activity, instances::Slot slot) {
    const auto& activities = definition<program::SequenceNode>(context, activity).activities;
    if (slot < activities.size())
      context.start_child(activity, activities[slot], slot);
    else
      completion::complete(context, activity);
  }
};

}  // namespace

const ActivityBehavior& sequence_behavior() {
  static const SequenceBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

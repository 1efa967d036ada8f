#include "engine/activities/behavior.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §11.6.
class FlowBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    const auto& activities = definition<program::Flow>(context, activity).activities;
    const ActivityId id = activity.id;
    if (activities.empty()) return completion::complete(context, activity);
    for (instances::Slot slot = 0; slot < activities.size(); ++slot)
      context.start_child(*context.find(id), activities[slot], slot);
  }
  void child_ended(StepContext& context, const Activity& activity, const ChildEnded&) const override {
    if (activity.children == 0) completion::complete(context, activity);
  }
};

}  // namespace

const ActivityBehavior& flow_behavior() {
  static const FlowBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

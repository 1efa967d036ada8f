#include "engine/activities/behavior.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §10.8.
class EmptyBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override { completion::complete(context, activity); }
};

}  // namespace

const ActivityBehavior& empty_behavior() {
  static const EmptyBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

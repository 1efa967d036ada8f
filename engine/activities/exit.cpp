#include "engine/activities/behavior.hpp"
#include "engine/core/lifecycle.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §10.10: everything ends at once, without any handler.
class ExitBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity&) const override {
    lifecycle::end_instance(context, InstanceStatus::terminated, nullptr);
  }
};

}  // namespace

const ActivityBehavior& exit_behavior() {
  static const ExitBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

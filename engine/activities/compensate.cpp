#include "engine/activities/behavior.hpp"
#include "engine/behaviors/compensation.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §12.4.3.2: all scopes that completed immediately within the handler's scope, in the default order.
class CompensateBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override { next(context, activity); }
  void child_ended(StepContext& context, const Activity& activity, const ChildEnded&) const override {
    next(context, activity);
  }
  static void next(StepContext& context, const Activity& activity) {
    const Activity* scope = compensation::handler_scope(
        context, activity, definition<program::Compensate>(context, activity).scope_of_handler);
    if (scope == nullptr || !compensation::start_next(context, scope->id, activity.id))
      completion::complete(context, activity);
  }
};

}  // namespace

const ActivityBehavior& compensate_behavior() {
  static const CompensateBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

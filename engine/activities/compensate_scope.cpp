#include "engine/activities/behavior.hpp"
#include "engine/behaviors/compensation.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §12.4.3.1: all completed instances of one scope; none is no error.
class CompensateScopeBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override { next(context, activity); }
  void child_ended(StepContext& context, const Activity& activity, const ChildEnded&) const override {
    next(context, activity);
  }
  static void next(StepContext& context, const Activity& activity) {
    const auto& node = definition<program::CompensateScope>(context, activity);
    const Activity* scope = compensation::handler_scope(context, activity, node.scope_of_handler);
    if (scope == nullptr || !compensation::start_next(context, scope->id, activity.id, node.target))
      completion::complete(context, activity);
  }
};

}  // namespace

const ActivityBehavior& compensate_scope_behavior() {
  static const CompensateScopeBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

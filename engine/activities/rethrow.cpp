#include "engine/activities/behavior.hpp"

namespace echoflow::engine {
namespace {

/// The scope whose fault handler the activity runs in, innermost first.
const Activity* handling_scope(const StepContext& context, const Activity& activity) {
  const Activity* at = &activity;
  while (const Activity* parent = context.find(at->parent)) {
    if (parent->scope_data && instances::slot_role(at->slot) == ScopeChild::fault_handler) return parent;
    at = parent;
  }
  return nullptr;
}

// WS-BPEL 2.0 §10.12: the original fault goes on, whatever became of the fault variable.
class RethrowBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    const Activity* scope = handling_scope(context, activity);
    if (scope == nullptr || !scope->scope_data->fault) return completion::complete(context, activity);
    faults::raise(context, activity.id, Fault(*scope->scope_data->fault));
  }
};

}  // namespace

const ActivityBehavior& rethrow_behavior() {
  static const RethrowBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

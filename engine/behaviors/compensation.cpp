#include "engine/behaviors/compensation.hpp"

#include <algorithm>

#include "engine/behaviors/completion.hpp"
#include "engine/behaviors/control_order.hpp"
#include "engine/behaviors/isolation.hpp"

namespace echoflow::engine::compensation {

namespace {

/// The next one to compensate: the last that completed, unless one that depends on it is still to be compensated.
ActivityId next_of(const StepContext& context, const std::vector<ActivityId>& completed, NodeId target) {
  std::vector<const Activity*> candidates;
  for (auto id = completed.rbegin(); id != completed.rend(); ++id)
    if (const Activity* scope = context.find(*id);
        scope != nullptr && (target == program::none || scope->node == target))
      candidates.push_back(scope);
  if (candidates.empty()) return 0;
  if (context.program().links.empty()) return candidates.front()->id;
  for (const Activity* candidate : candidates) {
    const auto later = control_order::begin_before_end_of(context.program(), candidate->node);
    auto blocks = [&](const Activity* other) {
      return other->node != candidate->node && control_order::any_within(context.program(), later, other->node);
    };
    if (std::none_of(candidates.begin(), candidates.end(), blocks)) return candidate->id;
  }
  return candidates.front()->id;
}

}  // namespace

// WS-BPEL 2.0 §12.5.2: scopes are compensated in reverse order of their completion, and one that depends on another by
// a link before that other. All instances of a scope in a loop or forEach are there.
bool start_next(StepContext& context, ActivityId scope, ActivityId by, NodeId target) {
  ActivityId next = next_of(context, context.find(scope)->scope_data->completed, target);
  if (next == 0) return false;
  context.emit(records::CompensationStarted{next, by});
  if (isolation::acquire(context, next)) run_handler(context, next);
  return true;
}

void run_handler(StepContext& context, ActivityId id) {
  const Activity& scope = *context.find(id);
  const NodeId handler = context.program().as<program::Scope>(scope.node).compensation_handler;
  if (handler != program::none)
    context.start_child(scope, handler, instances::scope_slot(ScopeChild::compensation_handler));
  else if (!start_next(context, id, id))
    completion::scope_compensated(context, scope);
}

const Activity* handler_scope(const StepContext& context, const Activity& activity, NodeId node) {
  return find_scope(context.state(), activity.scope, node);
}

}  // namespace echoflow::engine::compensation

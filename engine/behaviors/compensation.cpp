#include "engine/behaviors/compensation.hpp"

#include <algorithm>

#include "engine/behaviors/completion.hpp"
#include "engine/behaviors/control_order.hpp"
#include "engine/behaviors/isolation.hpp"

namespace echoflow::engine::compensation {

namespace {

const Activity* candidate(const StepContext& context, ActivityId id, NodeId target) {
  const Activity* scope = context.find(id);
  return scope != nullptr && (target == program::none || scope->node == target) ? scope : nullptr;
}

/// True when a scope that depends on this one is still to be compensated.
bool must_wait(const StepContext& context, const Activity& scope, const std::vector<ActivityId>& completed,
               NodeId target) {
  if (context.program().links.empty() || target != program::none) return false;
  const auto later = control_order::begin_before_end_of(context.program(), scope.node);
  if (std::find(later.begin(), later.end(), true) == later.end()) return false;
  return std::any_of(completed.begin(), completed.end(), [&](ActivityId id) {
    const Activity* other = candidate(context, id, target);
    return other != nullptr && other->node != scope.node &&
           control_order::any_within(context.program(), later, other->node);
  });
}

/// The next one to compensate: the last that completed, unless one that depends on it is still to be compensated.
ActivityId next_of(const StepContext& context, const std::vector<ActivityId>& completed, NodeId target) {
  ActivityId last = 0;
  for (auto id = completed.rbegin(); id != completed.rend(); ++id) {
    const Activity* scope = candidate(context, *id, target);
    if (scope == nullptr) continue;
    if (!must_wait(context, *scope, completed, target)) return *id;
    if (last == 0) last = *id;
  }
  return last;
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

#include "engine/behaviors/completion.hpp"

#include "engine/behaviors/compensation.hpp"
#include "engine/behaviors/event_handlers.hpp"
#include "engine/behaviors/exchanges.hpp"
#include "engine/behaviors/faults.hpp"
#include "engine/behaviors/isolation.hpp"
#include "engine/behaviors/links.hpp"
#include "engine/behaviors/termination.hpp"
#include "engine/core/lifecycle.hpp"

namespace echoflow::engine::completion {

namespace {

void tell_parent(StepContext& context, const Activity& activity, Outcome outcome) {
  ChildEnded ended{activity.parent, activity.id, activity.node, activity.slot, outcome};
  context.emit(records::ActivityEnded{activity.id, outcome});
  if (ended.parent != 0) context.queue_end(ended);
}

/// WS-BPEL 2.0 §12.4.3: a handler is installed when the scope completes, for the handlers of the scope around it. A
/// scope that neither has one nor encloses a scope that has one would compensate nothing and is not kept.
bool can_be_compensated(const StepContext& context, const Activity& scope) {
  const Activity* around = context.find(scope.scope);
  if (around == nullptr || !is_in_normal_processing(*around)) return false;
  return context.program().as<program::Scope>(scope.node).compensation_handler != program::none ||
         !scope.scope_data->completed.empty();
}

/// Links out of what will not run any more, then those that were held back.
void settle_links(StepContext& context, ActivityId id) {
  if (context.program().links.empty()) return;
  const NodeId node = context.find(id)->node;
  for (NodeId inner : links::inner_nodes(context.program(), node)) links::set_dead(context, *context.find(id), inner);
  links::release_held(context, *context.find(id), false);
}

/// The scope is done, with or without a fault that it handled.
void leave_scope(StepContext& context, ActivityId id, Outcome outcome) {
  settle_links(context, id);
  isolation::release(context, id);
  const Activity& scope = *context.find(id);
  const ActivityId around = scope.scope;
  auto fault = links::fire_outgoing(context, scope);
  if (outcome == Outcome::completed && can_be_compensated(context, scope)) outcome = Outcome::kept;
  tell_parent(context, scope, outcome);
  if (fault) faults::reach_scope(context, around, id, std::move(*fault));
}

// WS-BPEL 2.0 §10.4.1, §12.7: the activity and all event handlers are done.
void complete_scope(StepContext& context, const Activity& scope) {
  if (exchanges::has_orphans(context, scope.id))
    return faults::reach_scope(context, scope.id, scope.id, exchanges::missing_reply(context, scope));
  if (scope.parent == 0) return lifecycle::end_instance(context, InstanceStatus::completed, nullptr);
  leave_scope(context, scope.id, Outcome::completed);
}

void body_completed(StepContext& context, ActivityId id) {
  event_handlers::disable(context, id);
  context.emit(records::ScopePhaseChanged{id, ScopePhase::completing});
  if (context.find(id)->children == 0) complete_scope(context, *context.find(id));
}

// WS-BPEL 2.0 §10.4.1: a request that the handler left unanswered faults the scope around.
void fault_handler_completed(StepContext& context, const Activity& scope) {
  if (exchanges::has_orphans(context, scope.id))
    return faults::fail_scope(context, scope.id, exchanges::missing_reply(context, scope));
  if (scope.parent == 0) return lifecycle::end_instance(context, InstanceStatus::completed, nullptr);
  leave_scope(context, scope.id, Outcome::handled);
}

void handler_child_ended(StepContext& context, const Activity& scope) {
  const auto& node = context.program().as<program::Scope>(scope.node);
  const ActivityId id = scope.id;
  switch (scope.scope_data->phase) {
    case ScopePhase::handling_fault:
      if (scope.scope_data->handler != program::none)
        fault_handler_completed(context, scope);
      else if (!compensation::start_next(context, id, id))
        faults::end_faulted(context, id);
      return;
    case ScopePhase::handling_termination:
      if (node.termination_handler != program::none || !compensation::start_next(context, id, id))
        termination::finish(context, id);
      return;
    case ScopePhase::compensating:
      if (node.compensation_handler != program::none || !compensation::start_next(context, id, id))
        scope_compensated(context, scope);
      return;
    case ScopePhase::created:
    case ScopePhase::running:
    case ScopePhase::completing:
    case ScopePhase::faulting:
    case ScopePhase::failing:
    case ScopePhase::terminating:
    case ScopePhase::abandoning:
    case ScopePhase::completed:
      return;
  }
}

}  // namespace

void complete(StepContext& context, const Activity& activity) {
  const ActivityId id = activity.id, scope = activity.scope;
  auto fault = links::fire_outgoing(context, activity);
  if (const Activity* still = context.find(id)) tell_parent(context, *still, Outcome::completed);
  if (fault) faults::reach_scope(context, scope, id, std::move(*fault));
}

void end(StepContext& context, const Activity& activity, Outcome outcome) {
  const ActivityId id = activity.id;
  links::set_dead(context, activity, activity.node);
  const Activity* still = context.find(id);
  if (still == nullptr) return;
  if (still->scope_data) {
    links::release_held(context, *still, true);
    isolation::release(context, id);
    still = context.find(id);
  }
  if (still != nullptr) tell_parent(context, *still, outcome);
}

void scope_child_ended(StepContext& context, const Activity& scope, const ChildEnded& ended) {
  const bool quiet = scope.children == 0;
  switch (scope.scope_data->phase) {
    case ScopePhase::running:
      if (instances::slot_role(ended.slot) == ScopeChild::body) body_completed(context, scope.id);
      return;
    case ScopePhase::completing:
      if (quiet) complete_scope(context, scope);
      return;
    case ScopePhase::faulting:
      if (quiet) faults::enter_handler(context, scope.id);
      return;
    case ScopePhase::failing:
      if (quiet) faults::end_faulted(context, scope.id);
      return;
    case ScopePhase::terminating:
      if (quiet) termination::run_handler(context, scope.id);
      return;
    case ScopePhase::abandoning:
      if (quiet) termination::finish(context, scope.id);
      return;
    case ScopePhase::handling_fault:
    case ScopePhase::handling_termination:
    case ScopePhase::compensating:
      if (quiet) handler_child_ended(context, scope);
      return;
    case ScopePhase::created:
    case ScopePhase::completed:
      return;
  }
}

void scope_compensated(StepContext& context, const Activity& scope) {
  const ActivityId id = scope.id;
  if (exchanges::has_orphans(context, id))
    return faults::fail_scope(context, id, exchanges::missing_reply(context, scope));
  isolation::release(context, id);
  tell_parent(context, *context.find(id), Outcome::compensated);
}

}  // namespace echoflow::engine::completion

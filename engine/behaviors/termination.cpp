#include "engine/behaviors/termination.hpp"

#include "engine/activities/behavior.hpp"
#include "engine/behaviors/compensation.hpp"
#include "engine/behaviors/completion.hpp"
#include "engine/behaviors/event_handlers.hpp"
#include "engine/behaviors/exchanges.hpp"

namespace echoflow::engine::termination {

namespace {

/// WS-BPEL 2.0 §12.6: what termination does to a scope depends on where it stands.
void terminate_scope(StepContext& context, const Activity& scope) {
  const ActivityId id = scope.id;
  switch (scope.scope_data->phase) {
    case ScopePhase::created:
      return finish(context, id);
    case ScopePhase::running:
    case ScopePhase::completing:
      context.emit(records::ScopePhaseChanged{id, ScopePhase::terminating});
      event_handlers::disable(context, id);
      terminate_children(context, id);
      if (const Activity* still = context.find(id);
          still != nullptr && still->children == 0 && still->scope_data->phase == ScopePhase::terminating)
        run_handler(context, id);
      return;
    case ScopePhase::compensating:
      context.emit(records::ScopePhaseChanged{id, ScopePhase::abandoning});
      terminate_children(context, id);
      if (const Activity* still = context.find(id);
          still != nullptr && still->children == 0 && still->scope_data->phase == ScopePhase::abandoning)
        finish(context, id);
      return;
    case ScopePhase::faulting:  // a fault handler is (about to be) active: it is allowed to complete
    case ScopePhase::handling_fault:
    case ScopePhase::failing:
    case ScopePhase::terminating:
    case ScopePhase::handling_termination:
    case ScopePhase::abandoning:
    case ScopePhase::completed:
      return;
  }
}

}  // namespace

void terminate(StepContext& context, ActivityId id) {
  const Activity* activity = context.find(id);
  if (activity == nullptr || activity->terminating) return;
  if (activity->scope_data && !activity->joining) return terminate_scope(context, *activity);
  if (activity->children == 0) {
    if (!activity->joining) behavior_for(context.node_of(*activity).kind).cancel(context, *activity);
    return finish(context, id);
  }
  context.emit(records::ActivityTerminating{id});
  behavior_for(context.node_of(*activity).kind).cancel(context, *activity);
  terminate_children(context, id);
  if (const Activity* still = context.find(id); still != nullptr && still->children == 0) finish(context, id);
}

void terminate_children(StepContext& context, ActivityId id) {
  for (ActivityId child : children_of(context.state(), *context.find(id))) {
    if (context.ended()) return;
    terminate(context, child);
  }
}

void run_handler(StepContext& context, ActivityId id) {
  context.emit(records::ScopePhaseChanged{id, ScopePhase::handling_termination});
  const Activity& scope = *context.find(id);
  const NodeId handler = context.program().as<program::Scope>(scope.node).termination_handler;
  if (handler != program::none)
    context.start_child(scope, handler, instances::scope_slot(ScopeChild::termination_handler));
  else if (!compensation::start_next(context, id, id))
    finish(context, id);
}

void finish(StepContext& context, ActivityId id) {
  const Activity* activity = context.find(id);
  if (activity == nullptr) return;
  if (activity->scope_data)
    exchanges::abandon(
        context, id,
        standard_fault("missingReply", context.node_of(*activity).element_id + " was terminated before it replied."));
  completion::end(context, *context.find(id), Outcome::terminated);
}

}  // namespace echoflow::engine::termination

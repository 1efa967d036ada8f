#include "engine/behaviors/faults.hpp"

#include "engine/behaviors/compensation.hpp"
#include "engine/behaviors/completion.hpp"
#include "engine/behaviors/event_handlers.hpp"
#include "engine/behaviors/exchanges.hpp"
#include "engine/behaviors/fault_matching.hpp"
#include "engine/behaviors/links.hpp"
#include "engine/behaviors/termination.hpp"
#include "engine/core/lifecycle.hpp"

namespace echoflow::engine::faults {

using program::ActivityKind;

namespace {

/// WS-BPEL 2.0 §12.5: with exitOnStandardFault a standard fault other than joinFailure ends the process.
bool exits_process(const program::Scope& node, const Fault& fault) {
  return node.exit_on_standard_fault && is_standard_fault(fault.name) && fault.name.local != "joinFailure";
}

void begin_handling(StepContext& context, ActivityId id, ActivityId source, Fault fault) {
  context.emit(records::FaultRaised{source, id, std::move(fault), ScopePhase::faulting});
  event_handlers::disable(context, id);
  termination::terminate_children(context, id);
  const Activity* scope = context.find(id);
  if (scope != nullptr && scope->scope_data->phase == ScopePhase::faulting && scope->children == 0)
    enter_handler(context, id);
}

/// WS-BPEL 2.0 §12.5: a fault in a handler ends the handler and goes on.
void fail_handler(StepContext& context, ActivityId id, ActivityId source, Fault fault) {
  context.emit(records::FaultRaised{source, id, std::move(fault), ScopePhase::failing});
  termination::terminate_children(context, id);
  const Activity* scope = context.find(id);
  if (scope != nullptr && scope->scope_data->phase == ScopePhase::failing && scope->children == 0)
    end_faulted(context, id);
}

/// WS-BPEL 2.0 §12.6: a termination handler's fault is not propagated.
void swallow(StepContext& context, ActivityId id, ActivityId source, Fault fault) {
  context.emit(records::FaultRaised{source, id, std::move(fault), ScopePhase::abandoning});
  termination::terminate_children(context, id);
  const Activity* scope = context.find(id);
  if (scope != nullptr && scope->scope_data->phase == ScopePhase::abandoning && scope->children == 0)
    termination::finish(context, id);
}

/// WS-BPEL 2.0 §12.4.4.3: when one instance's compensation faults, the other instances of that scope are not
/// compensated.
void drop_other_instances(StepContext& context, const Activity& faulted) {
  const Activity* around = context.find(faulted.scope);
  if (around == nullptr || !around->scope_data) return;
  std::vector<ActivityId> others;
  for (ActivityId id : around->scope_data->completed)
    if (const Activity* other = context.find(id); other != nullptr && other->node == faulted.node) others.push_back(id);
  for (ActivityId id : others) context.emit(records::CompensationDropped{id});
}

}  // namespace

void raise(StepContext& context, ActivityId id, Fault fault) {
  const Activity* activity = context.find(id);
  if (activity == nullptr) return;
  const ActivityId scope = activity->scope;
  // One with children is terminated with them by its scope.
  if (activity->children == 0) completion::end(context, *activity, Outcome::faulted);
  reach_scope(context, scope, id, std::move(fault));
}

void reach_scope(StepContext& context, ActivityId id, ActivityId source, Fault fault) {
  const Activity* scope = context.find(id);
  if (scope == nullptr) return;
  const auto& node = context.program().as<program::Scope>(scope->node);
  switch (scope->scope_data->phase) {
    case ScopePhase::created:
    case ScopePhase::running:
    case ScopePhase::completing:
      if (exits_process(node, fault)) return lifecycle::end_instance(context, InstanceStatus::terminated, &fault);
      return begin_handling(context, id, source, std::move(fault));
    case ScopePhase::handling_fault:
    case ScopePhase::compensating:
      return fail_handler(context, id, source, std::move(fault));
    case ScopePhase::handling_termination:
      return swallow(context, id, source, std::move(fault));
    case ScopePhase::faulting:
    case ScopePhase::failing:
    case ScopePhase::terminating:
    case ScopePhase::abandoning:
    case ScopePhase::completed:
      return;  // it is being ended already; the first fault counts
  }
}

void enter_handler(StepContext& context, ActivityId id) {
  const auto& node = context.program().as<program::Scope>(context.find(id)->node);
  links::set_dead(context, *context.find(id), node.activity);
  const Fault fault = *context.find(id)->scope_data->fault;
  auto handler = match_handler(context.program(), node, fault);
  if (!handler) {
    // WS-BPEL 2.0 §12.5.1: the default handler compensates all enclosed scopes and rethrows.
    context.emit(records::ScopePhaseChanged{id, ScopePhase::handling_fault});
    if (!compensation::start_next(context, id, id)) end_faulted(context, id);
    return;
  }
  context.emit(records::FaultCaught{id, handler->index});
  if (handler->variable != program::none)
    context.emit(records::VariableSet{id, handler->variable, fault_variable_parts(*handler, fault)});
  context.start_child(*context.find(id), handler->body,
                      instances::scope_slot(ScopeChild::fault_handler, handler->index));
}

void end_faulted(StepContext& context, ActivityId id) {
  const Activity* scope = context.find(id);
  const Fault fault = *scope->scope_data->fault;
  const ActivityId parent = scope->parent, around = scope->scope;
  if (parent == 0) return lifecycle::end_instance(context, InstanceStatus::faulted, &fault);
  exchanges::abandon(context, id, fault);
  const Activity* by = context.find(parent);
  const bool compensated = by != nullptr && (context.node_of(*by).kind == ActivityKind::compensate ||
                                             context.node_of(*by).kind == ActivityKind::compensate_scope);
  if (compensated) drop_other_instances(context, *context.find(id));
  completion::end(context, *context.find(id), Outcome::faulted);
  if (compensated) return by->terminating ? void() : raise(context, parent, fault);
  reach_scope(context, by != nullptr && by->scope_data ? parent : around, id, fault);
}

void fail_scope(StepContext& context, ActivityId id, Fault fault) {
  context.emit(records::FaultRaised{id, id, std::move(fault), ScopePhase::failing});
  end_faulted(context, id);
}

}  // namespace echoflow::engine::faults

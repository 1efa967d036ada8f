#include "engine/state/state_view.hpp"

namespace echoflow::engine {

const Activity* find_activity(const InstanceState& state, ActivityId id) {
  auto found = state.activities.find(id);
  return found == state.activities.end() ? nullptr : &found->second;
}

const Activity* find_scope(const InstanceState& state, ActivityId scope, NodeId node) {
  const Activity* at = find_activity(state, scope);
  while (at != nullptr && at->node != node) at = at->scope == 0 ? nullptr : find_activity(state, at->scope);
  return at;
}

const Activity* find_flow(const InstanceState& state, const Activity& activity, NodeId flow) {
  const Activity* at = &activity;
  while (at != nullptr && at->node != flow) at = at->parent == 0 ? nullptr : find_activity(state, at->parent);
  return at;
}

std::size_t position_of(const std::vector<std::uint32_t>& declared, std::uint32_t id) {
  if (declared.empty()) return static_cast<std::size_t>(-1);
  std::size_t guess = id - declared.front();
  if (guess < declared.size() && declared[guess] == id) return guess;
  for (std::size_t i = 0; i < declared.size(); ++i)
    if (declared[i] == id) return i;
  return static_cast<std::size_t>(-1);
}

const Parts* variable_in(const program::Program& program, const Activity& scope, program::VariableId variable) {
  if (!scope.scope_data) return nullptr;
  auto position = position_of(program.as<program::Scope>(scope.node).variables, variable);
  return position < scope.scope_data->variables.size() ? &scope.scope_data->variables[position] : nullptr;
}

const Parts* find_variable(const program::Program& program, const InstanceState& state, ActivityId scope,
                           program::VariableId variable) {
  const Activity* owner = find_scope(state, scope, program.variables[variable].scope);
  return owner == nullptr ? nullptr : variable_in(program, *owner, variable);
}

bool is_in_normal_processing(const Activity& scope) {
  switch (scope.scope_data->phase) {
    case ScopePhase::created:
    case ScopePhase::running:
    case ScopePhase::completing:
      return true;
    case ScopePhase::faulting:
    case ScopePhase::handling_fault:
    case ScopePhase::failing:
    case ScopePhase::terminating:
    case ScopePhase::handling_termination:
    case ScopePhase::abandoning:
    case ScopePhase::completed:
    case ScopePhase::compensating:
      return false;
  }
  return false;
}

std::vector<ActivityId> children_of(const InstanceState& state, const Activity& activity) {
  std::vector<ActivityId> ids;
  ids.reserve(activity.children);
  for (ActivityId id = activity.first_child; id != 0;) {
    const Activity* child = find_activity(state, id);
    if (child == nullptr) break;
    ids.push_back(id);
    id = child->next;
  }
  return ids;
}

}  // namespace echoflow::engine

#pragma once
#include "models/instances/instance_state.hpp"
#include "models/program/program.hpp"

/// Questions about an instance's state. Nothing here changes it.
namespace echoflow::engine {

using instances::Activity;
using instances::InstanceState;
using instances::ScopeChild;
using instances::ScopeData;
using instances::ScopePhase;
using program::NodeId;

/// The activity, or null when it has ended.
const Activity* find_activity(const InstanceState& state, ActivityId id);

/// The scope instance (from `scope` outwards) that runs this scope node; null when none is alive.
const Activity* find_scope(const InstanceState& state, ActivityId scope, NodeId node);
/// The nearest flow instance around an activity that runs this flow node; null when none is alive.
const Activity* find_flow(const InstanceState& state, const Activity& activity, NodeId flow);

/// Position of an id in a declaration list; the lists are dense in practice, so the first guess is nearly always right.
std::size_t position_of(const std::vector<std::uint32_t>& declared, std::uint32_t id);

/// Contents of a variable in a scope instance that declares it.
const Parts* variable_in(const program::Program& program, const Activity& scope, program::VariableId variable);
/// The variable as seen from a scope; null when its scope is not alive.
const Parts* find_variable(const program::Program& program, const InstanceState& state, ActivityId scope,
                           program::VariableId variable);

/// True while a scope executes its activity or event handlers, so that scopes that complete in it can be compensated.
bool is_in_normal_processing(const Activity& scope);

/// The live children of an activity, oldest first.
std::vector<ActivityId> children_of(const InstanceState& state, const Activity& activity);

}  // namespace echoflow::engine

#pragma once
#include "engine/core/step_context.hpp"

/// WS-BPEL 2.0 §12.4: compensation.
namespace echoflow::engine::compensation {

/// Starts the next compensation among the completed scopes of `scope` (only those of node `target`, unless none) on
/// behalf of `by`. False when there is none left.
bool start_next(StepContext& context, ActivityId scope, ActivityId by, NodeId target = program::none);

/// Runs the compensation handler of a scope that holds its isolation, if it needs one.
void run_handler(StepContext& context, ActivityId scope);

/// The scope instance, from an activity outwards, that runs this node.
const Activity* handler_scope(const StepContext& context, const Activity& activity, NodeId node);

}  // namespace echoflow::engine::compensation

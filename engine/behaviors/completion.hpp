#pragma once
#include "engine/core/step_context.hpp"

/// How activities and scopes end.
namespace echoflow::engine::completion {

/// The activity is done: its links fire, its parent is told.
void complete(StepContext& context, const Activity& activity);

/// Ends an activity that did not do its work (skipped, faulted, terminated): its links and those below it become
/// negative.
void end(StepContext& context, const Activity& activity, Outcome outcome);

/// A child of a scope ended.
void scope_child_ended(StepContext& context, const Activity& scope, const ChildEnded& ended);

/// The scope's compensation handler is done.
void scope_compensated(StepContext& context, const Activity& scope);

}  // namespace echoflow::engine::completion

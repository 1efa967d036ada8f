#pragma once
#include "engine/core/step_context.hpp"

/// WS-BPEL 2.0 §12.6: forced termination.
namespace echoflow::engine::termination {

/// Ends an activity and all within it; scopes run their termination handlers first, so that it may take several turns.
void terminate(StepContext& context, ActivityId activity);
void terminate_children(StepContext& context, ActivityId activity);

/// Nothing runs any more within a scope that is being terminated.
void run_handler(StepContext& context, ActivityId scope);

/// The activity is gone: its parent is told.
void finish(StepContext& context, ActivityId activity);

}  // namespace echoflow::engine::termination

#pragma once
#include "engine/core/step_context.hpp"

/// WS-BPEL 2.0 §12.5: faults and their handlers.
namespace echoflow::engine::faults {

/// An activity faults; the fault goes to the scope that encloses it.
void raise(StepContext& context, ActivityId activity, Fault fault);

/// A fault reaches a scope from `source` within it (or from its own completion or initialisation).
void reach_scope(StepContext& context, ActivityId scope, ActivityId source, Fault fault);

/// Everything in the faulted scope has been terminated: the handler begins.
void enter_handler(StepContext& context, ActivityId scope);

/// The scope ends with the fault it holds, which goes on to whoever runs the scope.
void end_faulted(StepContext& context, ActivityId scope);

/// The scope ends at once with this fault, without its own handlers.
void fail_scope(StepContext& context, ActivityId scope, Fault fault);

}  // namespace echoflow::engine::faults

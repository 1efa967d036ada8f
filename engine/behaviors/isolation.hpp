#pragma once
#include "engine/core/step_context.hpp"

/// WS-BPEL 2.0 §12.8: isolated scopes that share variables, partner links or correlation sets run one after the other.
namespace echoflow::engine::isolation {

/// True when the scope may go on; else it waits and is started when its turn comes. Everything that it may touch is
/// claimed at once, in order of arrival, so that no two scopes wait for each other.
bool acquire(StepContext& context, ActivityId scope);
void release(StepContext& context, ActivityId scope);

}  // namespace echoflow::engine::isolation

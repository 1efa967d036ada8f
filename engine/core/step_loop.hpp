#pragma once
#include "engine/core/step_context.hpp"

namespace echoflow::engine::step_loop {

/// Lets the command happen and then everything that follows from it, until the instance waits for the world or has
/// ended.
void run(StepContext& context, const Command& command);

}  // namespace echoflow::engine::step_loop

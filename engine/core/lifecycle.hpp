#pragma once
#include "engine/core/step_context.hpp"

/// How an instance begins and ends, and which commands it takes when.
namespace echoflow::engine::lifecycle {

/// Why the command has no effect now; nullopt when it may run.
std::optional<Refusal> check(const StepContext& context, const Command& command);

/// Ends the instance at once: nothing more runs, open requests get a fault.
void end_instance(StepContext& context, InstanceStatus status, const Fault* fault);

}  // namespace echoflow::engine::lifecycle

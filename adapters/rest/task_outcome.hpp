#pragma once
#include "engine/cx/tasks/command.hpp"
#include "models/program/program.hpp"

namespace echoflow::rest {

/// How a task ended goes to its process with the output: as the attribute cx:outcome of the output's only element,
/// where that element's schema takes it. Without an output, an empty one is made for it.
void add_outcome(const program::Program& program, const program::MessageType& type, tasks::Command& command);

}  // namespace echoflow::rest

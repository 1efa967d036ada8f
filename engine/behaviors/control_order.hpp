#pragma once
#include <vector>

#include "models/program/program.hpp"

/// WS-BPEL 2.0 §12.5.2: peer scopes that depend on each other by links.
namespace echoflow::engine::control_order {

/// By node: true when it waits for something within this scope, by a path of links and sequences, but not for the
/// scope as a whole. (What waits for the whole scope also completes after it.)
std::vector<bool> begin_before_end_of(const program::Program& program, program::NodeId scope);

/// True when the node or anything in it is marked.
bool any_within(const program::Program& program, const std::vector<bool>& marked, program::NodeId node);

}  // namespace echoflow::engine::control_order

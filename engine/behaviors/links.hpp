#pragma once
#include "engine/core/step_context.hpp"

/// WS-BPEL 2.0 §11.6: links, join conditions and dead-path elimination.
namespace echoflow::engine::links {

/// The step of a joining activity: nothing happens unless the status of all its incoming links is known; then it
/// starts, is skipped, or joinFailure is raised.
void try_join(StepContext& context, ActivityId id);

/// Evaluates the transition conditions of an activity that completes. A fault leaves the links that remain negative.
std::optional<Fault> fire_outgoing(StepContext& context, const Activity& activity);

/// Sets every link that leaves this node, or a node below it, and has no status yet to negative. `around`: an activity
/// (alive) that encloses the node or is it, from which the flows are found.
void set_dead(StepContext& context, const Activity& around, NodeId node);

/// Makes the links known that were held back until this isolated scope completed; with `negative` all as negative.
void release_held(StepContext& context, const Activity& scope, bool negative);

/// All nodes directly inside a node, handlers included.
std::vector<NodeId> inner_nodes(const Program& program, NodeId node);

}  // namespace echoflow::engine::links

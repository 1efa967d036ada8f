#pragma once
#include "bpel/ast/ast.hpp"
#include "models/graph/process_graph.hpp"

/// The graph of a BPEL process, so that analysis, drawing and documentation treat it as any other model.
namespace echoflow::outline {

/// Activities become tasks, gateways and sub-processes, handlers event sub-processes, links sequence flows. A node's id
/// is the activity's path in the source ("/process/sequence[1]/receive[1]"), which is its elementId at run time; what
/// has no activity of its own (the start, the end, a join) has the path of what it belongs to and a word behind '#'.
graph::ProcessGraph outline(const ast::Process& process);

}  // namespace echoflow::outline

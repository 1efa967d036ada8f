#pragma once
#include "models/base/diagnostic.hpp"
#include "models/graph/process_graph.hpp"
#include "models/notations/epc/chain.hpp"

namespace echoflow::epc {

/// What each node of the graph was in its chain; index is NodeIndex.
using Kinds = std::vector<ObjectKind>;

/// Findings EPC001 … over the chains that the graph's containers are.
void check_rules(const graph::ProcessGraph& graph, const Kinds& kinds, Diagnostics& findings);

}  // namespace echoflow::epc

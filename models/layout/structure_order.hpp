#pragma once
// Inside models/layout only.
#include <vector>

#include "models/layout/members.hpp"

namespace echoflow::layout {

/// In which order things of one container stand below each other, so that blocks stay apart.
struct StructureOrder {
  std::vector<std::pair<graph::NodeIndex, double>> nodes;  ///< by node
  std::vector<std::pair<graph::FlowIndex, double>> flows;  ///< by flow
  double of_node(graph::NodeIndex node) const;
  double of_flow(graph::FlowIndex flow) const;
};

StructureOrder structure_order(const graph::ProcessGraph& graph, const Members& members,
                               graph::ContainerIndex container);

}  // namespace echoflow::layout

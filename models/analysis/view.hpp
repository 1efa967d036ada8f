#pragma once
#include <vector>

#include "models/analysis/structure/rpst.hpp"
#include "models/graph/process_graph.hpp"

namespace echoflow::analysis {

using graph::FlowIndex;
using graph::NodeIndex;
using graph::none;
using structure::Boundaries;
using structure::Edge;
using structure::EdgeIndex;
using structure::EdgeKind;
using structure::FlowGraph;
using structure::Fragment;
using structure::FragmentIndex;
using structure::FragmentKind;
using structure::Logic;
using structure::Part;
using structure::Rpst;
using structure::Vertex;
using structure::VertexIndex;

/// One container as the rules look at it.
struct View {
  const graph::ProcessGraph& graph;
  graph::ContainerIndex container = 0;
  std::vector<NodeIndex> nodes;
  FlowGraph flow;
  Rpst tree;
  std::vector<FragmentIndex> leaf;  ///< by edge: its trivial fragment
  std::vector<VertexIndex>
      acting;                 ///< by node of the graph: the vertex that acts (of a gateway the last); none elsewhere
  std::vector<bool> dead;     ///< by vertex: no token can come here, as no path leads here
  std::vector<bool> endless;  ///< by vertex: no path leads from here to an end

  View(const graph::ProcessGraph& graph, graph::ContainerIndex container, std::vector<NodeIndex> nodes);

  /// The child of a fragment that begins with an edge at the child's entry; none when the edge lies outside.
  FragmentIndex child_with(FragmentIndex fragment, EdgeIndex leading) const;
};

/// What can happen when a vertex acts: the sets of outgoing edges that get a token.
struct Outcomes {
  std::vector<std::vector<EdgeIndex>> sets;
  bool complete = true;  ///< false: an inclusive choice among so many that not every combination is listed
};
Outcomes outcomes(const graph::ProcessGraph& graph, const FlowGraph& flow, VertexIndex vertex);

}  // namespace echoflow::analysis

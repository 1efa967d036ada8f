#pragma once
// Inside models/layout only.
#include <string>
#include <string_view>
#include <vector>

#include "models/graph/process_graph.hpp"

namespace echoflow::layout {

/// What is where in a graph, looked up once: the graph's own look-ups walk over all nodes.
struct Members {
  explicit Members(const graph::ProcessGraph& graph);

  std::vector<std::vector<graph::NodeIndex>> in_container;  ///< without boundary events
  std::vector<std::vector<graph::NodeIndex>> boundary;      ///< by activity
  std::vector<std::vector<std::size_t>> relations;          ///< by node, those that begin or end there
  std::vector<std::size_t> pools;                           ///< the participants from top to bottom in our own layout
  /// By node: 1 where its message flows lead to pools below, -1 above, 0 where there are none or to both sides.
  std::vector<int> messages_to;
  std::vector<bool> shown;  ///< by node: no collapsed sub-process holds it
  /// The pools from bottom to top.
  void turn_over();
  /// What a relation's end is drawn to: a boundary event's, or else the node itself; `none` for what is not drawn.
  graph::NodeIndex drawn(graph::NodeIndex node) const {
    return node != graph::none && shown[node] ? node : graph::none;
  }
};

/// The text of a sequence flow, "" for none. A name that its target bears as well is not said twice.
std::string caption(const graph::ProcessGraph& graph, graph::FlowIndex flow, std::string_view language);

/// A relation that is drawn as a line: not a lane's, and not what only the tables of a document say.
bool has_line(const graph::ProcessGraph& graph, const graph::Relation& relation);

}  // namespace echoflow::layout

#pragma once
#include <cstdint>
#include <vector>

#include "models/graph/nodes.hpp"

namespace echoflow::graph {
class ProcessGraph;
}

/// How the control flow of a container is built: its normal form and the tree of its blocks.
namespace echoflow::structure {

using graph::ContainerIndex;
using graph::FlowIndex;
using graph::NodeIndex;
using graph::none;

using VertexIndex = std::uint32_t;
using EdgeIndex = std::uint32_t;

/// What a vertex does with tokens. A node that does something of its own (activity, event) and merges or splits as well
/// becomes up to four vertices in a row: join → work → boundary → split. So a vertex of `work` has at most one edge in
/// and one edge out. A gateway is a join, a split, or a join followed by a split; with one in and one out it is `pass`.
enum class Part : std::uint8_t {
  source,    ///< the virtual one: node == none
  sink,      ///< the virtual one: node == none
  work,      ///< activity or event itself
  pass,      ///< a gateway with at most one flow in and one out
  join,      ///< merges what comes in
  split,     ///< divides what goes out
  boundary,  ///< the activity's normal end against its boundary events
};

/// By what rule a join, split, source or sink acts; `none` where there is nothing to decide.
enum class Logic : std::uint8_t { none, exclusive, inclusive, parallel, event_based, complex, boundary };

enum class EdgeKind : std::uint8_t {
  flow,      ///< a sequence flow of the model: `flow` says which
  inner,     ///< between the vertices of one node
  start,     ///< from the virtual source
  end,       ///< to the virtual sink
  boundary,  ///< from an activity to its boundary event
  link,      ///< from a throwing link event to its catching one
  repair,    ///< added because no path leads from the start here, or from here to the end; never taken by a token
};

struct Vertex {
  Part part = Part::work;
  Logic logic = Logic::none;
  NodeIndex node = none;
  std::vector<EdgeIndex> incoming;  ///< in the order of the node's flows
  std::vector<EdgeIndex> outgoing;
};

struct Edge {
  VertexIndex from = 0;
  VertexIndex to = 0;
  EdgeKind kind = EdgeKind::flow;
  FlowIndex flow = none;
};

/// A two-terminal graph in normal form: every vertex lies on a path from source to sink, and none has several edges in
/// and several out.
struct FlowGraph {
  std::vector<Vertex> vertices;
  std::vector<Edge> edges;
  VertexIndex source = 0;
  VertexIndex sink = 1;
  std::vector<NodeIndex> apart;  ///< activities outside the flow: event sub-processes, compensation activities

  /// For those who build one by hand.
  VertexIndex add_vertex(Part part, Logic logic, NodeIndex node);
  EdgeIndex add_edge(VertexIndex from, VertexIndex to, EdgeKind kind, FlowIndex flow = none);
};

enum class Boundaries : std::uint8_t {
  branches,  ///< an activity leads to its boundary events: the token's view
  starts,    ///< a boundary event is a start of its own
  left_out,  ///< boundary events, and what only they lead to, are not in the graph
};

/// The normal form of one container's control flow (sub-processes are single vertices). What starts: start events, and
/// activities and gateways without an incoming flow. What ends: whatever has no outgoing flow. The source's logic:
/// `exclusive` for several start events (each starts an instance of its own), `parallel` where there is no start event,
/// `inclusive` for the start events of an EPC.
FlowGraph flow_graph(const graph::ProcessGraph& graph, ContainerIndex container,
                     Boundaries boundaries = Boundaries::branches);
/// The same of some nodes of one container and the flows between them: a flow that comes from elsewhere makes its
/// target a start, one that leads elsewhere makes its source an end.
FlowGraph flow_graph(const graph::ProcessGraph& graph, const std::vector<NodeIndex>& nodes,
                     Boundaries boundaries = Boundaries::branches);

}  // namespace echoflow::structure

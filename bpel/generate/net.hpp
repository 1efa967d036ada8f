#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/base/diagnostic.hpp"
#include "models/graph/process_graph.hpp"

namespace echoflow::generate {

using graph::ContainerIndex;
using graph::FlowIndex;
using graph::NodeIndex;
using graph::none;
using VertexIndex = std::uint32_t;
using EdgeIndex = std::uint32_t;

/// What a vertex of a net does with tokens.
enum class Op : std::uint8_t {
  pass,
  work,    ///< an activity or event; one edge in, one out
  arrive,  ///< counts a token that comes to a complex join; one edge in, one out
  xor_join,
  and_join,
  or_join,
  complex_join,
  xor_split,
  and_split,
  or_split,
  event_split,
};

struct Vertex {
  Op op = Op::pass;
  NodeIndex node = none;
  VertexIndex of = none;    ///< xor_split: decided by the outcome of that vertex, not by conditions
  VertexIndex pair = none;  ///< work that gives several tokens: the one that takes them all
  int need = 0;             ///< complex_join and arrive: how many tokens make it go on
  int gives = 1;            ///< work: tokens when it is done (completionQuantity, a timer's cycle)
  int takes = 1;            ///< work: tokens that it needs (startQuantity)
  bool cycle = false;       ///< work: a timer that gives its tokens one after the other
  int turn = 0;             ///< work: the branch of a timer's cycle that gives the n-th token
  std::vector<EdgeIndex> in;
  std::vector<EdgeIndex> out;
};

struct Edge {
  VertexIndex from = 0;
  VertexIndex to = 0;
  FlowIndex flow = none;
  int outcome = 0;  ///< of a split that is decided by an outcome; 0: otherwise
};

/// The control flow of a container in normal form: what works has one way in and one out, what joins does not split.
/// A boundary event that interrupts is a branch of a choice behind its activity.
struct Net {
  std::vector<Vertex> vertices;
  std::vector<Edge> edges;
  VertexIndex source = none;
  VertexIndex sink = none;  ///< `none` before finish_net

  VertexIndex add(Op op, NodeIndex node = none, VertexIndex of = none);
  EdgeIndex connect(VertexIndex from, VertexIndex to, FlowIndex flow = none, int outcome = 0);
  void retarget(EdgeIndex edge, VertexIndex to);
};

bool is_join(Op op);
bool is_split(Op op);

/// Where a net begins: at nodes, or behind the flows that leave a boundary event.
struct Entry {
  std::vector<NodeIndex> nodes;
  std::vector<FlowIndex> flows;
  bool apart = false;   ///< beside the flow that it may meet again: a boundary event that does not interrupt
  bool choice = false;  ///< one of the nodes, by the start's choice (vertex `source` decides), instead of all
};

/// What can be reached from the entry. Errors name what is not understood.
Net build_net(const graph::ProcessGraph& graph, const Entry& entry, Diagnostics& findings);

/// Adds the one end: what ends in several places is brought together by synchronising joins, the innermost first.
void finish_net(Net& net);

/// Resolves what BPEL has no words for: a join that lets several tokens through one after the other (what follows is
/// doubled), a complex join, several tokens given or taken. Gives the finished net; nothing is left of those Ops and
/// numbers but `arrive` and `pair`.
Net resolve_tokens(const graph::ProcessGraph& graph, Net net, Diagnostics& findings);

/// A boundary event that catches what the instances of a multi-instance activity throw when they are done (BPMN 2.0
/// §13.3.7, behaviour 'None' and 'One'): it does not end the activity, whose instance has ended already.
bool thrown_by_instances(const graph::ProcessGraph& graph, NodeIndex boundary);

/// "'Name' (id)" for messages.
std::string called(const graph::ProcessGraph& graph, NodeIndex node);
/// An error with rule "MODEL".
void refuse(Diagnostics& findings, const graph::ProcessGraph& graph, NodeIndex node, std::string message);

}  // namespace echoflow::generate

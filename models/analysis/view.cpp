#include "models/analysis/view.hpp"

#include "models/analysis/structure/reach.hpp"

namespace echoflow::analysis {
namespace {

constexpr std::size_t most_free_choices = 8;  // of an inclusive gateway; their combinations are 2^n

std::vector<bool> unreached(const FlowGraph& flow, VertexIndex from, bool forwards) {
  structure::Neighbours next(flow.vertices.size());
  for (const auto& edge : flow.edges) {
    if (edge.kind == EdgeKind::repair) continue;
    forwards ? next[edge.from].push_back(edge.to) : next[edge.to].push_back(edge.from);
  }
  std::vector<bool> marked(flow.vertices.size(), false);
  structure::reach(next, from, marked);
  marked.flip();
  return marked;
}

void each_alone(const std::vector<EdgeIndex>& edges, Outcomes& to) {
  for (const auto e : edges) to.sets.push_back({e});
}

void every_combination(const std::vector<EdgeIndex>& edges, Outcomes& to) {
  if (edges.size() > most_free_choices) {
    each_alone(edges, to);
    to.sets.push_back(edges);
    to.complete = false;
    return;
  }
  for (std::size_t bits = 1; bits < std::size_t{1} << edges.size(); ++bits) {
    to.sets.emplace_back();
    for (std::size_t i = 0; i < edges.size(); ++i)
      if (bits >> i & 1) to.sets.back().push_back(edges[i]);
  }
}

/// `base` extended by one of `choices`, or by nothing when there are none.
void add_chosen(const std::vector<EdgeIndex>& choices, const std::vector<EdgeIndex>& base, Outcomes& to) {
  for (const auto e : choices) {
    to.sets.push_back(base);
    to.sets.back().push_back(e);
  }
  if (choices.empty()) to.sets.push_back(base);
}

// BPMN 2.0 §13.3.2, §13.5.3: an activity ends normally or by one interrupting boundary event; any of the others may
// have happened before.
void boundary_outcomes(const graph::ProcessGraph& graph, const FlowGraph& flow, const std::vector<EdgeIndex>& edges,
                       Outcomes& to) {
  std::vector<EdgeIndex> ways_out, besides;
  for (const auto e : edges) {
    const auto* event = flow.edges[e].kind == EdgeKind::boundary
                            ? graph.node(flow.vertices[flow.edges[e].to].node).as<graph::Event>()
                            : nullptr;
    (event && !event->interrupting ? besides : ways_out).push_back(e);
  }
  Outcomes more;
  every_combination(besides, more);
  more.sets.insert(more.sets.begin(), std::vector<EdgeIndex>{});
  for (const auto& extra : more.sets) add_chosen(ways_out, extra, to);
  to.complete = more.complete;
}

/// Start events that exclude each other beside activities that start with the process.
void mixed_starts(const graph::ProcessGraph& graph, const FlowGraph& flow, const std::vector<EdgeIndex>& edges,
                  Outcomes& to) {
  std::vector<EdgeIndex> events, always;
  for (const auto e : edges) {
    const auto* event = graph.node(flow.vertices[flow.edges[e].to].node).as<graph::Event>();
    (event && event->position == graph::EventPosition::start ? events : always).push_back(e);
  }
  add_chosen(events, always, to);
}

}  // namespace

View::View(const graph::ProcessGraph& g, graph::ContainerIndex c, std::vector<NodeIndex> of)
    : graph(g), container(c), nodes(std::move(of)), flow(structure::flow_graph(g, nodes)), tree(structure::rpst(flow)) {
  leaf.resize(flow.edges.size(), none);
  for (FragmentIndex f = 0; f < tree.fragments.size(); ++f)
    if (tree.fragments[f].edge != none) leaf[tree.fragments[f].edge] = f;
  acting.resize(g.node_count(), none);
  for (VertexIndex v = 0; v < flow.vertices.size(); ++v) {
    const auto& vertex = flow.vertices[v];
    if (vertex.node == none) continue;
    const bool worker = vertex.part == Part::work || g.node(vertex.node).as<graph::Gateway>();
    if (worker) acting[vertex.node] = v;
  }
  dead = unreached(flow, flow.source, true);
  endless = unreached(flow, flow.sink, false);
}

FragmentIndex View::child_with(FragmentIndex fragment, EdgeIndex leading) const {
  const auto entry = flow.edges[leading].from;
  auto f = leaf[leading];
  while (f != none && tree.fragments[f].parent != fragment) {
    f = tree.fragments[f].parent;
    if (f == none || tree.fragments[f].entry != entry) return none;
  }
  return f;
}

Outcomes outcomes(const graph::ProcessGraph& graph, const FlowGraph& flow, VertexIndex v) {
  const auto& vertex = flow.vertices[v];
  Outcomes found;
  std::vector<EdgeIndex> edges;
  for (const auto e : vertex.outgoing)
    if (flow.edges[e].kind != EdgeKind::repair) edges.push_back(e);
  if (edges.empty()) return found;
  if (edges.size() == 1 || vertex.part == Part::join || vertex.part == Part::work || vertex.part == Part::pass) {
    each_alone(edges, found);
    return found;
  }
  switch (vertex.logic) {
    case Logic::none:
    case Logic::exclusive:
    case Logic::event_based:
      each_alone(edges, found);
      break;
    case Logic::parallel:
      found.sets.push_back(edges);
      break;
    case Logic::inclusive:
      every_combination(edges, found);
      break;
    case Logic::complex:
      vertex.part == Part::source ? mixed_starts(graph, flow, edges, found) : every_combination(edges, found);
      break;
    case Logic::boundary:
      boundary_outcomes(graph, flow, edges, found);
      break;
  }
  return found;
}

}  // namespace echoflow::analysis

#include "bpel/generate/skeleton.hpp"

#include <algorithm>
#include <map>

namespace echoflow::generate {

using structure::Fragment;
using structure::FragmentIndex;
using structure::FragmentKind;

namespace {

structure::Logic logic_of(Op op) {
  switch (op) {
    case Op::xor_join:
    case Op::xor_split:
      return structure::Logic::exclusive;
    case Op::and_join:
    case Op::and_split:
      return structure::Logic::parallel;
    case Op::or_join:
    case Op::or_split:
      return structure::Logic::inclusive;
    case Op::event_split:
      return structure::Logic::event_based;
    case Op::complex_join:
      return structure::Logic::complex;
    case Op::pass:
    case Op::work:
    case Op::arrive:
      return structure::Logic::none;
  }
  return structure::Logic::none;
}

structure::FlowGraph flow_graph_of(const Net& net) {
  structure::FlowGraph flows;
  for (VertexIndex v = 0; v < net.vertices.size(); ++v) {
    const Op op = net.vertices[v].op;
    structure::Part part = structure::Part::work;
    if (v == net.source)
      part = structure::Part::source;
    else if (v == net.sink)
      part = structure::Part::sink;
    else if (is_join(op))
      part = structure::Part::join;
    else if (is_split(op))
      part = structure::Part::split;
    flows.add_vertex(part, logic_of(op), net.vertices[v].node);
  }
  for (const Edge& edge : net.edges) flows.add_edge(edge.from, edge.to, structure::EdgeKind::flow, edge.flow);
  flows.source = net.source;
  flows.sink = net.sink;
  return flows;
}

}  // namespace

Structure::Structure(const Net& net) : net_(&net), tree_(structure::rpst(flow_graph_of(net))) {}

std::vector<FragmentIndex> Structure::whole() const {
  const Fragment& root = tree_.fragments[structure::Rpst::root];
  if (root.kind == FragmentKind::polygon) return root.children;
  return {structure::Rpst::root};
}

Unit Structure::unit(std::vector<FragmentIndex> run) const {
  Unit result;
  result.first = tree_.fragments[run.front()].edge;
  result.last = tree_.fragments[run.back()].edge;
  result.from = net_->edges[result.first].from;
  result.to = net_->edges[result.last].to;
  result.run = std::move(run);
  return result;
}

void Structure::unfold(FragmentIndex fragment, std::vector<Unit>& units) const {
  for (const FragmentIndex child : tree_.fragments[fragment].children) unfold_child(child, units);
}

/// A fragment that begins or ends with a split or join that it shares with others is part of the same block.
void Structure::unfold_child(FragmentIndex fragment, std::vector<Unit>& units) const {
  const Fragment& at = tree_.fragments[fragment];
  if (at.kind == FragmentKind::trivial) {
    units.push_back(unit({fragment}));
    return;
  }
  if (at.kind != FragmentKind::polygon) {
    unfold(fragment, units);
    return;
  }
  const auto trivial = [&](FragmentIndex f) { return tree_.fragments[f].kind == FragmentKind::trivial; };
  const auto first = std::find_if(at.children.begin(), at.children.end(), trivial);
  const auto last = std::find_if(at.children.rbegin(), at.children.rend(), trivial).base();
  if (first == at.children.end()) {
    for (const FragmentIndex child : at.children) unfold_child(child, units);
    return;
  }
  for (auto child = at.children.begin(); child != first; ++child) unfold_child(*child, units);
  units.push_back(unit({first, last}));
  for (auto child = last; child != at.children.end(); ++child) unfold_child(*child, units);
}

Skeleton Structure::skeleton(FragmentIndex fragment) const {
  Skeleton result;
  result.entry = tree_.fragments[fragment].entry;
  result.exit = tree_.fragments[fragment].exit;
  unfold(fragment, result.units);
  std::vector<char> seen(net_->vertices.size(), 0);
  const auto note = [&](VertexIndex vertex) {
    if (seen[vertex] != 0) return;
    seen[vertex] = 1;
    result.vertices.push_back(vertex);
  };
  note(result.entry);
  for (const Unit& each : result.units) {
    note(each.from);
    note(each.to);
  }
  result.cyclic = has_cycle(result);
  return result;
}

bool has_cycle(const Skeleton& skeleton) {
  std::map<VertexIndex, int> waits;
  std::map<VertexIndex, std::vector<VertexIndex>> next;
  for (const VertexIndex vertex : skeleton.vertices) waits[vertex] = 0;
  for (const Unit& unit : skeleton.units) {
    ++waits[unit.to];
    next[unit.from].push_back(unit.to);
  }
  std::vector<VertexIndex> ready;
  for (const auto& [vertex, count] : waits) {
    if (count == 0) ready.push_back(vertex);
  }
  std::size_t done = 0;
  while (!ready.empty()) {
    const VertexIndex vertex = ready.back();
    ready.pop_back();
    ++done;
    for (const VertexIndex to : next[vertex]) {
      if (--waits[to] == 0) ready.push_back(to);
    }
  }
  return done != skeleton.vertices.size();
}

}  // namespace echoflow::generate

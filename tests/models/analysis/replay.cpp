#include "tests/models/analysis/replay.hpp"

#include <algorithm>

namespace echoflow::test {

using namespace analysis;

int Replay::most_on_one() {
  int most = count();
  settle();
  return std::max(most, count());
}

int Replay::count() const {
  int most = 0;
  std::map<VertexIndex, int> before;  // what merges without waiting
  for (const auto& [edge, count] : tokens) {
    most = std::max(most, count);
    const auto to = view_.flow.edges[edge].to;
    const auto& vertex = view_.flow.vertices[to];
    if (to != view_.flow.sink && (vertex.part != Part::join || vertex.logic == Logic::exclusive))
      most = std::max(most, before[to] += count);
  }
  return most;
}

bool Replay::play(const std::vector<std::string>& ids) {
  std::size_t at = 0;
  if (!begin(ids, at)) return false;
  while (at < ids.size()) {
    const auto node = view_.graph.find(ids[at]);
    if (node == none) {  // what a gateway chooses that has merged before
      if (!act(split_of(ids[at]), ids, at)) {
        if (why.empty()) why = ids[at] + " is no choice here";
        return false;
      }
      continue;
    }
    ++at;
    VertexIndex first = none;  // of the node's vertices the one that holds the token, gateways from their join on
    for (VertexIndex v = 0; v < view_.flow.vertices.size() && first == none; ++v) {
      const auto& vertex = view_.flow.vertices[v];
      const bool gateway = view_.graph.node(node).as<graph::Gateway>() != nullptr;
      if (vertex.node == node && (gateway || vertex.part == Part::work)) first = v;
    }
    if (first != none && act(first, ids, at)) continue;
    settle();
    if (first == none || !act(first, ids, at)) {
      if (why.empty()) why = ids[at - 1] + " cannot act";
      return false;
    }
  }
  return true;
}

bool Replay::begin(const std::vector<std::string>& ids, std::size_t& at) {
  const auto& outgoing = view_.flow.vertices[view_.flow.source].outgoing;
  for (const auto e : outgoing) {
    if (view_.flow.edges[e].kind != EdgeKind::start) continue;
    const auto to = view_.flow.edges[e].to;
    const auto node = view_.flow.vertices[to].node;
    const auto* event = view_.graph.node(node).as<graph::Event>();
    if (!event || view_.flow.vertices[to].part != Part::work) ++tokens[e];
  }
  for (; at < ids.size(); ++at) {
    const auto node = view_.graph.find(ids[at]);
    const auto chosen = std::find_if(outgoing.begin(), outgoing.end(), [&](EdgeIndex e) {
      const auto& vertex = view_.flow.vertices[view_.flow.edges[e].to];
      return node != none && vertex.node == node && vertex.part == Part::work &&
             view_.flow.edges[e].kind == EdgeKind::start && view_.graph.node(node).as<graph::Event>();
    });
    if (chosen == outgoing.end()) break;
    ++tokens[*chosen];
  }
  return true;
}

bool Replay::take(VertexIndex v) {
  const auto& vertex = view_.flow.vertices[v];
  if (vertex.part == Part::join && vertex.logic == Logic::parallel) {
    for (const auto e : vertex.incoming)
      if (tokens[e] == 0) return false;
    for (const auto e : vertex.incoming) --tokens[e];
    return true;
  }
  const bool some = vertex.part == Part::join && (vertex.logic == Logic::inclusive || vertex.logic == Logic::complex);
  bool took = false;
  for (const auto e : vertex.incoming) {
    if (tokens[e] == 0 || (took && !some)) continue;
    --tokens[e];
    took = true;
  }
  return took;
}

bool Replay::act(VertexIndex v, const std::vector<std::string>& ids, std::size_t& at) {
  if (!take(v)) return false;
  const auto* vertex = &view_.flow.vertices[v];
  // A gateway that merges and splits goes on at its split, an activity at its boundary events and its implicit split.
  while (true) {
    std::vector<EdgeIndex> chosen;
    std::vector<EdgeIndex> edges;
    for (const auto e : vertex->outgoing)
      if (view_.flow.edges[e].kind != EdgeKind::repair) edges.push_back(e);
    if (vertex->part == Part::boundary) {
      bool normal = true;
      for (; at < ids.size(); ++at) {
        const auto node = view_.graph.find(ids[at]);
        const auto e = std::find_if(edges.begin(), edges.end(), [&](EdgeIndex x) {
          return view_.flow.edges[x].kind == EdgeKind::boundary &&
                 view_.flow.vertices[view_.flow.edges[x].to].node == node;
        });
        if (e == edges.end()) break;
        chosen.push_back(*e);
        normal = normal && !view_.graph.node(node).as<graph::Event>()->interrupting;
      }
      for (const auto e : edges)
        if (normal && view_.flow.edges[e].kind != EdgeKind::boundary) chosen.push_back(e);
    } else if (edges.size() > 1 && vertex->logic != Logic::parallel) {
      for (; at < ids.size(); ++at) {
        const auto e = std::find_if(edges.begin(), edges.end(), [&](EdgeIndex x) {
          return view_.flow.edges[x].flow != none && view_.graph.flow(view_.flow.edges[x].flow).id == ids[at];
        });
        if (e == edges.end()) break;
        chosen.push_back(*e);
      }
      const bool one = vertex->logic == Logic::exclusive || vertex->logic == Logic::event_based;
      const bool merged = vertex->incoming.size() == 1 && view_.flow.edges[vertex->incoming[0]].kind == EdgeKind::inner;
      if (chosen.empty() && merged) {
        ++tokens[vertex->incoming[0]];
        return true;
      }
      if (chosen.empty() || (one && chosen.size() != 1)) {
        why = "the choice at " + view_.graph.node(vertex->node).id + " is not told";
        return false;
      }
    } else {
      chosen = edges;
    }
    const Vertex* next = nullptr;
    for (const auto e : chosen) {
      if (view_.flow.edges[e].kind == EdgeKind::inner)
        next = &view_.flow.vertices[view_.flow.edges[e].to];
      else
        ++tokens[e];
    }
    if (!next) return true;
    vertex = next;
  }
}

VertexIndex Replay::split_of(const std::string& flow) const {
  for (const auto& edge : view_.flow.edges)
    if (edge.flow != none && view_.graph.flow(edge.flow).id == flow) return edge.from;
  return view_.flow.sink;
}

/// Start events and boundary events were told when they were chosen; activities merge without being told.
void Replay::settle() {
  for (bool moved = true; moved;) {
    moved = false;
    for (auto& [e, count] : tokens) {
      const auto& edge = view_.flow.edges[e];
      const auto& to = view_.flow.vertices[edge.to];
      if (count == 0 || to.node == none || view_.graph.node(to.node).as<graph::Gateway>()) continue;
      const bool told = (edge.kind == EdgeKind::start || edge.kind == EdgeKind::boundary) && to.part == Part::work &&
                        view_.graph.node(to.node).as<graph::Event>();
      const bool merges = to.part == Part::join;
      if (!told && !merges) continue;
      --count;
      std::size_t at = 0;
      if (merges) {
        ++tokens[to.outgoing[0]];
      } else {
        const auto back = e;
        ++tokens[back];
        act(edge.to, {}, at);
      }
      moved = true;
      break;
    }
  }
}

}  // namespace echoflow::test

#include "models/analysis/runs.hpp"

#include <algorithm>

namespace echoflow::analysis {
namespace {

constexpr std::uint64_t detour = 100'000;  // what acting against the wish to avoid costs

}  // namespace

void append(std::vector<EdgeIndex>& to, const std::vector<EdgeIndex>& more) {
  for (const auto e : more)
    if (std::find(to.begin(), to.end(), e) == to.end()) to.push_back(e);
}

Runs::Runs(const View& view, std::vector<bool> avoided) : view_(view), avoided_(std::move(avoided)) {}

std::uint64_t Runs::weight(VertexIndex v) const {
  return !avoided_.empty() && avoided_[v] ? detour : 1;
}

void Runs::weigh() {
  if (!ways_.empty()) return;
  ways_.resize(view_.tree.fragments.size());
  for (auto f = static_cast<FragmentIndex>(ways_.size()); f-- > 0;) {
    const auto& fragment = view_.tree.fragments[f];
    auto& way = ways_[f];
    switch (fragment.kind) {
      case FragmentKind::trivial:
        way.cost = view_.flow.edges[fragment.edge].kind == EdgeKind::repair ? impossible : 0;
        break;
      case FragmentKind::polygon:
        way.cost = 0;
        for (const auto c : fragment.children) {
          if (c != fragment.children.front()) way.cost += weight(view_.tree.fragments[c].entry);
          way.cost = std::min(impossible, way.cost + ways_[c].cost);
        }
        break;
      case FragmentKind::bond:
        way = weigh_bond(fragment, f);
        break;
      case FragmentKind::rigid:
        way.cost = weigh_rigid(f);
        break;
    }
  }
}

bool Runs::fits_join(const Fragment& fragment, std::size_t taken) const {
  if (fragment.exit == view_.flow.sink) return true;
  switch (view_.flow.vertices[fragment.exit].logic) {
    case Logic::parallel:
      return taken == fragment.children.size();
    case Logic::inclusive:
    case Logic::complex:
      return true;
    case Logic::none:
    case Logic::exclusive:
    case Logic::event_based:
    case Logic::boundary:
      return taken == 1;
  }
  return true;
}

/// A loop that waits for its own end before it begins.
bool Runs::blocked(const Fragment& loop) const {
  const auto& entry = view_.flow.vertices[loop.entry];
  return entry.part == Part::join && entry.logic == Logic::parallel;
}

Runs::Way Runs::weigh_bond(const Fragment& fragment, FragmentIndex f) const {
  if (fragment.cyclic)
    return {blocked(fragment) ? impossible : ways_[fragment.children[0]].cost, {fragment.children[0]}};
  Way best, any;
  for (const auto& set : outcomes(view_.graph, view_.flow, fragment.entry).sets) {
    Way way{0, {}};
    for (const auto e : set) {
      const auto child = view_.child_with(f, e);
      if (child == none || std::find(way.taken.begin(), way.taken.end(), child) != way.taken.end()) continue;
      way.taken.push_back(child);
      way.cost = std::min(impossible, way.cost + ways_[child].cost);
    }
    if (way.taken.empty()) continue;
    if (any.taken.empty() || way.taken.size() < any.taken.size()) any = way;
    if (fits_join(fragment, way.taken.size()) && way.cost < best.cost) best = std::move(way);
  }
  if (!best.taken.empty()) return best;
  any.cost = impossible;
  return any;
}

std::uint64_t Runs::weigh_rigid(FragmentIndex f) {
  if (!completions_.count(f)) {
    const auto net = net_of(view_, f);
    keep_completion(f, net, Search(net, Search::Order::reduced, {20'000, false}));
  }
  const auto& [net, trace] = completions_.at(f);
  if (trace.empty()) return impossible;
  std::uint64_t cost = 0;
  for (const auto& firing : trace) {
    const auto& transition = net.transitions[firing.transition];
    cost += weight(transition.vertex);
    for (const auto p : transition.outcomes[firing.outcome])
      if (net.places[p].child != none) cost = std::min(impossible, cost + ways_[net.places[p].child].cost);
  }
  return cost;
}

void Runs::keep_completion(FragmentIndex fragment, const Net& net, const Search& search) {
  completions_[fragment] = {net, search.completion().value_or(std::vector<Firing>{})};
}

std::optional<std::vector<EdgeIndex>> Runs::entering_all(const std::vector<FragmentIndex>& fragments) {
  std::vector<EdgeIndex> edges;
  for (const auto f : fragments) {
    const auto more = entering(f);
    if (!more) return std::nullopt;
    append(edges, *more);
  }
  return edges;
}

std::optional<std::vector<EdgeIndex>> Runs::entering(FragmentIndex f) {
  weigh();
  while (view_.tree.fragments[f].kind == FragmentKind::polygon) f = view_.tree.fragments[f].children.front();
  const auto& fragment = view_.tree.fragments[f];
  if (fragment.kind == FragmentKind::trivial) return std::vector{fragment.edge};
  if (fragment.kind == FragmentKind::bond) return entering_all(ways_[f].taken);
  const auto& [net, trace] = completions_.at(f);
  if (trace.empty()) return std::nullopt;
  std::vector<FragmentIndex> children;
  for (const auto p : net.transitions[trace[0].transition].outcomes[trace[0].outcome])
    if (net.places[p].child != none) children.push_back(net.places[p].child);
  return entering_all(children);
}

bool Runs::add_inside(FragmentIndex f, Run& run) {
  weigh();
  if (ways_[f].cost > longest_run && ways_[f].cost < detour) return false;
  if (ways_[f].cost >= impossible || run.size() > longest_run) return false;
  const auto& fragment = view_.tree.fragments[f];
  switch (fragment.kind) {
    case FragmentKind::trivial:
      return true;
    case FragmentKind::polygon:
      for (std::size_t i = 0; i < fragment.children.size(); ++i) {
        if (i > 0) {
          auto edges = entering(fragment.children[i]);
          if (!edges) return false;
          run.push_back({view_.tree.fragments[fragment.children[i]].entry, std::move(*edges)});
        }
        if (!add_inside(fragment.children[i], run)) return false;
      }
      return true;
    case FragmentKind::bond:
      for (const auto c : ways_[f].taken)
        if (!add_inside(c, run)) return false;
      return true;
    case FragmentKind::rigid:
      return add_rigid(completions_.at(f), run);
  }
  return false;
}

bool Runs::add_rigid(const Completion& completion, Run& run) {
  const auto& [net, trace] = completion;
  if (trace.empty()) return false;
  auto inner = trace;
  if (net.out != none) inner.pop_back();  // the exit acts outside
  return add_firings(net, inner, 1, true, run, nullptr, none);
}

bool Runs::add_firings(const Net& net, const std::vector<Firing>& trace, std::size_t from, bool with_rest, Run& run,
                       const std::vector<EdgeIndex>* last_edges, FragmentIndex last_child) {
  std::vector<bool> marked(net.places.size(), false);
  marked[net.start] = true;
  const auto consume = [&](Net::Index p) {
    marked[p] = false;
    return net.places[p].child == none || add_inside(net.places[p].child, run);
  };
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const auto& transition = net.transitions[trace[i].transition];
    if (i >= from) {
      for (const auto p : transition.in)
        if ((trace[i].in == none ? marked[p] : p == trace[i].in) && !consume(p)) return false;
    } else {
      marked[net.start] = false;
    }
    std::vector<EdgeIndex> edges =
        transition.outside.empty() ? std::vector<EdgeIndex>{} : transition.outside[trace[i].outcome];
    for (const auto p : transition.outcomes[trace[i].outcome]) {
      marked[p] = true;
      const auto child = net.places[p].child;
      if (child == none) continue;
      if (last_edges && i + 1 == trace.size() && child == last_child) {
        append(edges, *last_edges);
        continue;
      }
      const auto more = entering(child);
      if (!more) return false;
      append(edges, *more);
    }
    if (i >= from) run.push_back({transition.vertex, std::move(edges)});
  }
  if (with_rest)
    for (Net::Index p = 0; p < marked.size(); ++p)
      if (marked[p] && !consume(p)) return false;
  return true;
}

std::optional<Run> Runs::of_trace(FragmentIndex f, const Net& net, const std::vector<Firing>& trace) {
  weigh();
  if (trace.empty()) return std::nullopt;
  const auto& first = net.transitions[trace[0].transition];
  std::vector<EdgeIndex> edges;
  for (const auto p : first.outcomes[trace[0].outcome]) {
    const auto more = net.places[p].child == none ? std::nullopt : entering(net.places[p].child);
    if (!more) return std::nullopt;
    append(edges, *more);
  }
  auto run = up_to(f, std::move(edges));
  if (!run || !add_firings(net, trace, 1, false, *run, nullptr, none) || run->size() > longest_run) return std::nullopt;
  return run;
}

bool Runs::can_be_played(const Run& run) const {
  std::vector<std::uint32_t> tokens(view_.flow.edges.size(), 0);
  for (const auto& step : run) {
    const auto& vertex = view_.flow.vertices[step.vertex];
    const bool all = vertex.part == Part::join && vertex.logic == Logic::parallel;
    const bool one =
        vertex.part != Part::join || (!all && vertex.logic != Logic::inclusive && vertex.logic != Logic::complex);
    std::size_t taken = step.vertex == view_.flow.source ? 1 : 0;
    for (const auto e : vertex.incoming) {
      if (tokens[e] == 0 || (one && taken > 0)) continue;
      --tokens[e];
      ++taken;
    }
    if (taken == 0 || (all && taken < vertex.incoming.size())) return false;
    for (const auto e : step.to) {
      if (view_.flow.edges[e].from != step.vertex) return false;
      ++tokens[e];
    }
  }
  return true;
}

std::vector<std::string> Runs::ids(const Run& run) const {
  std::vector<std::string> found;
  if (!can_be_played(run)) return found;
  const auto id_of = [&](VertexIndex v) { return view_.graph.node(view_.flow.vertices[v].node).id; };
  const auto is_start = [&](EdgeIndex e) {
    const auto to = view_.flow.edges[e].to;
    return view_.flow.edges[e].kind == EdgeKind::start && view_.flow.vertices[to].part == Part::work &&
           view_.graph.node(view_.flow.vertices[to].node).as<graph::Event>();
  };
  for (const auto& step : run) {
    const auto& vertex = view_.flow.vertices[step.vertex];
    const auto only_in = vertex.incoming.size() == 1 ? vertex.incoming[0] : none;
    const bool gateway = vertex.node != none && view_.graph.node(vertex.node).as<graph::Gateway>();
    // A start or boundary event is named when it is chosen; a gateway that merges and splits, when it merges.
    const auto came_by = only_in == none ? EdgeKind::flow : view_.flow.edges[only_in].kind;
    const bool named = only_in != none &&
                       (is_start(only_in) || came_by == EdgeKind::boundary || (gateway && came_by == EdgeKind::inner));
    if ((gateway || vertex.part == Part::work) && !named) found.push_back(id_of(step.vertex));
    const bool chose = outcomes(view_.graph, view_.flow, step.vertex).sets.size() > 1;
    for (const auto e : step.to) {
      const auto& edge = view_.flow.edges[e];
      if (is_start(e) || edge.kind == EdgeKind::boundary)
        found.push_back(id_of(edge.to));
      else if (chose && edge.flow != none && vertex.part != Part::boundary && !view_.graph.flow(edge.flow).id.empty())
        found.push_back(view_.graph.flow(edge.flow).id);
    }
  }
  return found;
}

}  // namespace echoflow::analysis

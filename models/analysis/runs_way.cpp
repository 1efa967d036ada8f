#include "models/analysis/runs.hpp"

/// The way of a run from the start of its container to a fragment.
namespace echoflow::analysis {

std::optional<Run> Runs::up_to(FragmentIndex f, std::vector<EdgeIndex> edges) {
  weigh();
  std::vector<Run> parts;
  while (f != Rpst::root)
    if (!climb(f, edges, parts)) return std::nullopt;
  Run run{{view_.flow.source, std::move(edges)}};
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) run.insert(run.end(), part->begin(), part->end());
  if (run.size() > longest_run) return std::nullopt;
  return run;
}

bool Runs::climb(FragmentIndex& f, std::vector<EdgeIndex>& edges, std::vector<Run>& parts) {
  const auto parent = view_.tree.fragments[f].parent;
  parts.emplace_back();
  bool fine = false;
  switch (view_.tree.fragments[parent].kind) {
    case FragmentKind::trivial:
      break;
    case FragmentKind::polygon:
      fine = climb_polygon(parent, f, edges, parts.back());
      break;
    case FragmentKind::bond:
      fine = climb_bond(parent, f, edges, parts.back());
      break;
    case FragmentKind::rigid:
      fine = climb_rigid(parent, f, edges, parts.back());
      break;
  }
  f = parent;
  return fine;
}

bool Runs::climb_polygon(FragmentIndex parent, FragmentIndex child, std::vector<EdgeIndex>& edges, Run& part) {
  const auto& children = view_.tree.fragments[parent].children;
  if (children.front() == child) return true;
  auto first = entering(children.front());
  if (!first) return false;
  for (std::size_t i = 0; children[i] != child; ++i) {
    if (!add_inside(children[i], part)) return false;
    const auto next = children[i + 1];
    auto to = next == child ? std::optional(edges) : entering(next);
    if (!to) return false;
    part.push_back({view_.tree.fragments[next].entry, std::move(*to)});
  }
  edges = std::move(*first);
  return true;
}

bool Runs::climb_bond(FragmentIndex parent, FragmentIndex child, std::vector<EdgeIndex>& edges, Run& part) {
  const auto& bond = view_.tree.fragments[parent];
  const bool back = bond.cyclic && child != bond.children[0];
  const auto from = view_.tree.fragments[child].entry;
  if (bond.cyclic && blocked(bond)) return false;
  std::optional<std::vector<EdgeIndex>> best;
  for (const auto& set : outcomes(view_.graph, view_.flow, from).sets) {
    std::vector<EdgeIndex> to;
    bool has_child = false;
    std::vector<FragmentIndex> others;
    for (const auto e : set) {
      const auto at = view_.child_with(parent, e);
      if (at == child)
        has_child = true;
      else if (at == none && back)
        to.push_back(e);
      else if (at != none && std::find(others.begin(), others.end(), at) == others.end())
        others.push_back(at);
    }
    if (!has_child) continue;
    append(to, edges);
    if (const auto more = entering_all(others))
      append(to, *more);
    else
      continue;
    if (!best || to.size() < best->size()) best = std::move(to);
  }
  if (!best) return false;
  if (!back) {
    edges = std::move(*best);
    return true;
  }
  auto first = entering(bond.children[0]);
  if (!first || !add_inside(bond.children[0], part)) return false;
  part.push_back({from, std::move(*best)});
  edges = std::move(*first);
  return true;
}

bool Runs::climb_rigid(FragmentIndex parent, FragmentIndex child, std::vector<EdgeIndex>& edges, Run& part) {
  const auto net = net_of(view_, parent);
  const Search search(net, Search::Order::reduced, {20'000, false});
  const auto& children = view_.tree.fragments[parent].children;
  const auto place = static_cast<Net::Index>(std::find(children.begin(), children.end(), child) - children.begin());
  const auto trace = search.first_at(place);
  if (!trace || trace->empty()) return false;
  std::vector<EdgeIndex> first;
  for (const auto p : net.transitions[trace->front().transition].outcomes[trace->front().outcome]) {
    const auto to = net.places[p].child;
    const auto more = to == child && trace->size() == 1 ? std::optional(edges)
                      : to == none                      ? std::nullopt
                                                        : entering(to);
    if (!more) return false;
    append(first, *more);
  }
  if (!add_firings(net, *trace, 1, false, part, &edges, child)) return false;
  edges = std::move(first);
  return true;
}

std::optional<Run> Runs::before(FragmentIndex f) {
  auto edges = entering(f);
  if (!edges) {
    const auto entry = view_.tree.fragments[f].entry;
    return entry == view_.flow.source ? std::nullopt : before_vertex(entry);
  }
  auto run = up_to(f, std::move(*edges));
  if (run) run->pop_back();
  return run;
}

std::optional<Run> Runs::before_vertex(VertexIndex vertex) {
  std::optional<Run> best;
  for (const auto e : view_.flow.vertices[vertex].incoming) {
    if (view_.flow.edges[e].kind == EdgeKind::repair || view_.dead[view_.flow.edges[e].from]) continue;
    auto run = up_to(view_.leaf[e], {e});
    if (run && (!best || run->size() < best->size())) best = std::move(run);
  }
  return best;
}

}  // namespace echoflow::analysis

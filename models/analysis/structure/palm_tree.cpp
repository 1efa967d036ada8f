#include "models/analysis/structure/palm_tree.hpp"

#include <algorithm>

namespace echoflow::structure {
namespace {

constexpr auto nil = ListPool::nil;

}  // namespace

PalmTree::PalmTree(std::uint32_t vertices, const std::vector<Ends>& edges, const std::vector<bool>& skip)
    : ends(edges),
      type(edges.size(), Type::unseen),
      start(edges.size(), false),
      number(vertices, 0),
      lowpt1(vertices, 0),
      lowpt2(vertices, 0),
      descendants(vertices, 0),
      father(vertices, nil),
      tree_arc(vertices, nil),
      degree(vertices, 0),
      vertex_at(vertices + 1, 0),
      adjacent(vertices, 3 * edges.size()),
      high(vertices, 3 * edges.size()),
      in_adjacent(edges.size(), nil),
      in_high(edges.size(), nil) {
  Incident incident(vertices);
  for (std::uint32_t e = 0; e < edges.size(); ++e) {
    if (skip[e]) continue;
    incident[edges[e].first].push_back(e);
    incident[edges[e].second].push_back(e);
  }
  for (std::uint32_t v = 0; v < vertices; ++v) degree[v] = static_cast<std::uint32_t>(incident[v].size());
  grow(incident);
  order_edges(skip);
  number_again();
}

std::uint32_t PalmTree::add_edge(std::uint32_t from, std::uint32_t to, Type kind) {
  ends.emplace_back(from, to);
  type.push_back(kind);
  start.push_back(false);
  in_adjacent.push_back(nil);
  in_high.push_back(nil);
  return static_cast<std::uint32_t>(ends.size() - 1);
}

void PalmTree::see_tree_arc(std::uint32_t v, std::uint32_t w) {
  if (lowpt1[w] < lowpt1[v]) {
    lowpt2[v] = std::min(lowpt1[v], lowpt2[w]);
    lowpt1[v] = lowpt1[w];
  } else if (lowpt1[w] == lowpt1[v]) {
    lowpt2[v] = std::min(lowpt2[v], lowpt2[w]);
  } else {
    lowpt2[v] = std::min(lowpt2[v], lowpt1[w]);
  }
  descendants[v] += descendants[w];
}

void PalmTree::see_frond(std::uint32_t v, std::uint32_t w) {
  if (number[w] < lowpt1[v]) {
    lowpt2[v] = lowpt1[v];
    lowpt1[v] = number[w];
  } else if (number[w] > lowpt1[v]) {
    lowpt2[v] = std::min(lowpt2[v], number[w]);
  }
}

void PalmTree::grow(const Incident& incident) {
  std::uint32_t count = 0;
  const auto enter = [&](std::uint32_t v, std::uint32_t from) {
    number[v] = lowpt1[v] = lowpt2[v] = ++count;
    father[v] = from;
    descendants[v] = 1;
  };
  std::vector<std::pair<std::uint32_t, std::size_t>> path{{root, 0}};
  enter(root, nil);
  while (!path.empty()) {
    auto& [v, at] = path.back();
    if (at == incident[v].size()) {
      const auto done = v;
      path.pop_back();
      if (!path.empty()) see_tree_arc(path.back().first, done);
      continue;
    }
    const auto e = incident[v][at++];
    if (type[e] != Type::unseen) continue;
    const auto w = ends[e].first == v ? ends[e].second : ends[e].first;
    ends[e] = {v, w};
    type[e] = number[w] == 0 ? Type::tree : Type::frond;
    if (type[e] == Type::frond) {
      see_frond(v, w);
      continue;
    }
    tree_arc[w] = e;
    enter(w, v);
    path.emplace_back(w, 0);
  }
}

void PalmTree::order_edges(const std::vector<bool>& skip) {
  const auto rank = [&](std::uint32_t e) -> std::uint32_t {
    const auto v = source(e), w = target(e);
    if (type[e] == Type::frond) return 3 * number[w] + 1;
    return 3 * lowpt1[w] + (lowpt2[w] < number[v] ? 0 : 2);
  };
  std::vector<std::uint32_t> first(3 * number.size() + 4, nil), next(skip.size(), nil);
  for (auto e = static_cast<std::uint32_t>(skip.size()); e-- > 0;) {
    if (skip[e]) continue;
    const auto bucket = rank(e);
    next[e] = first[bucket];
    first[bucket] = e;
  }
  for (auto e : first)
    for (; e != nil; e = next[e]) in_adjacent[e] = adjacent.push_back(source(e), e);
}

void PalmTree::number_again() {
  auto count = static_cast<std::uint32_t>(number.size());
  bool new_path = true;
  std::vector<std::uint32_t> fresh(number.size(), 0);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> path;  // vertex, place of the edge to go on with
  const auto enter = [&](std::uint32_t v) {
    fresh[v] = count - descendants[v] + 1;
    path.emplace_back(v, adjacent.first(v));
  };
  enter(root);
  while (!path.empty()) {
    auto& [v, at] = path.back();
    if (at == nil) {
      path.pop_back();
      if (!path.empty()) --count;
      continue;
    }
    const auto e = adjacent.value(at);
    at = adjacent.next(at);
    if (new_path) {
      new_path = false;
      start[e] = true;
    }
    if (type[e] == Type::tree) {
      enter(target(e));
    } else {
      in_high[e] = high.push_back(target(e), fresh[v]);
      new_path = true;
    }
  }
  std::vector<std::uint32_t> renumbered(number.size() + 1, 0);
  for (std::uint32_t v = 0; v < number.size(); ++v) renumbered[number[v]] = fresh[v];
  for (std::uint32_t v = 0; v < number.size(); ++v) {
    vertex_at[fresh[v]] = v;
    lowpt1[v] = renumbered[lowpt1[v]];
    lowpt2[v] = renumbered[lowpt2[v]];
  }
  number = std::move(fresh);
}

}  // namespace echoflow::structure

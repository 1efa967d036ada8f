#include "models/analysis/structure/triconnected.hpp"

#include <algorithm>
#include <numeric>

#include "models/analysis/structure/palm_tree.hpp"

namespace echoflow::structure {
namespace {

constexpr auto no_edge = ListPool::nil;
using Number = std::uint32_t;

/// Gutwenger & Mutzel, "A linear time implementation of SPQR-trees", Graph Drawing 2000: finds the split components by
/// a search along the paths of the palm tree. Their recursion is a stack of frames here.
class PathSearch {
 public:
  PathSearch(PalmTree& tree, std::vector<Component>& found) : t_(tree), found_(found) {}

  void run() {
    mark_end();
    push_frame(t_.root);
    while (!frames_.empty()) step();
    if (edges_.empty()) return;
    Component last;
    while (!edges_.empty()) last.edges.push_back(pop_edge());
    finish(std::move(last));
  }

 private:
  struct Triple {
    Number high, a, b;  // a == 0: end of stack mark
  };
  struct Frame {
    Number v, at, next, edge, w, tree_arcs_left;
    bool returned;
  };

  void push_frame(Number v) {
    Number count = 0;
    for (auto at = t_.adjacent.first(v); at != no_edge; at = t_.adjacent.next(at)) ++count;
    frames_.push_back({v, t_.adjacent.first(v), no_edge, no_edge, no_edge, count, false});
  }

  void step() {
    auto& frame = frames_.back();
    if (frame.returned) {
      frame.returned = false;
      after_child(frame);
      --frame.tree_arcs_left;
      frame.at = frame.next;
      return;
    }
    if (frame.at == no_edge) return frames_.pop_back();
    frame.next = t_.adjacent.next(frame.at);
    frame.edge = t_.adjacent.value(frame.at);
    frame.w = t_.target(frame.edge);
    if (t_.type[frame.edge] == PalmTree::Type::tree) {
      if (t_.start[frame.edge]) begin_path(frame);
      frame.returned = true;
      return push_frame(frame.w);
    }
    if (t_.start[frame.edge]) replace_triples(t_.number[frame.w], {number(frame.v), number(frame.w), number(frame.v)});
    edges_.push_back(frame.edge);
    frame.at = frame.next;
  }

  void begin_path(const Frame& f) {
    const auto w = f.w;
    replace_triples(t_.lowpt1[w], {number(w) + t_.descendants[w] - 1, t_.lowpt1[w], number(f.v)});
    mark_end();
  }

  /// The triples that a new path overtakes become one; without any, `otherwise` is new.
  void replace_triples(Number low, Triple otherwise) {
    if (!(triples_.back().a > low)) return triples_.push_back(otherwise);
    Triple merged{otherwise.high, low, 0};
    while (triples_.back().a > low) {
      merged.high = std::max(merged.high, triples_.back().high);
      merged.b = triples_.back().b;
      triples_.pop_back();
    }
    triples_.push_back(merged);
  }

  void after_child(Frame& f) {
    edges_.push_back(t_.tree_arc[f.w]);
    find_type_2_pairs(f);
    find_type_1_pair(f);
    if (t_.start[f.edge]) {
      while (!at_mark()) triples_.pop_back();
      triples_.pop_back();
    }
    while (!at_mark() && triples_.back().b != number(f.v) && highest(f.v) > triples_.back().high) triples_.pop_back();
  }

  void find_type_2_pairs(Frame& f) {
    const auto v = f.v, vnum = number(v);
    const auto short_path = [&] {
      if (t_.degree[f.w] != 2) return false;
      const auto first = t_.adjacent.first(f.w);
      return first != no_edge && number(t_.target(t_.adjacent.value(first))) > number(f.w);
    };
    while (vnum != 1 && ((!at_mark() && triples_.back().a == vnum) || short_path())) {
      const bool by_triple = !at_mark() && triples_.back().a == vnum;
      if (by_triple && t_.father[t_.vertex_at[triples_.back().b]] == v) {
        triples_.pop_back();
        continue;
      }
      Number parallel = no_edge;
      auto [virtual_edge, x] = short_path() ? split_short_path(f, parallel) : split_by_triple(f, parallel);
      if (parallel != no_edge) {
        Component bond{ComponentKind::bond, {parallel, virtual_edge}};
        virtual_edge = t_.add_edge(v, x, PalmTree::Type::tree);
        bond.edges.push_back(virtual_edge);
        found_.push_back(std::move(bond));
        --t_.degree[x];
        --t_.degree[v];
      }
      edges_.push_back(virtual_edge);
      place(virtual_edge, f.at);
      ++t_.degree[x];
      ++t_.degree[v];
      t_.father[x] = v;
      t_.tree_arc[x] = virtual_edge;
      f.w = x;
    }
  }

  /// v → w → x where nothing else is at w.
  std::pair<Number, Number> split_short_path(Frame& f, Number& parallel) {
    const auto first = pop_edge(), second = pop_edge();
    t_.adjacent.erase(t_.in_adjacent[second]);
    const auto x = t_.target(second);
    const auto virtual_edge = t_.add_edge(f.v, x, PalmTree::Type::tree);
    --t_.degree[x];
    --t_.degree[f.v];
    finish({ComponentKind::polygon, {first, second, virtual_edge}});
    if (!edges_.empty() && t_.source(edges_.back()) == x && t_.target(edges_.back()) == f.v) {
      parallel = pop_edge();
      t_.adjacent.erase(t_.in_adjacent[parallel]);
      forget_high(parallel);
    }
    return {virtual_edge, x};
  }

  std::pair<Number, Number> split_by_triple(Frame& f, Number& parallel) {
    const auto [high, a, b] = triples_.back();
    triples_.pop_back();
    Component component;
    const auto within = [&, a = a, high = high](Number v) { return a <= number(v) && number(v) <= high; };
    while (!edges_.empty()) {
      const auto e = edges_.back();
      const auto x = t_.source(e), y = t_.target(e);
      if (!within(x) || !within(y)) break;
      edges_.pop_back();
      if ((number(x) == a && number(y) == b) || (number(y) == a && number(x) == b)) {
        parallel = e;
        t_.adjacent.erase(t_.in_adjacent[e]);
        forget_high(e);
        continue;
      }
      if (t_.in_adjacent[e] != f.at) {
        t_.adjacent.erase(t_.in_adjacent[e]);
        forget_high(e);
      }
      component.edges.push_back(e);
      --t_.degree[x];
      --t_.degree[y];
    }
    const auto virtual_edge = t_.add_edge(t_.vertex_at[a], t_.vertex_at[b], PalmTree::Type::tree);
    component.edges.push_back(virtual_edge);
    finish(std::move(component));
    return {virtual_edge, t_.vertex_at[b]};
  }

  void find_type_1_pair(Frame& f) {
    const auto v = f.v, w = f.w;
    const auto low = t_.lowpt1[w];
    if (!(t_.lowpt2[w] >= number(v) && low < number(v))) return;
    if (t_.father[v] == t_.root && f.tree_arcs_left < 2) return;
    const auto u = t_.vertex_at[low];
    auto virtual_edge = cut_below(v, w, u);
    if (!edges_.empty() && joins(edges_.back(), v, u)) {
      const auto parallel = pop_edge();
      if (t_.in_adjacent[parallel] != f.at) t_.adjacent.erase(t_.in_adjacent[parallel]);
      Component bond{ComponentKind::bond, {parallel, virtual_edge}};
      virtual_edge = t_.add_edge(v, u, PalmTree::Type::frond);
      bond.edges.push_back(virtual_edge);
      found_.push_back(std::move(bond));
      t_.in_high[virtual_edge] = t_.in_high[parallel];
      --t_.degree[v];
      --t_.degree[u];
    }
    if (u != t_.father[v]) {
      edges_.push_back(virtual_edge);
      place(virtual_edge, f.at);
      if (t_.in_high[virtual_edge] == no_edge && highest(u) < number(v))
        t_.in_high[virtual_edge] = t_.high.push_front(u, number(v));
      ++t_.degree[v];
      ++t_.degree[u];
      return;
    }
    t_.adjacent.erase(f.at);
    const auto arc = t_.tree_arc[v];
    const auto joined = t_.add_edge(u, v, PalmTree::Type::tree);
    found_.push_back({ComponentKind::bond, {virtual_edge, joined, arc}});
    t_.tree_arc[v] = joined;
    place(joined, t_.in_adjacent[arc]);
  }

  /// Takes the edges at the vertices below w off the stack; returns the virtual edge v → u in their place.
  Number cut_below(Number v, Number w, Number u) {
    Component component;
    const auto below = [&](Number x) { return number(w) <= number(x) && number(x) < number(w) + t_.descendants[w]; };
    while (!edges_.empty() && (below(t_.source(edges_.back())) || below(t_.target(edges_.back())))) {
      const auto e = pop_edge();
      component.edges.push_back(e);
      forget_high(e);
      --t_.degree[t_.source(e)];
      --t_.degree[t_.target(e)];
    }
    const auto virtual_edge = t_.add_edge(v, u, PalmTree::Type::frond);
    component.edges.push_back(virtual_edge);
    finish(std::move(component));
    return virtual_edge;
  }

  bool joins(Number e, Number x, Number y) const {
    return (t_.source(e) == x && t_.target(e) == y) || (t_.source(e) == y && t_.target(e) == x);
  }
  void place(Number e, Number at) {
    t_.adjacent.set_value(at, e);
    t_.in_adjacent[e] = at;
  }
  void forget_high(Number e) {
    if (t_.in_high[e] == no_edge) return;
    t_.high.erase(t_.in_high[e]);
    t_.in_high[e] = no_edge;
  }
  void finish(Component component) {
    component.kind = component.edges.size() >= 4 ? ComponentKind::triconnected : ComponentKind::polygon;
    found_.push_back(std::move(component));
  }
  Number pop_edge() {
    const auto e = edges_.back();
    edges_.pop_back();
    return e;
  }
  Number number(Number v) const { return t_.number[v]; }
  Number highest(Number v) const { return t_.high.first(v) == no_edge ? 0 : t_.high.value(t_.high.first(v)); }
  bool at_mark() const { return triples_.back().a == 0; }
  void mark_end() { triples_.push_back({0, 0, 0}); }

  PalmTree& t_;
  std::vector<Component>& found_;
  std::vector<Frame> frames_;
  std::vector<Number> edges_;
  std::vector<Triple> triples_;
};

/// Puts parallel edges into bonds; `skip` marks them. Returns virtual edges appended to `edges` in their place.
void split_parallel_edges(std::uint32_t vertices, std::vector<Ends>& edges, std::vector<bool>& skip,
                          std::vector<Component>& found) {
  std::vector<std::vector<Number>> by_lower(vertices);
  const auto given = static_cast<Number>(edges.size());
  for (Number e = 0; e < given; ++e) by_lower[std::min(edges[e].first, edges[e].second)].push_back(e);
  std::vector<std::vector<Number>> groups(vertices);  // by the other end
  for (Number v = 0; v < vertices; ++v) {
    for (const auto e : by_lower[v]) groups[std::max(edges[e].first, edges[e].second)].push_back(e);
    for (const auto e : by_lower[v]) {
      auto& group = groups[std::max(edges[e].first, edges[e].second)];
      if (group.size() > 1) {
        for (const auto member : group) skip[member] = true;
        group.push_back(static_cast<Number>(edges.size()));
        edges.push_back(edges[e]);
        skip.push_back(false);
        found.push_back({ComponentKind::bond, group});
      }
      group.clear();
    }
  }
}

/// Bonds that share a virtual edge are one bond, polygons one polygon.
void merge_alike(Components& all, std::size_t own_edges) {
  auto& components = all.components;
  std::vector<Number> leader(components.size());
  std::iota(leader.begin(), leader.end(), 0U);
  const auto find = [&](Number c) {
    while (leader[c] != c) c = leader[c] = leader[leader[c]];
    return c;
  };
  std::vector<Number> holder(all.ends.size(), no_edge);
  std::vector<bool> gone(all.ends.size(), false);
  for (Number c = 0; c < components.size(); ++c)
    for (const auto e : components[c].edges) {
      if (e < own_edges) continue;
      if (holder[e] == no_edge) {
        holder[e] = c;
      } else if (components[c].kind == components[holder[e]].kind &&
                 components[c].kind != ComponentKind::triconnected) {
        gone[e] = true;
        leader[find(c)] = find(holder[e]);
      }
    }
  std::vector<Component> merged;
  std::vector<Number> place(components.size(), no_edge);
  for (Number c = 0; c < components.size(); ++c) {
    auto& at = place[find(c)];
    if (at == no_edge) {
      at = static_cast<Number>(merged.size());
      merged.push_back({components[c].kind, {}});
    }
    for (const auto e : components[c].edges)
      if (!gone[e]) merged[at].edges.push_back(e);
  }
  components = std::move(merged);
}

}  // namespace

Components triconnected_components(std::uint32_t vertices, const std::vector<Ends>& edges) {
  Components result;
  if (vertices == 2) {
    result.ends = edges;
    result.components.push_back({ComponentKind::bond, {}});
    for (Number e = 0; e < edges.size(); ++e) result.components[0].edges.push_back(e);
    return result;
  }
  auto all = edges;
  std::vector<bool> skip(edges.size(), false);
  split_parallel_edges(vertices, all, skip, result.components);
  PalmTree tree(vertices, all, skip);
  PathSearch(tree, result.components).run();
  result.ends = std::move(tree.ends);
  merge_alike(result, edges.size());
  return result;
}

}  // namespace echoflow::structure

#include "models/analysis/structure/rpst.hpp"

#include <algorithm>

#include "models/analysis/structure/triconnected.hpp"

namespace echoflow::structure {
namespace {

/// A triconnected component, or one edge, as a block between two vertices.
struct Block {
  std::uint32_t component = none;  ///< none: the edge alone
  EdgeIndex edge = none;
  std::uint32_t parent_edge = none;
  VertexIndex entry = none, exit = none;
  std::uint32_t rank = none;  ///< of its first edge among the outgoing ones of its entry
  std::vector<std::uint32_t> children;
};

class Tree {
 public:
  explicit Tree(const FlowGraph& graph) : graph_(graph), rank_(graph.edges.size(), 0) {
    for (const auto& vertex : graph.vertices)
      for (std::uint32_t i = 0; i < vertex.outgoing.size(); ++i) rank_[vertex.outgoing[i]] = i;
    item_at_.assign(graph.vertices.size(), none);
  }

  Rpst build() {
    if (graph_.edges.size() == 1) {
      blocks_.push_back(block_of(0));
    } else {
      decompose();
      direct();
    }
    make_fragments();
    return std::move(out_);
  }

 private:
  Block block_of(EdgeIndex e) const {
    Block block;
    block.edge = e;
    block.entry = graph_.edges[e].from;
    block.exit = graph_.edges[e].to;
    block.rank = rank_[e];
    return block;
  }

  /// The return edge makes the graph biconnected; its component is the root.
  void decompose() {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    for (const auto& edge : graph_.edges) ends.emplace_back(edge.from, edge.to);
    const auto back = static_cast<std::uint32_t>(ends.size());
    ends.emplace_back(graph_.sink, graph_.source);
    found_ = triconnected_components(static_cast<std::uint32_t>(graph_.vertices.size()), ends);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> holders(found_.ends.size(), {none, none});
    for (std::uint32_t c = 0; c < found_.components.size(); ++c)
      for (const auto e : found_.components[c].edges)
        (holders[e].first == none ? holders[e].first : holders[e].second) = c;
    Block root;
    root.component = holders[back].first;
    root.parent_edge = back;
    blocks_.push_back(std::move(root));
    for (std::uint32_t b = 0; b < blocks_.size(); ++b) {
      const auto c = blocks_[b].component;
      if (c == none) continue;
      for (const auto e : found_.components[c].edges) {
        if (e == blocks_[b].parent_edge) continue;
        Block child;
        if (e < back) {
          child = block_of(e);
        } else {
          child.component = holders[e].first == c ? holders[e].second : holders[e].first;
          child.parent_edge = e;
        }
        blocks_[b].children.push_back(static_cast<std::uint32_t>(blocks_.size()));
        blocks_.push_back(std::move(child));
      }
    }
    counts_.resize(blocks_.size());
  }

  /// What a block has of the edges of its two boundary vertices, to tell its entry from its exit.
  struct Counts {
    std::uint32_t in[2] = {0, 0}, out[2] = {0, 0};
  };

  bool enters_at(VertexIndex v, std::uint32_t in, std::uint32_t out) const {
    if (in == 0 || out == 0) return in == 0;
    return out == graph_.vertices[v].outgoing.size() && in != graph_.vertices[v].incoming.size();
  }

  void direct() {
    for (auto b = static_cast<std::uint32_t>(blocks_.size()); b-- > 0;) {
      auto& block = blocks_[b];
      if (block.component == none) continue;
      const auto ends = b == 0 ? std::pair(graph_.source, graph_.sink) : found_.ends[block.parent_edge];
      const auto u = ends.first, v = ends.second;
      auto& mine = counts_[b];
      const auto add = [&](VertexIndex x, std::uint32_t in, std::uint32_t out) {
        if (x != u && x != v) return;
        mine.in[x == v] += in;
        mine.out[x == v] += out;
      };
      for (const auto c : block.children) {
        const auto& child = blocks_[c];
        if (child.component == none) {
          add(child.entry, 0, 1);
          add(child.exit, 1, 0);
        } else {
          const auto& theirs = counts_[c];
          const auto [p, q] = found_.ends[child.parent_edge];
          add(p, theirs.in[0], theirs.out[0]);
          add(q, theirs.in[1], theirs.out[1]);
        }
      }
      const bool forwards = b == 0 || enters_at(u, mine.in[0], mine.out[0]);
      block.entry = forwards ? u : v;
      block.exit = forwards ? v : u;
      for (const auto c : block.children)
        if (blocks_[c].entry == block.entry) block.rank = std::min(block.rank, blocks_[c].rank);
      order(block);
    }
  }

  void order(Block& block) {
    switch (found_.components[block.component].kind) {
      case ComponentKind::polygon:
        return order_polygon(block);
      case ComponentKind::bond:
        return order_bond(block);
      case ComponentKind::triconnected:
        return order_rigid(block);
    }
  }

  void order_polygon(Block& block) {
    for (const auto c : block.children) item_at_[blocks_[c].entry] = c;
    std::vector<std::uint32_t> row;
    for (auto v = block.entry; v != block.exit && row.size() < block.children.size(); v = blocks_[row.back()].exit)
      row.push_back(item_at_[v]);
    for (const auto c : block.children) item_at_[blocks_[c].entry] = none;
    block.children = std::move(row);
  }

  void order_bond(Block& block) {
    std::sort(block.children.begin(), block.children.end(), [&](std::uint32_t a, std::uint32_t b) {
      const bool back_a = blocks_[a].entry != block.entry, back_b = blocks_[b].entry != block.entry;
      return back_a != back_b ? back_b : blocks_[a].rank < blocks_[b].rank;
    });
  }

  /// By the reverse of the order in which a depth-first search from the entry ends.
  void order_rigid(Block& block) {
    std::sort(block.children.begin(), block.children.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(blocks_[a].entry, blocks_[a].rank) < std::pair(blocks_[b].entry, blocks_[b].rank);
    });
    const auto first_at = [&](VertexIndex v) {
      return static_cast<std::size_t>(
          std::lower_bound(block.children.begin(), block.children.end(), v,
                           [&](std::uint32_t c, VertexIndex x) { return blocks_[c].entry < x; }) -
          block.children.begin());
    };
    std::vector<std::uint32_t> finished;
    std::vector<std::pair<VertexIndex, std::size_t>> path{{block.entry, first_at(block.entry)}};
    item_at_[block.entry] = seen_mark;
    std::vector<VertexIndex> seen{block.entry};
    while (!path.empty()) {
      auto& [v, at] = path.back();
      if (at == block.children.size() || blocks_[block.children[at]].entry != v) {
        finished.push_back(v);
        path.pop_back();
        continue;
      }
      const auto w = blocks_[block.children[at++]].exit;
      if (item_at_[w] == seen_mark) continue;
      item_at_[w] = seen_mark;
      seen.push_back(w);
      path.emplace_back(w, first_at(w));
    }
    std::vector<std::uint32_t> row;
    for (auto v = finished.rbegin(); v != finished.rend(); ++v)
      for (auto at = first_at(*v); at < block.children.size() && blocks_[block.children[at]].entry == *v; ++at)
        row.push_back(block.children[at]);
    for (const auto v : seen) item_at_[v] = none;
    block.children = std::move(row);
  }

  void make_fragments() {
    std::vector<std::uint32_t> block_at{0};
    out_.fragments.emplace_back();
    for (FragmentIndex f = 0; f < out_.fragments.size(); ++f) {
      const auto& block = blocks_[block_at[f]];
      out_.fragments[f].entry = block.entry;
      out_.fragments[f].exit = block.exit;
      out_.fragments[f].edge = block.edge;
      for (const auto c : block.children) {
        out_.fragments[f].children.push_back(static_cast<FragmentIndex>(out_.fragments.size()));
        out_.fragments.emplace_back();
        out_.fragments.back().parent = f;
        block_at.push_back(c);
      }
      if (block.component != none) classify(f, found_.components[block.component].kind);
    }
    for (FragmentIndex f = 0; f < out_.fragments.size(); ++f) finish(f);
  }

  void classify(FragmentIndex f, ComponentKind kind) {
    out_.fragments[f].kind = kind == ComponentKind::polygon ? FragmentKind::polygon
                             : kind == ComponentKind::bond  ? FragmentKind::bond
                                                            : FragmentKind::rigid;
  }

  void finish(FragmentIndex f) {
    auto& fragment = out_.fragments[f];
    if (fragment.kind != FragmentKind::bond && fragment.kind != FragmentKind::rigid) return;
    fragment.cyclic = fragment.kind == FragmentKind::bond
                          ? out_.fragments[fragment.children.back()].entry != fragment.entry
                          : has_back_edge(fragment);
    std::vector<Logic> logics;
    const auto note = [&](VertexIndex v) {
      const auto& vertex = graph_.vertices[v];
      if (vertex.part != Part::sink && vertex.logic != Logic::none) logics.push_back(vertex.logic);
    };
    for (const auto c : fragment.children) {
      note(out_.fragments[c].entry);
      note(out_.fragments[c].exit);
    }
    std::sort(logics.begin(), logics.end());
    logics.erase(std::unique(logics.begin(), logics.end()), logics.end());
    // What follows events, or an activity's normal end and its boundary events, is merged by an exclusive join.
    if (logics.size() == 2 && logics[0] == Logic::exclusive &&
        (logics[1] == Logic::event_based || logics[1] == Logic::boundary))
      fragment.logic = logics[1];
    else if (logics.size() == 1)
      fragment.logic = logics[0];
  }

  /// Children are in topological order when nothing leads back.
  bool has_back_edge(const Fragment& fragment) {
    std::uint32_t order = 0;
    for (const auto c : fragment.children)
      if (item_at_[out_.fragments[c].entry] == none) item_at_[out_.fragments[c].entry] = order++;
    bool back = false;
    for (const auto c : fragment.children) {
      const auto& child = out_.fragments[c];
      back = back || item_at_[child.exit] <= item_at_[child.entry];
    }
    for (const auto c : fragment.children) item_at_[out_.fragments[c].entry] = none;
    return back;
  }

  static constexpr std::uint32_t seen_mark = none - 1;

  const FlowGraph& graph_;
  std::vector<std::uint32_t> rank_;  ///< by edge: its place among its source's outgoing ones
  Components found_;
  std::vector<Block> blocks_;  ///< parents before children
  std::vector<Counts> counts_;
  std::vector<std::uint32_t> item_at_;  ///< by vertex, for a moment
  Rpst out_;
};

}  // namespace

Rpst rpst(const FlowGraph& graph) {
  return Tree(graph).build();
}

std::vector<EdgeIndex> Rpst::edges(FragmentIndex fragment) const {
  std::vector<EdgeIndex> found;
  std::vector<FragmentIndex> open{fragment};
  while (!open.empty()) {
    const auto& top = fragments[open.back()];
    open.pop_back();
    if (top.edge != none) found.push_back(top.edge);
    open.insert(open.end(), top.children.rbegin(), top.children.rend());
  }
  return found;
}

std::vector<VertexIndex> Rpst::inner_vertices(const FlowGraph& graph, FragmentIndex fragment) const {
  std::vector<VertexIndex> found;
  std::vector<bool> seen(graph.vertices.size(), false);
  seen[fragments[fragment].entry] = seen[fragments[fragment].exit] = true;
  for (const auto e : edges(fragment))
    for (const auto v : {graph.edges[e].from, graph.edges[e].to}) {
      if (!seen[v]) found.push_back(v);
      seen[v] = true;
    }
  return found;
}

}  // namespace echoflow::structure

#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "models/analysis/structure/list_pool.hpp"

namespace echoflow::structure {

using Ends = std::pair<std::uint32_t, std::uint32_t>;

/// A depth-first tree of a biconnected simple graph with its edges ordered as Hopcroft & Tarjan want them: tree arcs
/// lead away from the root, fronds back towards it. Numbers of vertices start at 1. The words are those of the paper.
struct PalmTree {
  enum class Type : std::uint8_t { unseen, tree, frond };

  std::vector<Ends> ends;  ///< directed: source, target
  std::vector<Type> type;
  std::vector<bool> start;  ///< whether a path starts with the edge
  std::vector<std::uint32_t> number, lowpt1, lowpt2, descendants, father, tree_arc, degree;  ///< by vertex
  std::vector<std::uint32_t> vertex_at;                                                      ///< by number
  ListPool adjacent;                                                                         ///< by vertex: edges
  ListPool high;                           ///< by vertex: numbers of the sources of the fronds that end there
  std::vector<std::uint32_t> in_adjacent;  ///< by edge: its place in `adjacent`
  std::vector<std::uint32_t> in_high;      ///< by edge: its place in `high`
  std::uint32_t root = 0;

  /// `skip[e]`: the edge is not part of the graph.
  PalmTree(std::uint32_t vertices, const std::vector<Ends>& edges, const std::vector<bool>& skip);

  std::uint32_t source(std::uint32_t e) const { return ends[e].first; }
  std::uint32_t target(std::uint32_t e) const { return ends[e].second; }
  std::uint32_t add_edge(std::uint32_t from, std::uint32_t to, Type kind);

 private:
  using Incident = std::vector<std::vector<std::uint32_t>>;
  void grow(const Incident& incident);
  void see_tree_arc(std::uint32_t v, std::uint32_t w);
  void see_frond(std::uint32_t v, std::uint32_t w);
  void order_edges(const std::vector<bool>& skip);
  void number_again();
};

}  // namespace echoflow::structure

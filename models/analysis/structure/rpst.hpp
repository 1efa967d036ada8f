#pragma once
#include "models/analysis/structure/flow_graph.hpp"

namespace echoflow::structure {

using FragmentIndex = std::uint32_t;

enum class FragmentKind : std::uint8_t {
  trivial,  ///< one edge
  polygon,  ///< a sequence of fragments
  bond,     ///< fragments side by side between the same two vertices
  rigid,    ///< anything else
};

/// A canonical fragment: a set of edges that is entered at one vertex and left at one other, and overlaps no other such
/// set without one holding the other.
struct Fragment {
  FragmentKind kind = FragmentKind::trivial;
  FragmentIndex parent = none;
  VertexIndex entry = 0;  ///< boundary vertices belong to the neighbours as well
  VertexIndex exit = 0;
  EdgeIndex edge = none;  ///< trivial
  /// Polygon: in the order of the flow; child i's exit is child i+1's entry. Bond: branches from entry to exit in the
  /// order of the entry's flows, then those that lead back. Rigid: topological by their entries, back edges left aside.
  std::vector<FragmentIndex> children;
  bool cyclic =
      false;  ///< bond: a loop (its first child leads forward, the others back); rigid: holds a cycle of its own
  /// Bond, rigid: the logic of all the vertices between its children (a bond's entry and exit), `none` when they
  /// differ.
  Logic logic = Logic::none;
};

/// The refined process structure tree. Children come after their parents in `fragments`; the root is fragments[0].
struct Rpst {
  std::vector<Fragment> fragments;

  static constexpr FragmentIndex root = 0;
  /// The edges of a fragment, those of its children included, in the order of the tree.
  std::vector<EdgeIndex> edges(FragmentIndex fragment) const;
  /// The vertices inside: those of its edges without its entry and exit, in the order of the tree, each once.
  std::vector<VertexIndex> inner_vertices(const FlowGraph& graph, FragmentIndex fragment) const;
};

/// In time linear in the size of the graph: triconnected components after Gutwenger & Mutzel, "A linear time
/// implementation of SPQR-trees" (2001), made a process structure tree after Polyvyanyy, Vanhatalo & Völzer,
/// "Simplified computation and generalization of the refined process structure tree" (2011).
Rpst rpst(const FlowGraph& graph);

}  // namespace echoflow::structure

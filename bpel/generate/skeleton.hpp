#pragma once
#include <vector>

#include "bpel/generate/net.hpp"
#include "models/analysis/structure/rpst.hpp"

namespace echoflow::generate {

/// A way between two vertices of a block that is entered and left by one edge each.
struct Unit {
  VertexIndex from = 0;
  VertexIndex to = 0;
  EdgeIndex first = 0;
  EdgeIndex last = 0;
  std::vector<structure::FragmentIndex> run;  ///< fragments one after the other; the first and the last are edges
};

/// A bond or rigid with the ways between its splits and joins folded up.
struct Skeleton {
  VertexIndex entry = 0;
  VertexIndex exit = 0;
  std::vector<VertexIndex> vertices;  ///< in the order of their first unit, the entry first
  std::vector<Unit> units;            ///< in the order of the tree
  bool cyclic = false;
};

/// A finished net with its structure tree. The net must outlive it.
class Structure {
 public:
  explicit Structure(const Net& net);

  const structure::Rpst& tree() const { return tree_; }
  const Net& net() const { return *net_; }
  /// From the source's edge to the sink's.
  std::vector<structure::FragmentIndex> whole() const;
  /// Of a bond or rigid.
  Skeleton skeleton(structure::FragmentIndex fragment) const;

 private:
  void unfold(structure::FragmentIndex fragment, std::vector<Unit>& units) const;
  void unfold_child(structure::FragmentIndex fragment, std::vector<Unit>& units) const;
  Unit unit(std::vector<structure::FragmentIndex> run) const;

  const Net* net_;
  structure::Rpst tree_;
};

/// True when the unit ends where it began after a while: a cycle among the units.
bool has_cycle(const Skeleton& skeleton);
/// Whether two tokens can come to that vertex side by side: two ways to it that share no vertex, from one split that
/// gives several tokens.
bool meets_itself(const Net& net, const Skeleton& skeleton, VertexIndex vertex);
/// Whether all ways into that vertex bring a token, each its own: every two of them come side by side.
bool all_come(const Net& net, const Skeleton& skeleton, VertexIndex vertex);

}  // namespace echoflow::generate

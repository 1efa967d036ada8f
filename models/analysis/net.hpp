#pragma once
#include <cstdint>
#include <vector>

#include "models/analysis/view.hpp"

namespace echoflow::analysis {

/// A token game: places hold a token each, vertices move them. Of a whole container, or of one fragment whose children
/// are places, as each of them passes on the token that it gets.
struct Net {
  using Index = std::uint32_t;
  enum class Join : std::uint8_t {
    any,   ///< acts on a token at any of its places
    all,   ///< waits for a token at each
    some,  ///< waits while a token may still come to an empty place
  };
  struct Place {
    Index to = none;          ///< vertex; none: the token stays, it has arrived
    bool terminates = false;  ///< its token may have ended the whole
    FragmentIndex child = none;
  };
  struct Transition {
    VertexIndex vertex = 0;
    Join join = Join::any;
    std::vector<Index> in;                     ///< places
    std::vector<std::vector<Index>> outcomes;  ///< places that get a token
    /// By outcome: the edges behind `out` that get one.
    std::vector<std::vector<EdgeIndex>> outside;
  };
  std::vector<Place> places;
  std::vector<Transition> transitions;
  Index start = none;    ///< the place that holds the first token
  Index out = none;      ///< the place behind the fragment's exit; none: it ends at the sink
  bool complete = true;  ///< every outcome is listed
};

/// The places are the edges of the container in their order, then one before the source.
Net net_of(const View& view);
/// The places are the fragment's children in their order, then one before its entry and perhaps one behind its exit.
Net net_of(const View& view, FragmentIndex fragment);

/// Whether the container's, or a sub-process's, end is reached at once there: terminate, error and cancel end events.
bool terminates(const graph::ProcessGraph& graph, NodeIndex node);

}  // namespace echoflow::analysis

#pragma once
// Inside models/layout only.
#include <cstdint>
#include <vector>

namespace echoflow::layout::layered {

/// A level stretch of a line that changes its height in a channel: it comes from one side at one height and leaves to
/// a side at another.
struct Turn {
  double from_y = 0;
  double to_y = 0;
  bool from_left = true;  ///< the side on which the level stretch at from_y lies
  bool to_left = false;
  std::uint32_t track = 0;  ///< given by assign_tracks(), from the left
};

/// Gives each turn a vertical track so that few lines cross and none lie on each other; returns the number of tracks.
std::uint32_t assign_tracks(std::vector<Turn>& turns);

}  // namespace echoflow::layout::layered

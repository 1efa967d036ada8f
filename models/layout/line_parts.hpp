#pragma once
// Inside models/layout only.
#include <vector>

#include "models/layout/layered_state.hpp"
#include "models/layout/tracks.hpp"

namespace echoflow::layout::layered {

/// How a line leaves or enters its item.
enum class Way : std::uint8_t { side, below, above, drop };

struct End {
  Way way = Way::side;
  double y = 0;  ///< the height at which it reaches the channel
};

struct TurnRef {
  std::uint32_t channel = 0;
  std::uint32_t turn = nothing;  ///< nothing: it goes straight on
};

/// The room between two columns, in which lines change their height.
struct Channel {
  std::vector<Turn> turns;
  double label = 0;
  double x = 0;
  double right = 0;
};

}  // namespace echoflow::layout::layered

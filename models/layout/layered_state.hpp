#pragma once
// Inside models/layout only.
#include <limits>

#include "models/layout/layered.hpp"

namespace echoflow::layout::layered {

inline constexpr std::uint32_t nothing = std::numeric_limits<std::uint32_t>::max();

/// An item, or a line's passage through a column.
struct Cell {
  std::uint32_t item = nothing;
  std::uint32_t link = nothing;
  std::uint32_t layer = 0;
  std::uint32_t place = 0;  ///< in its column
  std::uint32_t band = 0;
  std::uint32_t beside = nothing;  ///< the cell below (or above) which it stands: where a line turns back
  double hint = 0;
  double height = 0;
  double port = 0;
  double y = 0;

  double line() const { return y + port; }
};

/// The stretch of a line between two neighbouring columns. One that turns back has both its ends on one side.
struct Piece {
  std::uint32_t link = 0;
  std::uint32_t left = nothing;
  std::uint32_t right = nothing;
};

/// Lines across that leave upwards and downwards, counted.
struct Outward {
  std::vector<std::uint32_t> up;
  std::vector<std::uint32_t> down;
};

/// A line as its cells, in the direction of the flow.
struct Chain {
  std::vector<std::uint32_t> cells;
  bool back = false;    ///< against the direction of the columns
  bool above = false;   ///< leads back above its ends, not below them
  bool around = false;  ///< led around everything, above: it would pass through too many columns
};

struct State {
  const Network& network;
  std::vector<Cell> cells;
  std::vector<std::vector<std::uint32_t>> layers;
  std::vector<Chain> chains;                      ///< by link
  std::vector<Piece> pieces;                      ///< those that go from a column to the next
  std::vector<std::vector<std::uint32_t>> after;  ///< pieces by their left cell
  std::vector<std::vector<std::uint32_t>> before;
  std::vector<double> band_top;
};

/// The section of a band.
inline std::uint32_t section_of(const Network& network, std::uint32_t band) {
  return band < network.section.size() ? network.section[band] : 0;
}
/// By item: lines across that leave it upwards and downwards.
Outward outward(const Network& network);

void assign_layers(State& state);
void order_layers(State& state);
void assign_rows(State& state);
Placed lead_lines(State& state);

}  // namespace echoflow::layout::layered

#pragma once
// Inside models/layout only.
#include <vector>

#include "models/layout/points.hpp"

namespace echoflow::layout {

struct End {
  Bounds bounds;
  Outline outline = Outline::box;
};

/// The line from the border of one symbol to that of another: what lies inside them is cut off, what does not reach
/// them is made longer. Fewer than two points when nothing is left.
std::vector<Point> between(std::vector<Point> points, const End& from, const End& to);

/// The point lies on or in the symbol.
bool inside(const End& end, Point point, double slack = 0);

}  // namespace echoflow::layout

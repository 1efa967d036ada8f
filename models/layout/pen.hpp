#pragma once
// Inside models/layout only.
#include <string_view>
#include <vector>

#include "models/layout/points.hpp"

namespace echoflow::layout::pen {

Path box(const Bounds& bounds, double radius, const Style& style);
Path circle(Point centre, double radius, const Style& style);
Path line(const std::vector<Point>& points, const Style& style);
Path polygon(const std::vector<Point>& points, const Style& style);

/// A sign from its description: absolute M, L, C and Z as in SVG, and O x y r for a circle, in a square of 24 units
/// that is laid over `place`.
Path sign(std::string_view description, const Bounds& place, const Style& style);

}  // namespace echoflow::layout::pen

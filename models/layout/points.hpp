#pragma once
#include <vector>

#include "models/layout/drawing.hpp"

/// Small geometry.
namespace echoflow::layout {

/// Without repeated points, and points in the middle of a straight stretch.
std::vector<Point> without_needless(std::vector<Point> points);

inline Point middle(const Bounds& b) {
  return {b.x + b.width / 2, b.y + b.height / 2};
}
inline double right(const Bounds& b) {
  return b.x + b.width;
}
inline double bottom(const Bounds& b) {
  return b.y + b.height;
}

/// They share more than `slack` in both directions.
bool overlap(const Bounds& a, const Bounds& b, double slack = 0);
bool contains(const Bounds& outer, const Bounds& inner, double slack = 0);
bool contains(const Bounds& bounds, Point point, double slack = 0);
Bounds grown(const Bounds& b, double by);
Bounds joined(const Bounds& a, const Bounds& b);

/// The stretch runs through the inside of the bounds (not only along its border).
bool crosses(Point from, Point to, const Bounds& bounds);
/// The stretches cross in a point that is not an end of both.
bool crosses(Point a, Point b, Point c, Point d);

/// Where the stretch from inside the bounds to a point outside leaves them; `round`: an ellipse, `diamond`: a rhombus.
enum class Outline { box, round, diamond };
Point border_point(const Bounds& bounds, Outline outline, Point outside);

double length(const std::vector<Point>& points);
/// The point at that share (0 … 1) of the line's length.
Point point_at(const std::vector<Point>& points, double share);

}  // namespace echoflow::layout

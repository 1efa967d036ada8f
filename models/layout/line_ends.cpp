#include "models/layout/line_ends.hpp"

#include <algorithm>
#include <cmath>

namespace echoflow::layout {

namespace {

constexpr int samples = 48;
constexpr int halvings = 24;
constexpr double near = 30;

/// Where the way from `outside` through `towards` and on meets the symbol; false when it goes past.
bool meets(const End& end, Point outside, Point towards, Point& at) {
  const double dx = towards.x - outside.x;
  const double dy = towards.y - outside.y;
  const double stretch = std::hypot(dx, dy);
  if (stretch < 1e-6) return false;
  const double whole = stretch + end.bounds.width + end.bounds.height;
  const auto point = [&](double along) {
    return Point{outside.x + dx / stretch * along, outside.y + dy / stretch * along};
  };
  double before = 0;
  // Straight to the far side of the symbol, in steps that cannot miss it.
  const double from = std::max(0.0, stretch - end.bounds.width - end.bounds.height);
  for (int i = 0; i <= samples; ++i) {
    double along = from + (whole - from) * i / samples;
    if (!inside(end, point(along))) {
      before = along;
      continue;
    }
    for (int k = 0; k < halvings; ++k) {
      const double half = (before + along) / 2;
      (inside(end, point(half)) ? along : before) = half;
    }
    at = point(along);
    return true;
  }
  return false;
}

/// Puts the last point of the line onto the border.
void end_at(const End& end, std::vector<Point>& points) {
  while (points.size() > 1 && inside(end, points[points.size() - 2], -0.5)) points.pop_back();
  if (points.size() < 2) return;
  const auto before = points[points.size() - 2];
  Point at;
  if (meets(end, before, points.back(), at)) {
    points.back() = at;
    return;
  }
  at = border_point(end.bounds, end.outline, points.back());
  if (std::hypot(at.x - points.back().x, at.y - points.back().y) < near)
    points.back() = border_point(end.bounds, end.outline, before);
  else
    points.push_back(at);
}

}  // namespace

bool inside(const End& end, Point p, double slack) {
  const auto c = middle(end.bounds);
  const double rx = end.bounds.width / 2 + slack;
  const double ry = end.bounds.height / 2 + slack;
  if (rx <= 0 || ry <= 0) return false;
  const double x = std::abs(p.x - c.x) / rx;
  const double y = std::abs(p.y - c.y) / ry;
  switch (end.outline) {
    case Outline::box:
      return x <= 1 && y <= 1;
    case Outline::round:
      return x * x + y * y <= 1;
    case Outline::diamond:
      return x + y <= 1;
  }
  return false;
}

std::vector<Point> between(std::vector<Point> points, const End& from, const End& to) {
  end_at(to, points);
  std::reverse(points.begin(), points.end());
  end_at(from, points);
  std::reverse(points.begin(), points.end());
  return without_needless(std::move(points));
}

}  // namespace echoflow::layout

#include "models/layout/points.hpp"

#include <algorithm>
#include <cmath>

namespace echoflow::layout {

namespace {

double cross(Point a, Point b, Point c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool on_the_way(Point a, Point b, Point c) {
  if (std::abs(cross(a, b, c)) > 0.01 * (std::hypot(c.x - a.x, c.y - a.y) + 1)) return false;
  return (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) >= 0;
}

}  // namespace

std::vector<Point> without_needless(std::vector<Point> points) {
  std::vector<Point> kept;
  for (const auto& point : points) {
    if (!kept.empty() && std::abs(kept.back().x - point.x) < 0.01 && std::abs(kept.back().y - point.y) < 0.01) continue;
    while (kept.size() > 1 && on_the_way(kept[kept.size() - 2], kept.back(), point)) kept.pop_back();
    kept.push_back(point);
  }
  return kept;
}

bool overlap(const Bounds& a, const Bounds& b, double slack) {
  return a.x + slack < right(b) && b.x + slack < right(a) && a.y + slack < bottom(b) && b.y + slack < bottom(a);
}

bool contains(const Bounds& outer, const Bounds& inner, double slack) {
  return inner.x >= outer.x - slack && inner.y >= outer.y - slack && right(inner) <= right(outer) + slack &&
         bottom(inner) <= bottom(outer) + slack;
}

bool contains(const Bounds& b, Point p, double slack) {
  return p.x >= b.x - slack && p.x <= right(b) + slack && p.y >= b.y - slack && p.y <= bottom(b) + slack;
}

Bounds grown(const Bounds& b, double by) {
  return {b.x - by, b.y - by, b.width + 2 * by, b.height + 2 * by};
}

Bounds joined(const Bounds& a, const Bounds& b) {
  const double x = std::min(a.x, b.x);
  const double y = std::min(a.y, b.y);
  return {x, y, std::max(right(a), right(b)) - x, std::max(bottom(a), bottom(b)) - y};
}

bool crosses(Point from, Point to, const Bounds& bounds) {
  // Liang & Barsky's clipping.
  const double edge = 0.5;
  double begin = 0;
  double end = 1;
  const double dx = to.x - from.x;
  const double dy = to.y - from.y;
  const double p[] = {-dx, dx, -dy, dy};
  const double q[] = {from.x - (bounds.x + edge), right(bounds) - edge - from.x, from.y - (bounds.y + edge),
                      bottom(bounds) - edge - from.y};
  for (int i = 0; i < 4; ++i) {
    if (p[i] == 0) {
      if (q[i] <= 0) return false;
      continue;
    }
    const double t = q[i] / p[i];
    if (p[i] < 0)
      begin = std::max(begin, t);
    else
      end = std::min(end, t);
  }
  return end - begin > 1e-6;
}

bool crosses(Point a, Point b, Point c, Point d) {
  if (std::max(a.x, b.x) < std::min(c.x, d.x) || std::max(c.x, d.x) < std::min(a.x, b.x)) return false;
  if (std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y)) return false;
  const double e = 1e-6;
  const double s = cross(a, b, c);
  const double t = cross(a, b, d);
  const double u = cross(c, d, a);
  const double v = cross(c, d, b);
  return ((s > e && t < -e) || (s < -e && t > e)) && ((u > e && v < -e) || (u < -e && v > e));
}

Point border_point(const Bounds& b, Outline outline, Point outside) {
  const auto c = middle(b);
  const double dx = outside.x - c.x;
  const double dy = outside.y - c.y;
  const double rx = std::max(b.width / 2, 0.01);
  const double ry = std::max(b.height / 2, 0.01);
  double share = 1;
  switch (outline) {
    case Outline::box:
      share = std::max(std::abs(dx) / rx, std::abs(dy) / ry);
      break;
    case Outline::round:
      share = std::hypot(dx / rx, dy / ry);
      break;
    case Outline::diamond:
      share = std::abs(dx) / rx + std::abs(dy) / ry;
      break;
  }
  if (share < 1e-9) return {c.x + rx, c.y};
  return {c.x + dx / share, c.y + dy / share};
}

double length(const std::vector<Point>& points) {
  double sum = 0;
  for (std::size_t i = 1; i < points.size(); ++i)
    sum += std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
  return sum;
}

Point point_at(const std::vector<Point>& points, double share) {
  if (points.empty()) return {};
  double left = length(points) * share;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double stretch = std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    if (left <= stretch && stretch > 0) {
      const double t = left / stretch;
      return {points[i - 1].x + (points[i].x - points[i - 1].x) * t,
              points[i - 1].y + (points[i].y - points[i - 1].y) * t};
    }
    left -= stretch;
  }
  return points.back();
}

}  // namespace echoflow::layout

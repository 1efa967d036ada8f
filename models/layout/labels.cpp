#include "models/layout/labels.hpp"

#include <algorithm>
#include <cmath>

namespace echoflow::layout {

namespace {

constexpr double cell_size = 160;
constexpr double line_cost = 3;
constexpr double gap = 3;
constexpr double covering_slack = 1.5;  // less is not covered
constexpr double line_slack = 1;
constexpr double most_cells = 4000;  // of one mark

int cell_of(double v) {
  return static_cast<int>(std::floor(std::clamp(v, -1e6, 1e6) / cell_size));
}

double shared_area(const Bounds& a, const Bounds& b) {
  const double w = std::min(right(a), right(b)) - std::max(a.x, b.x);
  const double h = std::min(bottom(a), bottom(b)) - std::max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

}  // namespace

void LabelPlacer::add(const Bounds& box, double cost) {
  const double cells = (box.width / cell_size + 1) * (box.height / cell_size + 1);
  if (!(cells < most_cells)) return;
  marks_.push_back({box, cost});
  for (int i = cell_of(box.x); i <= cell_of(right(box)); ++i)
    for (int j = cell_of(box.y); j <= cell_of(bottom(box)); ++j) cells_[{i, j}].push_back(marks_.size() - 1);
}

void LabelPlacer::add_line(const std::vector<Point>& points) {
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto a = points[i - 1];
    const auto b = points[i];
    const bool slanted = std::abs(a.x - b.x) > 4 && std::abs(a.y - b.y) > 4;
    const int parts = slanted ? static_cast<int>(std::min(40.0, std::hypot(a.x - b.x, a.y - b.y) / 12)) + 1 : 1;
    for (int k = 0; k < parts; ++k) {
      const Point from{a.x + (b.x - a.x) * k / parts, a.y + (b.y - a.y) * k / parts};
      const Point to{a.x + (b.x - a.x) * (k + 1) / parts, a.y + (b.y - a.y) * (k + 1) / parts};
      add({std::min(from.x, to.x) - 1, std::min(from.y, to.y) - 1, std::abs(from.x - to.x) + 2,
           std::abs(from.y - to.y) + 2},
          line_cost);
    }
  }
}

std::vector<std::size_t> LabelPlacer::marks_near(const Bounds& box) const {
  std::vector<std::size_t> seen;
  for (int i = cell_of(box.x); i <= cell_of(right(box)); ++i)
    for (int j = cell_of(box.y); j <= cell_of(bottom(box)); ++j) {
      const auto it = cells_.find({i, j});
      if (it != cells_.end()) seen.insert(seen.end(), it->second.begin(), it->second.end());
    }
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  return seen;
}

bool LabelPlacer::covers(const Bounds& box) const {
  const auto near = marks_near(box);
  return std::any_of(near.begin(), near.end(), [&](std::size_t m) {
    return overlap(box, marks_[m].box, marks_[m].cost > line_cost ? covering_slack : line_slack);
  });
}

double LabelPlacer::cost(const Bounds& box) const {
  double sum = 0;
  for (const auto m : marks_near(box)) {
    const double area = shared_area(box, marks_[m].box);
    if (area > 0) sum += marks_[m].cost * area + 60;
  }
  return sum;
}

void LabelPlacer::take_best(const std::vector<Bounds>& places, Label& label) {
  const Bounds* best = nullptr;
  double least = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double now = cost(places[i]) + static_cast<double>(i);
    if (best && now >= least) continue;
    best = &places[i];
    least = now;
  }
  if (!best) return;
  label.bounds = *best;
  add_text(label.bounds);
}

void LabelPlacer::place_around(const Bounds& s, bool above_first, Label& label) {
  const double w = label.bounds.width;
  const double h = label.bounds.height;
  const auto c = middle(s);
  const Bounds below{c.x - w / 2, bottom(s) + gap, w, h};
  const Bounds above{c.x - w / 2, s.y - h - gap, w, h};
  std::vector<Bounds> places = {above_first ? above : below, above_first ? below : above};
  for (const double y : {s.y - h - 1, bottom(s) + 1, c.y - h - 4, c.y + 4}) {
    places.push_back({right(s) + gap - (y < s.y || y > c.y + 10 ? s.width / 3 : 0), y, w, h});
    places.push_back({s.x - w - gap + (y < s.y || y > c.y + 10 ? s.width / 3 : 0), y, w, h});
  }
  for (const double far : {14.0, 30.0, 50.0}) {
    places.push_back({c.x - w / 2, bottom(s) + far, w, h});
    places.push_back({c.x - w / 2, s.y - h - far, w, h});
    places.push_back({right(s) + far, c.y + 4, w, h});
  }
  take_best(places, label);
}

void LabelPlacer::place_near(Label& label) {
  std::vector<Bounds> places;
  const auto& meant = label.bounds;
  for (const double far : {0.0, 6.0, 12.0, 20.0, 30.0, 42.0, 56.0, 72.0})
    for (const double turn : {0.0, 0.25, 0.5, 0.75, 0.125, 0.375, 0.625, 0.875}) {
      const double angle = turn * 2 * 3.14159265358979;
      places.push_back({meant.x + far * std::sin(angle), meant.y - far * std::cos(angle), meant.width, meant.height});
      if (far == 0) break;
    }
  take_best(places, label);
}

void LabelPlacer::place_along(const std::vector<Point>& points, Label& label) {
  const double w = label.bounds.width;
  const double h = label.bounds.height;
  std::vector<Bounds> places;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto a = points[i - 1];
    const auto b = points[i];
    const double stretch = std::hypot(a.x - b.x, a.y - b.y);
    if (stretch < 12 && points.size() > 2) continue;
    for (const double share : {0.5, 0.3, 0.7, 0.15, 0.85}) {
      const Point p{a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
      if (std::abs(a.y - b.y) <= std::abs(a.x - b.x)) {
        places.push_back({p.x - w / 2, p.y - h - gap, w, h});
        places.push_back({p.x - w / 2, p.y + gap, w, h});
      } else {
        places.push_back({p.x + gap, p.y - h / 2, w, h});
        places.push_back({p.x - w - gap, p.y - h / 2, w, h});
      }
    }
  }
  if (places.empty() && !points.empty()) places.push_back({points[0].x + gap, points[0].y + gap, w, h});
  take_best(places, label);
}

}  // namespace echoflow::layout

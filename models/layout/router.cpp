#include "models/layout/router.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <queue>

namespace echoflow::layout {

namespace {

constexpr double margin = 10;
constexpr double second_margin = 18;
constexpr double off_border = 3;  // no line lies on the border of a box that is not its own
constexpr double window = 220;
constexpr double long_border = 400;
constexpr std::size_t most_points = 400'000;
constexpr std::size_t most_boxes = 700;
constexpr float bend_cost = 45;
constexpr float on_line_cost = 4;  // per point of length
constexpr float across_line_cost = 60;
constexpr float across_frame_cost = 4;
constexpr float across_text_cost = 6;  // per point of length
constexpr float blocked = std::numeric_limits<float>::infinity();

enum Direction : std::uint8_t { east, south, west, north };

struct Port {
  Point at;
  Direction out = east;  ///< the direction in which a line leaves here
};

std::vector<Port> ports(const Bounds& b, Outline outline, Router::Sides sides) {
  std::vector<Port> result;
  const auto c = middle(b);
  std::vector<double> shares = {0.5};
  if (outline == Outline::box) {
    const double span = b.width;
    if (span > 70) shares = {0.5, 0.35, 0.65, 0.2, 0.8};
    if (span > long_border)
      for (double x = 40; x < span - 40 && shares.size() < 60; x += 30) shares.push_back(x / span);
  }
  for (const auto share : shares) {
    result.push_back({{b.x + b.width * share, bottom(b)}, south});
    result.push_back({{b.x + b.width * share, b.y}, north});
  }
  if (sides == Router::Sides::upright) return result;
  for (const double share :
       outline == Outline::box && b.height > 50 ? std::vector<double>{0.5, 0.25, 0.75} : std::vector<double>{0.5}) {
    result.push_back({{right(b), c.y - b.height / 2 + b.height * share}, east});
    result.push_back({{b.x, c.y - b.height / 2 + b.height * share}, west});
  }
  return result;
}

/// On a long border, ports right opposite to those of the other end.
void add_opposite(const Bounds& b, const std::vector<Port>& others, std::vector<Port>& result) {
  if (b.width <= long_border) return;
  for (const auto& other : others) {
    if (other.at.x < b.x + 40 || other.at.x > right(b) - 10) continue;
    result.push_back({{other.at.x, bottom(b)}, south});
    result.push_back({{other.at.x, b.y}, north});
  }
}

/// A grid of the lines along which it is worth to walk.
class Grid {
 public:
  Grid(std::vector<double> xs, std::vector<double> ys) : xs_(tidy(std::move(xs))), ys_(tidy(std::move(ys))) {
    level_.assign(xs_.size() * ys_.size(), 0);
    upright_.assign(xs_.size() * ys_.size(), 0);
  }

  std::size_t size() const { return xs_.size() * ys_.size(); }
  std::size_t columns() const { return xs_.size(); }
  double x(std::size_t i) const { return xs_[i]; }
  double y(std::size_t i) const { return ys_[i]; }
  std::size_t column(double v) const { return nearest(xs_, v); }
  std::size_t row(double v) const { return nearest(ys_, v); }
  /// Of the stretch to the right of, or below, the point.
  float level(std::size_t i, std::size_t j) const { return level_[j * xs_.size() + i]; }
  float upright(std::size_t i, std::size_t j) const { return upright_[j * xs_.size() + i]; }

  /// Adds to all stretches that run through the inside; `per_point` is multiplied with their length.
  void add(const Bounds& b, float fixed, float per_point) {
    const auto [i0, i1] = range(xs_, b.x, right(b));
    const auto [j0, j1] = range(ys_, b.y, bottom(b));
    for (auto j = j0; j < j1; ++j) {
      for (auto i = i0; i < i1; ++i) {
        const bool x_inside = xs_[i] > b.x + 0.1 && xs_[i] < right(b) - 0.1;
        const bool y_inside = ys_[j] > b.y + 0.1 && ys_[j] < bottom(b) - 0.1;
        if (y_inside && i + 1 < xs_.size() && xs_[i + 1] > b.x + 0.1 && xs_[i] < right(b) - 0.1)
          level_[j * xs_.size() + i] += fixed + per_point * static_cast<float>(xs_[i + 1] - xs_[i]);
        if (x_inside && j + 1 < ys_.size() && ys_[j + 1] > b.y + 0.1 && ys_[j] < bottom(b) - 0.1)
          upright_[j * xs_.size() + i] += fixed + per_point * static_cast<float>(ys_[j + 1] - ys_[j]);
      }
    }
  }

  /// A line that is there: dear to lie on, a little dear to cross.
  void add_line(Point a, Point b, float across) {
    const double x0 = std::min(a.x, b.x);
    const double x1 = std::max(a.x, b.x);
    const double y0 = std::min(a.y, b.y);
    const double y1 = std::max(a.y, b.y);
    const auto [i0, i1] = range(xs_, x0 - 3, x1 + 3);
    const auto [j0, j1] = range(ys_, y0 - 3, y1 + 3);
    const bool is_level = y1 - y0 < 1;
    const bool is_upright = x1 - x0 < 1;
    for (auto j = j0; j < j1; ++j)
      for (auto i = i0; i < i1; ++i) {
        const bool x_on = xs_[i] > x0 - 3 && xs_[i] < x1 + 3;
        const bool y_on = ys_[j] > y0 - 3 && ys_[j] < y1 + 3;
        auto& l = level_[j * xs_.size() + i];
        auto& u = upright_[j * xs_.size() + i];
        if (is_level && y_on && i + 1 < xs_.size() && xs_[i + 1] > x0 && xs_[i] < x1)
          l += on_line_cost * static_cast<float>(xs_[i + 1] - xs_[i]);
        if (is_upright && x_on && j + 1 < ys_.size() && ys_[j + 1] > y0 && ys_[j] < y1)
          u += on_line_cost * static_cast<float>(ys_[j + 1] - ys_[j]);
        if (!is_level && y_on && i + 1 < xs_.size() && xs_[i] <= x0 && xs_[i + 1] > x0) l += across;
        if (!is_upright && x_on && j + 1 < ys_.size() && ys_[j] <= y0 && ys_[j + 1] > y0) u += across;
      }
  }

 private:
  static std::vector<double> tidy(std::vector<double> v) {
    std::sort(v.begin(), v.end());
    v.erase(std::unique(v.begin(), v.end(), [](double a, double b) { return std::abs(a - b) < 0.01; }), v.end());
    return v;
  }
  static std::size_t nearest(const std::vector<double>& v, double at) {
    auto it = std::lower_bound(v.begin(), v.end(), at - 0.02);
    return static_cast<std::size_t>(std::min(it, v.end() - 1) - v.begin());
  }
  /// Indices whose point or following stretch may touch the interval.
  static std::pair<std::size_t, std::size_t> range(const std::vector<double>& v, double from, double to) {
    auto begin = std::upper_bound(v.begin(), v.end(), from);
    auto end = std::lower_bound(v.begin(), v.end(), to);
    if (begin != v.begin()) --begin;
    return {static_cast<std::size_t>(begin - v.begin()), static_cast<std::size_t>(std::max(begin, end) - v.begin())};
  }

  std::vector<double> xs_;
  std::vector<double> ys_;
  std::vector<float> level_;
  std::vector<float> upright_;
};

/// The cheapest way over the grid, by direction of arrival; Dijkstra with the distance to the goal as a bound (A*).
class Search {
 public:
  Search(const Grid& grid, const std::vector<Port>& from, const std::vector<Port>& to) : grid_(grid) {
    cost_.assign(grid.size() * 4, blocked);
    came_.assign(grid.size() * 4, none);
    for (const auto& port : to) goals_.emplace_back(index(port.at), static_cast<std::uint8_t>((port.out + 2) % 4));
    goal_ = {to.front().at.x, to.front().at.y, 0, 0};
    for (const auto& port : to) goal_ = joined(goal_, {port.at.x, port.at.y, 0, 0});
    for (std::size_t i = 0; i < from.size(); ++i)
      reach(index(from[i].at) * 4 + from[i].out, static_cast<float>(i) * 0.5F, none);
  }

  std::vector<Point> run() {
    while (!queue_.empty()) {
      const auto [bound, state] = queue_.top();
      queue_.pop();
      if (done(state)) return path(state);
      const float cost = cost_[state];
      if (bound > cost + estimate(state / 4) + 0.01F) continue;
      for (std::uint8_t d = 0; d < 4; ++d) {
        // A line leaves its box at a right angle.
        if ((d + 2U) % 4 == state % 4 || (came_[state] == none && d != state % 4)) continue;
        step(state, cost, d);
      }
    }
    return {};
  }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t index(Point p) const {
    return static_cast<std::uint32_t>(grid_.row(p.y) * grid_.columns() + grid_.column(p.x));
  }

  float estimate(std::uint32_t point) const {
    const double x = grid_.x(point % grid_.columns());
    const double y = grid_.y(point / grid_.columns());
    return static_cast<float>(std::max({goal_.x - x, x - right(goal_), 0.0}) +
                              std::max({goal_.y - y, y - bottom(goal_), 0.0}));
  }

  bool done(std::uint32_t state) const {
    return std::find(goals_.begin(), goals_.end(), std::pair(state / 4, static_cast<std::uint8_t>(state % 4))) !=
           goals_.end();
  }

  void step(std::uint32_t state, float cost, std::uint8_t d) {
    const auto columns = static_cast<std::uint32_t>(grid_.columns());
    const auto point = state / 4;
    const auto i = point % columns;
    const auto j = point / columns;
    const auto rows = static_cast<std::uint32_t>(grid_.size() / columns);
    if ((d == east && i + 1 == columns) || (d == west && i == 0) || (d == south && j + 1 == rows) ||
        (d == north && j == 0))
      return;
    const auto ni = d == east ? i + 1 : d == west ? i - 1 : i;
    const auto nj = d == south ? j + 1 : d == north ? j - 1 : j;
    float more = static_cast<float>(std::abs(grid_.x(ni) - grid_.x(i)) + std::abs(grid_.y(nj) - grid_.y(j)));
    more += d == east || d == west ? grid_.level(std::min(i, ni), j) : grid_.upright(i, std::min(j, nj));
    if (d != state % 4) more += bend_cost;
    reach((nj * columns + ni) * 4 + d, cost + more, state);
  }

  void reach(std::uint32_t state, float cost, std::uint32_t from) {
    if (cost >= cost_[state] || cost == blocked) return;
    cost_[state] = cost;
    came_[state] = from;
    queue_.emplace(cost + estimate(state / 4), state);
  }

  std::vector<Point> path(std::uint32_t state) const {
    std::vector<Point> points;
    for (; state != none; state = came_[state])
      points.push_back({grid_.x(state / 4 % grid_.columns()), grid_.y(state / 4 / grid_.columns())});
    std::reverse(points.begin(), points.end());
    return without_needless(std::move(points));
  }

  const Grid& grid_;
  std::vector<float> cost_;
  std::vector<std::uint32_t> came_;
  std::vector<std::pair<std::uint32_t, std::uint8_t>> goals_;
  Bounds goal_;
  std::priority_queue<std::pair<float, std::uint32_t>, std::vector<std::pair<float, std::uint32_t>>, std::greater<>>
      queue_;
};

std::vector<Point> plain(const Router::Request& request) {
  const auto a = middle(request.from);
  const auto b = middle(request.to);
  if (request.from_sides == Router::Sides::upright || std::abs(b.x - a.x) < std::abs(b.y - a.y)) {
    const bool down = b.y >= a.y;
    const Point from{a.x, down ? bottom(request.from) : request.from.y};
    const Point to{b.x, down ? request.to.y : bottom(request.to)};
    const double y = (from.y + to.y) / 2;
    return without_needless({from, {from.x, y}, {to.x, y}, to});
  }
  const bool rightwards = b.x >= a.x;
  const Point from{rightwards ? right(request.from) : request.from.x, a.y};
  const Point to{rightwards ? request.to.x : right(request.to), b.y};
  const double x = (from.x + to.x) / 2;
  return without_needless({from, {x, from.y}, {x, to.y}, to});
}

}  // namespace

void Router::add_line(const std::vector<Point>& points) {
  for (std::size_t i = 1; i < points.size(); ++i) stretches_.push_back({points[i - 1], points[i], false});
}

void Router::add_frame(const Bounds& b) {
  const Point corners[] = {{b.x, b.y}, {right(b), b.y}, {right(b), bottom(b)}, {b.x, bottom(b)}};
  for (std::size_t i = 0; i < 4; ++i) stretches_.push_back({corners[i], corners[(i + 1) % 4], true});
}

void Router::forget(const std::vector<Point>& points) {
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto it = std::find_if(stretches_.begin(), stretches_.end(), [&](const Stretch& stretch) {
      return !stretch.frame && stretch.a == points[i - 1] && stretch.b == points[i];
    });
    if (it != stretches_.end()) stretches_.erase(it);
  }
}

std::vector<Point> Router::route(const Request& request) {
  auto from = ports(request.from, request.from_outline, request.from_sides);
  auto to = ports(request.to, request.to_outline, request.to_sides);
  const auto to_as_it_is = to;
  add_opposite(request.to, from, to);
  add_opposite(request.from, to_as_it_is, from);
  const auto view = grown(joined(request.from, request.to), window);
  std::vector<const Bounds*> near;
  std::vector<double> xs;
  std::vector<double> ys;
  for (const auto& port : from) xs.push_back(port.at.x), ys.push_back(port.at.y);
  for (const auto& port : to) xs.push_back(port.at.x), ys.push_back(port.at.y);
  for (const auto& box : boxes_) {
    if (!overlap(view, box)) continue;
    near.push_back(&box);
    for (const double m : {margin, second_margin}) {
      xs.insert(xs.end(), {box.x - m, right(box) + m});
      ys.insert(ys.end(), {box.y - m, bottom(box) + m});
    }
  }
  for (const auto* box : {&request.from, &request.to})
    xs.insert(xs.end(), {box->x - margin, right(*box) + margin}),
        ys.insert(ys.end(), {box->y - margin, bottom(*box) + margin});
  for (const auto y : levels_)
    if (y > view.y && y < bottom(view)) ys.push_back(y);
  std::vector<Point> points;
  if (near.size() <= most_boxes) {
    Grid grid(std::move(xs), std::move(ys));
    if (grid.size() <= most_points) {
      for (const auto* box : near)
        grid.add(*box == request.from || *box == request.to ? *box : grown(*box, off_border), blocked, 0);
      for (const auto& text : texts_)
        if (overlap(view, text)) grid.add(text, 0, across_text_cost);
      for (const auto& [a, b, frame] : stretches_)
        if (overlap(view, grown({std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)}, 1)))
          grid.add_line(a, b, frame ? across_frame_cost : across_line_cost);
      points = Search(grid, from, to).run();
    }
  }
  if (points.size() < 2) points = plain(request);
  add_line(points);
  return points;
}

}  // namespace echoflow::layout

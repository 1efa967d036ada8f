#pragma once
#include <vector>

#include "models/layout/points.hpp"

namespace echoflow::layout {

/// Leads lines level and upright around boxes, with few bends, rather beside other lines than on them.
class Router {
 public:
  enum class Sides : std::uint8_t { all, upright };  ///< upright: leaves and enters at the top or bottom

  /// Lines keep off a box, those that begin or end at it as well.
  void add_box(const Bounds& box) { boxes_.push_back(box); }
  /// Lines rather keep off it (a label).
  void add_text(const Bounds& box) { texts_.push_back(box); }
  void add_line(const std::vector<Point>& points);
  /// A line may cross a frame, but not lie on it.
  void add_frame(const Bounds& box);
  /// A height at which lines may run, besides those beside boxes.
  void add_level(double y) { levels_.push_back(y); }

  struct Request {
    Bounds from;
    Outline from_outline = Outline::box;
    Bounds to;
    Outline to_outline = Outline::box;
    Sides from_sides = Sides::all;
    Sides to_sides = Sides::all;
  };
  /// From border to border. Where nothing leads around (or there is too much to look at), a plain line with corners
  /// through what stands in the way. The line is remembered.
  std::vector<Point> route(const Request& request);
  /// A line that was routed is not there any more.
  void forget(const std::vector<Point>& points);

 private:
  std::vector<Bounds> boxes_;
  std::vector<Bounds> texts_;
  std::vector<double> levels_;
  struct Stretch {
    Point a;
    Point b;
    bool frame = false;
  };
  std::vector<Stretch> stretches_;
};

}  // namespace echoflow::layout

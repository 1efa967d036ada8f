#pragma once
// Inside models/layout only.
#include <map>
#include <vector>

#include "models/layout/points.hpp"
#include "models/layout/text.hpp"

namespace echoflow::layout {

/// Finds places for texts where they cover little.
class LabelPlacer {
 public:
  void add_box(const Bounds& box) { add(box, 10); }
  void add_text(const Bounds& box) { add(box, 12); }
  void add_line(const std::vector<Point>& points);

  /// Below, above, right or left of a symbol; the place is remembered.
  void place_around(const Bounds& symbol, bool above_first, Label& label);
  /// Where it is meant to be when nothing is covered there, else as near to it as can be.
  void place_near(Label& label);
  /// It would lie on a symbol, another text or a line.
  bool covers(const Bounds& box) const;
  /// Beside a level or upright stretch of a line, rather near its beginning.
  void place_along(const std::vector<Point>& points, Label& label);

 private:
  struct Mark {
    Bounds box;
    double cost = 0;  ///< for each point of area
  };
  void add(const Bounds& box, double cost);
  double cost(const Bounds& box) const;
  std::vector<std::size_t> marks_near(const Bounds& box) const;
  void take_best(const std::vector<Bounds>& places, Label& label);

  std::vector<Mark> marks_;
  std::map<std::pair<int, int>, std::vector<std::size_t>> cells_;
};

}  // namespace echoflow::layout

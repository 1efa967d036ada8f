#pragma once
// Inside models/layout only.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/layout/members.hpp"
#include "models/layout/points.hpp"

namespace echoflow::layout {

/// Where the nodes of a source's drawing stand, put right and completed.
struct KeptPlaces {
  explicit KeptPlaces(const graph::ProcessGraph& of) : graph(of), members(of) {}

  const graph::ProcessGraph& graph;
  Members members;
  double scale = 1;                       ///< the source's unit in points, and larger where boxes are too small
  std::map<graph::NodeIndex, Bounds> at;  ///< all that is drawn but lanes
  std::set<graph::NodeIndex> open;        ///< sub-processes whose inside is drawn
  std::vector<double> offsets;            ///< downwards, by process

  Bounds scaled(const Bounds& b) const;
  /// How far down the process around the container was moved.
  double offset(graph::ContainerIndex container) const;
  /// How many sub-processes are around the container.
  std::size_t depth(graph::ContainerIndex container) const;
};

KeptPlaces kept_places(const graph::ProcessGraph& graph, const std::string& language);

/// Finite, and not beyond anything that can be drawn.
bool sane(const Bounds& bounds);
bool sane(const std::vector<Point>& points);
bool is_boundary(const graph::Node& node);
/// Organisations and documents of chains are boxes with their names in them; other signs do not grow with a box.
bool named_inside(const graph::Node& node, const Bounds& bounds);

}  // namespace echoflow::layout

#include <algorithm>

#include "models/layout/diagram.hpp"
#include "models/layout/own_layout.hpp"
#include "models/layout/points.hpp"

namespace echoflow::layout {

namespace {

constexpr double page_margin = 20;

class Extent {
 public:
  void add(const Bounds& b) {
    all_ = empty_ ? b : joined(all_, b);
    empty_ = false;
  }
  void add(Point p) { add(Bounds{p.x, p.y, 0, 0}); }
  Bounds all() const { return all_; }

 private:
  Bounds all_;
  bool empty_ = true;
};

/// Moves everything so that a margin is left around it.
void settle(Diagram& diagram) {
  Extent extent;
  for (const auto& pool : diagram.pools) extent.add(pool.bounds);
  for (const auto& lane : diagram.lanes) extent.add(lane.bounds);
  for (const auto& node : diagram.nodes) {
    extent.add(node.bounds);
    if (!node.label.lines.empty()) extent.add(node.label.bounds);
  }
  for (const auto& edge : diagram.edges) {
    for (const auto& point : edge.points) extent.add(point);
    if (!edge.label.lines.empty()) extent.add(edge.label.bounds);
  }
  const auto all = extent.all();
  const double dx = page_margin - all.x;
  const double dy = page_margin - all.y;
  const auto move = [&](Bounds& b) { b.x += dx, b.y += dy; };
  for (auto& pool : diagram.pools) move(pool.bounds), move(pool.label.bounds);
  for (auto& lane : diagram.lanes) move(lane.bounds), move(lane.label.bounds);
  for (auto& node : diagram.nodes) move(node.bounds), move(node.label.bounds);
  for (auto& edge : diagram.edges) {
    for (auto& point : edge.points) point.x += dx, point.y += dy;
    move(edge.label.bounds);
  }
  diagram.width = all.width + 2 * page_margin;
  diagram.height = all.height + 2 * page_margin;
}

}  // namespace

Diagram lay_out(const graph::ProcessGraph& graph, const LayoutOptions& options) {
  const bool keep =
      options.placement == Placement::source || (options.placement == Placement::source_first && has_layout(graph));
  auto diagram = keep ? kept_layout(graph, options.language) : own_layout(graph, options.language);
  settle(diagram);
  return diagram;
}

}  // namespace echoflow::layout

#include <algorithm>
#include <cmath>

#include "models/layout/paint.hpp"
#include "models/layout/pen.hpp"
#include "models/layout/text.hpp"

namespace echoflow::layout {

namespace {

constexpr double corner = 5;
constexpr double ascent = 0.92;  // of the font's size, from the line's top to its baseline

Point towards(Point from, Point to, double distance) {
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  if (length < 1e-9) return from;
  return {from.x + (to.x - from.x) * distance / length, from.y + (to.y - from.y) * distance / length};
}

/// With its corners a little round, so that the eye follows.
Path rounded(const std::vector<Point>& points, const Style& style) {
  Path path{{}, style};
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto& p = points[i];
    if (i == 0 || i + 1 == points.size()) {
      path.segments.push_back({i == 0 ? Step::move : Step::line, p, {}, {}});
      continue;
    }
    const double room = std::min(std::hypot(p.x - points[i - 1].x, p.y - points[i - 1].y),
                                 std::hypot(points[i + 1].x - p.x, points[i + 1].y - p.y)) /
                        2;
    const double r = std::min(corner, room);
    path.segments.push_back({Step::line, towards(p, points[i - 1], r), {}, {}});
    path.segments.push_back({Step::curve, towards(p, points[i + 1], r), towards(p, points[i - 1], r * 0.4),
                             towards(p, points[i + 1], r * 0.4)});
  }
  return path;
}

/// A triangle with its tip at `tip`, seen from `from`.
std::vector<Point> head(Point from, Point tip, double length, double width) {
  const auto base = towards(tip, from, length);
  const double dx = (base.x - tip.x) / length * width / 2;
  const double dy = (base.y - tip.y) / length * width / 2;
  return {{base.x - dy, base.y + dx}, tip, {base.x + dy, base.y - dx}};
}

class EdgePainter {
 public:
  EdgePainter(const graph::ProcessGraph& graph, const PlacedEdge& edge, bool taken, std::vector<Shape>& shapes)
      : graph_(graph), edge_(edge), taken_(taken), shapes_(shapes) {}

  void run() {
    if (edge_.points.size() < 2) return;
    switch (edge_.kind) {
      case EdgeKind::flow:
        return flow(graph_.flow(static_cast<graph::FlowIndex>(edge_.index)));
      case EdgeKind::message:
        return message();
      case EdgeKind::relation:
        return relation(graph_.relations[edge_.index]);
    }
  }

 private:
  Point second() const { return edge_.points[1]; }
  Point before_last() const { return edge_.points[edge_.points.size() - 2]; }

  // BPMN 2.0 §8.4.13, Table 7.2 (sequence flows)
  void flow(const graph::Flow& flow) {
    const auto colour = taken_ ? palette::taken : palette::line;
    const double width = taken_ ? 2.6 : 1.3;
    shapes_.emplace_back(rounded(edge_.points, {colour, std::nullopt, width}));
    const auto from = graph_.source(static_cast<graph::FlowIndex>(edge_.index));
    const auto& start = edge_.points.front();
    if (graph_.node(from).default_flow == edge_.index) {
      const auto at = towards(start, second(), 9);
      const auto along = towards({0, 0}, {second().x - start.x, second().y - start.y}, 4);
      shapes_.emplace_back(pen::line(
          {{at.x - along.x - along.y, at.y - along.y + along.x}, {at.x + along.x + along.y, at.y + along.y - along.x}},
          {colour, std::nullopt, 1.5}));
    } else if (flow.condition && graph_.node(from).as<graph::Activity>()) {
      const auto far = towards(start, second(), 15);
      const auto half = head(second(), towards(start, second(), 0.01), 7.5, 9);
      shapes_.emplace_back(pen::polygon({start, half[0], far, half[2]}, {colour, white, 1.2}));
    }
    shapes_.emplace_back(pen::polygon(head(before_last(), edge_.points.back(), 9, 8), {colour, colour, 1}));
  }

  // BPMN 2.0 §9.4 (message flows)
  void message() {
    shapes_.emplace_back(rounded(edge_.points, {palette::line, std::nullopt, 1.2, Dash::dashed}));
    shapes_.emplace_back(pen::circle(towards(edge_.points.front(), second(), 3.5), 3.5, {palette::line, white, 1.2}));
    shapes_.emplace_back(pen::polygon(head(before_last(), edge_.points.back(), 9, 9), {palette::line, white, 1.2}));
  }

  // BPMN 2.0 §8.4.1 (associations) and §10.4.2 (data associations)
  void relation(const graph::Relation& relation) {
    const bool compensation = relation.kind == graph::RelationKind::compensates;
    shapes_.emplace_back(rounded(edge_.points, {palette::line, std::nullopt, 1.2, Dash::dotted}));
    const bool reads = relation.kind == graph::RelationKind::reads;
    const bool writes = relation.kind == graph::RelationKind::writes;
    if (!reads && !writes && !compensation) return;
    const bool data_first = relation.from < graph_.node_count() && graph_.node(relation.from).as<graph::Data>();
    const bool at_end = compensation || reads == data_first;
    const Style open{palette::line, std::nullopt, 1.2};
    const auto tip = at_end ? edge_.points.back() : edge_.points.front();
    shapes_.emplace_back(pen::line(head(at_end ? before_last() : second(), tip, 8, 9), open));
  }

  const graph::ProcessGraph& graph_;
  const PlacedEdge& edge_;
  bool taken_;
  std::vector<Shape>& shapes_;
};

}  // namespace

void paint_label(const Label& label, bool centred, bool upwards, bool bold, std::vector<Shape>& shapes) {
  const double step = label.size * line_height;
  const auto count = static_cast<double>(label.lines.size());
  for (std::size_t i = 0; i < label.lines.size(); ++i) {
    Text text;
    text.text = label.lines[i];
    text.size = label.size;
    text.bold = bold;
    text.upwards = upwards;
    text.width = text_width(text.text, text.size, bold);
    text.anchor = centred ? Anchor::middle : Anchor::start;
    const double down = static_cast<double>(i) * step + label.size * ascent;
    const auto c = middle(label.bounds);
    if (upwards)
      text.at = {c.x - count * step / 2 + down, c.y};
    else if (centred)
      text.at = {c.x, c.y - count * step / 2 + down};
    else
      text.at = {label.bounds.x, label.bounds.y + down};
    shapes.emplace_back(std::move(text));
  }
}

void paint_edge(const graph::ProcessGraph& graph, const PlacedEdge& edge, bool taken, std::vector<Shape>& shapes) {
  EdgePainter(graph, edge, taken, shapes).run();
}

}  // namespace echoflow::layout

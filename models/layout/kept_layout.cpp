#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "models/layout/block.hpp"
#include "models/layout/kept_places.hpp"
#include "models/layout/labels.hpp"
#include "models/layout/line_ends.hpp"
#include "models/layout/text.hpp"

namespace echoflow::layout {

namespace {

using graph::NodeIndex;
using graph::none;

constexpr double kept_head = 30;
constexpr double border = 1.5;
constexpr double enough = 0.6;  // of the flow nodes must have a place of their own

double distance(Point p, const Bounds& b) {
  return std::hypot(p.x - middle(b).x, p.y - middle(b).y);
}

class Keeper {
 public:
  Keeper(const graph::ProcessGraph& graph, const std::string& language)
      : graph_(graph), language_(language), p_(kept_places(graph, language)) {}

  Diagram run() {
    diagram_.kept = true;
    add_lanes_and_pools();
    add_nodes();
    add_edges();
    add_labels();
    lead_other_lines(graph_, p_.members, language_, diagram_);
    return std::move(diagram_);
  }

 private:
  // --- lanes and pools -----------------------------------------------------------------------------------------------

  void add_lanes_and_pools() {
    for (std::size_t p = 0; p < graph_.participants.size(); ++p) add_pool(p);
    for (NodeIndex n = 0; n < graph_.node_count(); ++n)
      if (is_lane(graph_.node(n)) && p_.members.shown[n]) add_lane(n);
    // Outer lanes before the lanes in them.
    std::stable_sort(diagram_.lanes.begin(), diagram_.lanes.end(), [&](const PlacedLane& a, const PlacedLane& b) {
      return graph_.node(a.node).lanes.size() < graph_.node(b.node).lanes.size();
    });
  }

  template <class Belongs>
  std::optional<Bounds> around(Belongs belongs) const {
    std::optional<Bounds> all;
    for (const auto& [n, b] : p_.at)
      if (belongs(graph_.node(n))) all = all ? joined(*all, b) : b;
    return all;
  }

  double lowest() const {
    double low = 0;
    for (const auto& [n, b] : p_.at) low = std::max(low, bottom(b));
    for (const auto& pool : diagram_.pools) low = std::max(low, bottom(pool.bounds));
    return low;
  }

  void add_pool(std::size_t p) {
    const auto& participant = graph_.participants[p];
    PlacedPool pool{p, {}, {}};
    const auto process = participant.process;
    const bool black = process >= graph_.containers.size() || p_.members.in_container[process].empty();
    const auto inside =
        black ? std::nullopt : around([&](const graph::Node& node) { return node.container == process; });
    if (participant.bounds && sane(*participant.bounds) && participant.bounds->width > 4) {
      pool.bounds = p_.scaled(*participant.bounds);
      pool.bounds.y += p_.offset(process);
    } else if (inside) {
      pool.bounds = grown(*inside, 24);
      pool.bounds.x -= kept_head, pool.bounds.width += kept_head;
    } else {
      pool.bounds = {20, lowest() + 40, 400, 60};
    }
    if (inside && !contains(pool.bounds, *inside, 4)) pool.bounds = joined(pool.bounds, grown(*inside, 8));
    const std::string name(participant.name.in(language_));
    frame_label(name, black ? Bounds{} : pool.bounds, participant.horizontal, pool.label);
    if (black) {
      const bool upright = pool.bounds.height > 2.5 * pool.bounds.width;
      if (upright) {
        pool.label = fit(name, pool.bounds.height - 8, pool.bounds.width - 6, font_size, smallest_font);
      } else {
        pool.label = fit(name, pool.bounds.width - 8, pool.bounds.height - 6, font_size, smallest_font);
      }
      pool.label.bounds = pool.bounds;
    }
    diagram_.pools.push_back(std::move(pool));
  }

  void frame_label(const std::string& name, const Bounds& frame, bool horizontal, Label& label) const {
    const double along = std::max(20.0, (horizontal ? frame.height : frame.width) - 8);
    label = fit(name, along, kept_head - 4, font_size, smallest_font);
    label.bounds = horizontal ? Bounds{frame.x, frame.y, kept_head, frame.height}
                              : Bounds{frame.x, frame.y, frame.width, kept_head};
  }

  void add_lane(NodeIndex n) {
    const auto& node = graph_.node(n);
    PlacedLane lane{n, {}, {}};
    if (node.bounds && sane(*node.bounds) && node.bounds->width > 4) {
      lane.bounds = p_.scaled(*node.bounds);
      lane.bounds.y += p_.offset(node.container);
    } else {
      const auto inside = around([&](const graph::Node& other) {
        return std::find(other.lanes.begin(), other.lanes.end(), node.id) != other.lanes.end();
      });
      lane.bounds = inside ? grown(*inside, 16) : Bounds{20, lowest() + 40, 400, 60};
      lane.bounds.x -= kept_head, lane.bounds.width += kept_head;
    }
    frame_label(std::string(node.name.in(language_)), lane.bounds, node.horizontal, lane.label);
    diagram_.lanes.push_back(std::move(lane));
  }

  // --- nodes, lines, texts -------------------------------------------------------------------------------------------

  void add_nodes() {
    std::vector<std::tuple<bool, std::size_t, bool, NodeIndex>> order;
    for (const auto& [n, b] : p_.at) {
      const auto& node = graph_.node(n);
      order.emplace_back(node.as<graph::Group>() != nullptr, p_.depth(node.container), is_boundary(node), n);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [group, deep, boundary, n] : order) {
      PlacedNode placed;
      placed.node = n;
      placed.bounds = p_.at[n];
      placed.open = p_.open.contains(n);
      placed.inside =
          symbol_of(graph_.node(n)).label == LabelPlace::inside || named_inside(graph_.node(n), placed.bounds);
      if (graph_.node(n).as<graph::Note>()) size_note(placed);
      diagram_.nodes.push_back(std::move(placed));
    }
  }

  /// As large as its text needs, and moved a little where it would cover something.
  void size_note(PlacedNode& placed) {
    const auto text = caption(graph_.node(placed.node), language_);
    auto& b = placed.bounds;
    const double width = std::max(60.0, b.width - 12);
    placed.label = fit(text, width, std::max(12.0, b.height - 6), font_size, 8);
    if (placed.label.cut) placed.label = flowing(text, width, 9);
    b.height = std::max(b.height, placed.label.bounds.height + 6);
    b.width = std::max(b.width, placed.label.bounds.width + 12);
    const auto covers = [&](const Bounds& at) {
      return std::any_of(p_.at.begin(), p_.at.end(), [&](const auto& other) {
        return other.first != placed.node && !p_.open.contains(other.first) &&
               !graph_.node(other.first).template as<graph::Group>() && overlap(at, other.second, border);
      });
    };
    const auto given = b;
    for (double far = 5; far <= 80 && covers(b); far += 5)
      for (const auto& [x, y] : {std::pair(0, -1), std::pair(0, 1), std::pair(-1, 0), std::pair(1, 0)}) {
        b = {given.x + far * x, given.y + far * y, given.width, given.height};
        if (!covers(b)) break;
      }
    if (covers(b)) b = given;
    placed.label.bounds.x = b.x + 8;
    placed.label.bounds.y = b.y + 3;
    p_.at[placed.node] = b;
  }

  std::vector<Point> scaled(std::vector<Point> points) const {
    for (auto& point : points) point.x *= p_.scale, point.y *= p_.scale;
    return points;
  }

  bool runs_through(const std::vector<Point>& points, const End& from, const End& to) const {
    const auto in_the_way = [&](const std::pair<const NodeIndex, Bounds>& other) {
      if (p_.open.contains(other.first) || graph_.node(other.first).as<graph::Group>()) return false;
      if (other.second == from.bounds || other.second == to.bounds) return false;
      // A line of a boundary event, that begins on the activity's border.
      if (overlap(other.second, from.bounds) || overlap(other.second, to.bounds)) return false;
      const auto inner = grown(other.second, -border);
      for (std::size_t i = 1; i < points.size(); ++i)
        if (crosses(points[i - 1], points[i], inner)) return true;
      return false;
    };
    return std::any_of(p_.at.begin(), p_.at.end(), in_the_way);
  }

  void add_edge(EdgeKind kind, std::size_t index, const std::vector<Point>& waypoints, const std::optional<End>& from,
                const std::optional<End>& to, const std::string& text, const std::optional<Bounds>& label,
                double down) {
    if (!from || !to || !sane(waypoints)) return;
    auto points = scaled(waypoints);
    for (auto& point : points) point.y += down;
    // The graph's relations may point the other way than the source's line.
    if (kind == EdgeKind::relation && distance(points.front(), from->bounds) > distance(points.front(), to->bounds))
      std::reverse(points.begin(), points.end());
    points = between(std::move(points), *from, *to);
    // Through a symbol: it is led anew.
    if (points.size() < 2 || runs_through(points, *from, *to)) return;
    PlacedEdge edge{kind, index, std::move(points), {}};
    const bool placed = label && sane(*label) && label->width > 4 && !(label->x == 0 && label->y == 0);
    edge.label = flowing(text, placed ? std::clamp(label->width * p_.scale, 40.0, 160.0) : 90, 10);
    if (placed && !text.empty()) {
      const auto given = p_.scaled(*label);
      edge.label.bounds.x = middle(given).x - edge.label.bounds.width / 2;
      edge.label.bounds.y = given.y + down;
      label_known_.insert({kind, index});
    }
    diagram_.edges.push_back(std::move(edge));
  }

  std::optional<End> end_of(NodeIndex n) const {
    const auto it = p_.at.find(n);
    if (it == p_.at.end()) return std::nullopt;
    return End{it->second, symbol_of(graph_.node(n)).outline};
  }

  std::optional<End> end_of_id(const std::string& id) const {
    if (auto end = end_of(graph_.find(id))) return end;
    for (const auto& pool : diagram_.pools)
      if (graph_.participants[pool.participant].id == id) return End{pool.bounds, Outline::box};
    return std::nullopt;
  }

  double offset_of_id(const std::string& id) const {
    if (const auto n = graph_.find(id); n != none) return p_.offset(graph_.node(n).container);
    for (const auto& participant : graph_.participants)
      if (participant.id == id) return p_.offset(participant.process);
    return 0;
  }

  void add_edges() {
    for (graph::FlowIndex f = 0; f < graph_.flow_count(); ++f) {
      const auto& flow = graph_.flow(f);
      add_edge(EdgeKind::flow, f, flow.waypoints, end_of(graph_.source(f)), end_of(graph_.target(f)),
               caption(graph_, f, language_), flow.label, p_.offset(graph_.node(graph_.source(f)).container));
    }
    for (std::size_t m = 0; m < graph_.message_flows.size(); ++m) {
      const auto& flow = graph_.message_flows[m];
      const double down = offset_of_id(flow.from);
      if (down == offset_of_id(flow.to))
        add_edge(EdgeKind::message, m, flow.waypoints, end_of_id(flow.from), end_of_id(flow.to),
                 std::string(flow.name.in(language_)), flow.label, down);
    }
    for (std::size_t r = 0; r < graph_.relations.size(); ++r) {
      const auto& relation = graph_.relations[r];
      if (has_line(graph_, relation) && relation.to < graph_.node_count())
        add_edge(EdgeKind::relation, r, relation.waypoints, end_of(relation.from), end_of(relation.to), "",
                 std::nullopt, p_.offset(graph_.node(relation.from).container));
    }
  }

  void add_labels() {
    LabelPlacer placer;
    for (const auto& lane : diagram_.lanes) placer.add_text(lane.label.bounds);
    for (const auto& pool : diagram_.pools) placer.add_text(pool.label.bounds);
    for (const auto& edge : diagram_.edges) placer.add_line(edge.points);
    for (auto& node : diagram_.nodes) {
      if (!node.open && !graph_.node(node.node).as<graph::Group>()) placer.add_box(node.bounds);
      if (node.inside) inner_label(node);
    }
    std::vector<PlacedNode*> free;
    std::vector<Label*> covering;
    for (auto& node : diagram_.nodes)
      if (!node.inside && !keep_label(node, placer, covering)) free.push_back(&node);
    for (auto& edge : diagram_.edges)
      if (label_known_.contains({edge.kind, edge.index})) keep(edge.label, placer, covering);
    for (auto* label : covering) placer.place_near(*label);
    for (auto* node : free) {
      const bool above = symbol_of(graph_.node(node->node)).label == LabelPlace::above;
      if (!node->label.lines.empty()) placer.place_around(node->bounds, above, node->label);
    }
    for (auto& edge : diagram_.edges)
      if (!edge.label.lines.empty() && !label_known_.contains({edge.kind, edge.index}))
        placer.place_along(edge.points, edge.label);
  }

  /// At the source's place, unless it covers something there.
  static void keep(Label& label, LabelPlacer& placer, std::vector<Label*>& covering) {
    if (placer.covers(label.bounds))
      covering.push_back(&label);
    else
      placer.add_text(label.bounds);
  }

  void inner_label(PlacedNode& placed) const {
    const auto& node = graph_.node(placed.node);
    const auto text = caption(node, language_);
    auto area = text_area(node, placed.bounds);
    if (placed.open) {
      placed.label = flowing(text, std::max(40.0, placed.bounds.width - 20), font_size);
      placed.label.bounds.x = middle(placed.bounds).x - placed.label.bounds.width / 2;
      placed.label.bounds.y = placed.bounds.y + 5;
      return;
    }
    if (node.as<graph::Note>()) return;
    if (node.as<graph::Group>()) {
      area = {placed.bounds.x + 8, placed.bounds.y + 3, std::max(60.0, placed.bounds.width - 12),
              std::max(12.0, placed.bounds.height - 6)};
      placed.label = fit(text, area.width, area.height, font_size, 8);
      if (placed.label.cut) placed.label = flowing(text, area.width, 9);
      placed.label.bounds.x = area.x;
      placed.label.bounds.y = area.y;
      return;
    }
    placed.label = fit(text, area.width, area.height, font_size, smallest_font);
    placed.label.bounds.x = area.x + (area.width - placed.label.bounds.width) / 2;
    placed.label.bounds.y = area.y + (area.height - placed.label.bounds.height) / 2;
  }

  /// The source's place for a text, where it has one beside the symbol.
  bool keep_label(PlacedNode& placed, LabelPlacer& placer, std::vector<Label*>& covering) const {
    const auto& node = graph_.node(placed.node);
    const bool small = is_boundary(node);
    placed.label = flowing(caption(node, language_), label_width, small ? 10 : font_size);
    if (!node.label || !sane(*node.label) || node.label->width < 4 || placed.label.lines.empty()) return false;
    auto given = p_.scaled(*node.label);
    given.y += p_.offset(node.container);
    placed.label = flowing(caption(node, language_), std::clamp(given.width + 2, 60.0, 180.0), small ? 10 : font_size);
    auto& b = placed.label.bounds;
    b.x = middle(given).x - b.width / 2;
    b.y = given.y;
    if (given.y + given.height <= placed.bounds.y + 2) b.y = given.y + given.height - b.height;
    const auto own = grown(placed.bounds, -placed.bounds.width / 5);
    const double far = 200;
    if (overlap(own, b) || !overlap(grown(placed.bounds, far), b)) return false;
    keep(placed.label, placer, covering);
    return true;
  }

  const graph::ProcessGraph& graph_;
  const std::string& language_;
  KeptPlaces p_;
  Diagram diagram_;
  std::set<std::pair<EdgeKind, std::size_t>> label_known_;
};

}  // namespace

Diagram kept_layout(const graph::ProcessGraph& graph, const std::string& language) {
  return Keeper(graph, language).run();
}

bool has_layout(const graph::ProcessGraph& graph) {
  const Members members(graph);
  std::size_t all = 0;
  std::set<std::pair<long, long>> places;
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    const auto& node = graph.node(n);
    if (!members.shown[n] || !symbol_of(node).flows || is_boundary(node)) continue;
    ++all;
    if (!node.bounds || !sane(*node.bounds)) continue;
    const auto c = middle(*node.bounds);
    places.insert({std::lround(c.x), std::lround(c.y)});
  }
  return all > 0 && static_cast<double>(places.size()) >= enough * static_cast<double>(all);
}

}  // namespace echoflow::layout

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "models/layout/block.hpp"
#include "models/layout/labels.hpp"
#include "models/layout/line_ends.hpp"
#include "models/layout/text.hpp"

namespace echoflow::layout {

namespace {

using graph::ContainerIndex;
using graph::NodeIndex;
using graph::none;

constexpr double farthest = 200'000;
constexpr double usual_width = 100;
constexpr double readable_font = 8;
constexpr double head = 30;
constexpr double enough = 0.6;  // of the flow nodes must have a place of their own

bool sane(double v) {
  return std::isfinite(v) && std::abs(v) < farthest;
}
bool sane(const Bounds& b) {
  return sane(b.x) && sane(b.y) && sane(b.width) && sane(b.height) && b.width >= 0 && b.height >= 0;
}
bool sane(const std::vector<Point>& points) {
  return points.size() > 1 && std::all_of(points.begin(), points.end(), [](Point p) { return sane(p.x) && sane(p.y); });
}

double distance(Point p, const Bounds& b) {
  return std::hypot(p.x - middle(b).x, p.y - middle(b).y);
}

bool is_boundary(const graph::Node& node) {
  const auto* event = node.as<graph::Event>();
  return event && event->position == graph::EventPosition::boundary;
}

/// What the source's unit is worth, told by how wide its activities are: 1 where that is anything usual.
double unit_of(const graph::ProcessGraph& graph) {
  std::vector<double> widths;
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    const auto& node = graph.node(n);
    if (node.as<graph::Activity>() && !is_sub_process(node) && node.bounds && sane(*node.bounds) &&
        node.bounds->width > 0)
      widths.push_back(node.bounds->width);
  }
  if (widths.empty()) return 1;
  std::nth_element(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2), widths.end());
  const double median = widths[widths.size() / 2];
  const bool usual = median >= 45 && median <= 230;
  return usual ? 1 : usual_width / median;
}

/// Boxes that are too small for their texts in a readable font make the whole drawing larger.
double scale_of(const graph::ProcessGraph& graph, const std::string& language) {
  double scale = unit_of(graph);
  const double most = scale * 2.5;
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    const auto& node = graph.node(n);
    if (!node.as<graph::Activity>() || !node.bounds || !sane(*node.bounds) || node.bounds->width < 4 ||
        node.bounds->height < 4)
      continue;
    if (is_sub_process(node) && node.expanded) continue;
    const auto text = caption(node, language);
    while (scale < most) {
      const auto area = text_area(node, {0, 0, node.bounds->width * scale, node.bounds->height * scale});
      if (!fit(text, area.width, area.height, font_size, readable_font).cut) break;
      scale *= 1.15;
    }
  }
  return scale;
}

class Keeper {
 public:
  Keeper(const graph::ProcessGraph& graph, const std::string& language)
      : graph_(graph), language_(language), members_(graph), scale_(scale_of(graph, language)) {}

  Diagram run() {
    diagram_.kept = true;
    place_known();
    part_processes();
    place_unknown();
    frame_sub_processes();
    settle_boundary();
    add_lanes_and_pools();
    add_nodes();
    add_edges();
    add_labels();
    lead_other_lines(graph_, members_, language_, diagram_);
    return std::move(diagram_);
  }

 private:
  Bounds scaled(const Bounds& b) const { return {b.x * scale_, b.y * scale_, b.width * scale_, b.height * scale_}; }

  /// A round or pointed symbol keeps its middle, not a box's proportions.
  Bounds shaped(const graph::Node& node, Bounds b) const {
    const auto symbol = symbol_of(node);
    if (b.width < 4 || b.height < 4) {
      const auto c = middle(b);
      return {c.x - symbol.width / 2, c.y - symbol.height / 2, symbol.width, symbol.height};
    }
    if (symbol.outline == Outline::box) return boxed(node, symbol, b);
    const double shorter = std::min(b.width, b.height);
    const bool usual = std::max(b.width, b.height) < 1.3 * shorter && shorter <= 64;
    const double size = usual ? shorter : std::clamp(shorter, 20.0, symbol.width);
    const auto c = middle(b);
    return {c.x - size / 2, c.y - size / 2, size, size};
  }

  /// Organisations and documents of chains are boxes with their names in them; other signs do not grow with a box.
  static bool named_inside(const graph::Node& node, const Bounds& b) {
    const auto* role = node.as<graph::Role>();
    const auto* data = node.as<graph::Data>();
    const bool can = (role && role->kind == graph::RoleKind::organisation) || (data && data->kind == graph::DataKind::document);
    return can && b.width >= 60 && b.height >= 24;
  }

  static Bounds boxed(const graph::Node& node, const Symbol& symbol, const Bounds& b) {
    const bool keeps = symbol.flows || symbol.label == LabelPlace::inside || named_inside(node, b);
    if (keeps || (b.width <= 1.4 * symbol.width && b.height <= 1.4 * symbol.height)) return b;
    const auto c = middle(b);
    const double part = std::min({1.0, b.width / symbol.width, b.height / symbol.height});
    const double w = symbol.width * part;
    const double h = symbol.height * part;
    return {c.x - w / 2, c.y - h / 2, w, h};
  }

  void place_known() {
    for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
      const auto& node = graph_.node(n);
      if (!members_.shown[n] || is_lane(node) || !node.bounds || !sane(*node.bounds)) continue;
      at_[n] = shaped(node, scaled(*node.bounds));
    }
    offsets_.resize(graph_.containers.size());
    // The inside of a sub-process that has no places is not drawn: it would stand somewhere else.
    for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
      const auto* activity = graph_.node(n).as<graph::Activity>();
      if (!activity || activity->body >= graph_.containers.size() || !at_.contains(n)) continue;
      const auto& inside = members_.in_container[activity->body];
      if (std::any_of(inside.begin(), inside.end(), [&](NodeIndex i) { return at_.contains(i); }))
        open_.insert(n);
      else
        shut(activity->body);
    }
  }

  ContainerIndex root(ContainerIndex container) const {
    for (std::size_t steps = 0; container < graph_.containers.size() && steps <= graph_.containers.size(); ++steps) {
      const auto owner = graph_.containers[container].owner;
      if (owner >= graph_.node_count()) break;
      container = graph_.node(owner).container;
    }
    return container;
  }

  double offset(ContainerIndex container) const {
    const auto top = root(container);
    return top < offsets_.size() ? offsets_[top] : 0;
  }

  /// A file may hold several drawings, each with an origin of its own: what would lie on each other is moved apart.
  void part_processes() {
    std::map<ContainerIndex, Bounds> regions;
    const auto add = [&](ContainerIndex c, const Bounds& b) {
      const auto [it, fresh] = regions.emplace(c, b);
      if (!fresh) it->second = joined(it->second, b);
    };
    for (const auto& [n, b] : at_) add(root(graph_.node(n).container), b);
    for (const auto& participant : graph_.participants)
      if (participant.process < graph_.containers.size() && participant.bounds && sane(*participant.bounds))
        add(participant.process, scaled(*participant.bounds));
    std::vector<Bounds> settled;
    for (auto& [c, region] : regions) {
      double low = 0;
      bool free = true;
      for (const auto& other : settled) {
        low = std::max(low, bottom(other));
        const double w = std::min(right(region), right(other)) - std::max(region.x, other.x);
        const double h = std::min(bottom(region), bottom(other)) - std::max(region.y, other.y);
        const double smaller = std::min(region.width * region.height, other.width * other.height);
        free = free && !(w > 0 && h > 0 && w * h > smaller / 4);
      }
      if (!free) {
        offsets_[c] = low + 40 - region.y;
        region.y += offsets_[c];
      }
      settled.push_back(region);
    }
    for (auto& [n, b] : at_) b.y += offset(graph_.node(n).container);
  }

  void shut(ContainerIndex container) {
    for (const auto n : members_.in_container[container]) {
      members_.shown[n] = false;
      for (const auto event : members_.boundary[n]) members_.shown[event] = false;
      at_.erase(n);
    }
  }

  bool taken(const Bounds& b) const {
    return std::any_of(at_.begin(), at_.end(), [&](const auto& other) {
      return !open_.contains(other.first) && overlap(grown(b, 8), other.second);
    });
  }

  void place_unknown() {
    double low = 0;
    for (const auto& [n, b] : at_) low = std::max(low, bottom(b));
    for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
      const auto& node = graph_.node(n);
      if (!members_.shown[n] || at_.contains(n) || is_lane(node) || is_boundary(node) || node.as<graph::Group>())
        continue;
      // BPMN's drawings show the data that they want to show.
      if (node.as<graph::Data>() && graph_.notation == graph::Notation::bpmn) continue;
      const auto symbol = symbol_of(node);
      Bounds b{left_of(node.container), low + 40, symbol.width, symbol.height};
      if (const auto beside = neighbour(n)) {
        b.x = right(*beside) + 50;
        b.y = middle(*beside).y - symbol.height / 2;
      }
      for (int tries = 0; tries < 60 && taken(b); ++tries) b.y += 30;
      at_[n] = b;
    }
  }

  double left_of(ContainerIndex container) const {
    double left = farthest;
    for (const auto& [n, b] : at_)
      if (graph_.node(n).container == container) left = std::min(left, b.x);
    return left < farthest ? left : 20;
  }

  std::optional<Bounds> neighbour(NodeIndex n) const {
    for (const auto f : graph_.incoming(n))
      if (const auto it = at_.find(graph_.source(f)); it != at_.end()) return it->second;
    for (const auto r : members_.relations[n]) {
      const auto& relation = graph_.relations[r];
      const auto it = at_.find(relation.from == n ? relation.to : relation.from);
      if (it != at_.end()) return it->second;
    }
    for (const auto f : graph_.outgoing(n))
      if (const auto it = at_.find(graph_.target(f)); it != at_.end()) return it->second;
    return std::nullopt;
  }

  std::size_t depth(ContainerIndex container) const {
    std::size_t steps = 0;
    for (; container < graph_.containers.size() && steps <= graph_.containers.size(); ++steps) {
      const auto owner = graph_.containers[container].owner;
      if (owner >= graph_.node_count()) break;
      container = graph_.node(owner).container;
    }
    return steps;
  }

  /// Every sub-process holds what is in it, from the inside to the outside.
  void frame_sub_processes() {
    std::vector<std::pair<std::size_t, ContainerIndex>> inner_first;
    for (ContainerIndex c = 0; c < graph_.containers.size(); ++c) inner_first.emplace_back(depth(c), c);
    std::sort(inner_first.rbegin(), inner_first.rend());
    for (const auto& [deep, c] : inner_first) {
      const auto owner = graph_.containers[c].owner;
      if (owner >= graph_.node_count() || !open_.contains(owner)) continue;
      auto& frame = at_[owner];
      for (const auto n : members_.in_container[c])
        if (const auto it = at_.find(n); it != at_.end() && !contains(frame, it->second, 2))
          frame = joined(frame, grown(it->second, 12));
    }
  }

  /// Boundary events stand on the border of their activity.
  void settle_boundary() {
    for (NodeIndex host = 0; host < graph_.node_count(); ++host) {
      double next = 0;
      if (!at_.contains(host)) continue;
      const auto& box = at_[host];
      for (const auto event : members_.boundary[host]) {
        if (!members_.shown[event]) continue;
        const auto it = at_.find(event);
        if (it == at_.end()) {
          const double x = std::max(box.x + 4, right(box) - 40 - next);
          at_[event] = {x, bottom(box) - 18, 36, 36};
          next += 42;
          continue;
        }
        const auto c = middle(it->second);
        const double x = std::clamp(c.x, box.x, right(box));
        const double y = std::clamp(c.y, box.y, bottom(box));
        Point to{x, y};
        const double sides[] = {x - box.x, right(box) - x, y - box.y, bottom(box) - y};
        const auto nearest = std::min_element(std::begin(sides), std::end(sides)) - std::begin(sides);
        if (nearest == 0) to.x = box.x;
        if (nearest == 1) to.x = right(box);
        if (nearest == 2) to.y = box.y;
        if (nearest == 3) to.y = bottom(box);
        if (std::hypot(to.x - c.x, to.y - c.y) < 12) continue;
        it->second.x += to.x - c.x;
        it->second.y += to.y - c.y;
      }
    }
  }

  // --- lanes and pools -----------------------------------------------------------------------------------------------

  void add_lanes_and_pools() {
    for (std::size_t p = 0; p < graph_.participants.size(); ++p) add_pool(p);
    for (NodeIndex n = 0; n < graph_.node_count(); ++n)
      if (is_lane(graph_.node(n)) && members_.shown[n]) add_lane(n);
    // Outer lanes before the lanes in them.
    std::stable_sort(diagram_.lanes.begin(), diagram_.lanes.end(), [&](const PlacedLane& a, const PlacedLane& b) {
      return graph_.node(a.node).lanes.size() < graph_.node(b.node).lanes.size();
    });
  }

  template <class Belongs>
  std::optional<Bounds> around(Belongs belongs) const {
    std::optional<Bounds> all;
    for (const auto& [n, b] : at_)
      if (belongs(graph_.node(n))) all = all ? joined(*all, b) : b;
    return all;
  }

  double lowest() const {
    double low = 0;
    for (const auto& [n, b] : at_) low = std::max(low, bottom(b));
    for (const auto& pool : diagram_.pools) low = std::max(low, bottom(pool.bounds));
    return low;
  }

  void add_pool(std::size_t p) {
    const auto& participant = graph_.participants[p];
    PlacedPool pool{p, {}, {}};
    const auto process = participant.process;
    const bool black = process >= graph_.containers.size() || members_.in_container[process].empty();
    const auto inside =
        black ? std::nullopt : around([&](const graph::Node& node) { return node.container == process; });
    if (participant.bounds && sane(*participant.bounds) && participant.bounds->width > 4) {
      pool.bounds = scaled(*participant.bounds);
      pool.bounds.y += offset(process);
    } else if (inside) {
      pool.bounds = grown(*inside, 24);
      pool.bounds.x -= head, pool.bounds.width += head;
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
    label = fit(name, along, head - 4, font_size, smallest_font);
    label.bounds =
        horizontal ? Bounds{frame.x, frame.y, head, frame.height} : Bounds{frame.x, frame.y, frame.width, head};
  }

  void add_lane(NodeIndex n) {
    const auto& node = graph_.node(n);
    PlacedLane lane{n, {}, {}};
    if (node.bounds && sane(*node.bounds) && node.bounds->width > 4) {
      lane.bounds = scaled(*node.bounds);
      lane.bounds.y += offset(node.container);
    } else {
      const auto inside = around([&](const graph::Node& other) {
        return std::find(other.lanes.begin(), other.lanes.end(), node.id) != other.lanes.end();
      });
      lane.bounds = inside ? grown(*inside, 16) : Bounds{20, lowest() + 40, 400, 60};
      lane.bounds.x -= head, lane.bounds.width += head;
    }
    frame_label(std::string(node.name.in(language_)), lane.bounds, node.horizontal, lane.label);
    diagram_.lanes.push_back(std::move(lane));
  }

  // --- nodes, lines, texts -------------------------------------------------------------------------------------------

  void add_nodes() {
    std::vector<std::tuple<bool, std::size_t, bool, NodeIndex>> order;
    for (const auto& [n, b] : at_) {
      const auto& node = graph_.node(n);
      order.emplace_back(node.as<graph::Group>() != nullptr, depth(node.container), is_boundary(node), n);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [group, deep, boundary, n] : order) {
      PlacedNode placed;
      placed.node = n;
      placed.bounds = at_[n];
      placed.open = open_.contains(n);
      placed.inside = symbol_of(graph_.node(n)).label == LabelPlace::inside || named_inside(graph_.node(n), placed.bounds);
      diagram_.nodes.push_back(std::move(placed));
    }
  }

  std::vector<Point> scaled(std::vector<Point> points) const {
    for (auto& point : points) point.x *= scale_, point.y *= scale_;
    return points;
  }

  bool runs_through(const std::vector<Point>& points, const End& from, const End& to) const {
    const auto in_the_way = [&](const std::pair<const NodeIndex, Bounds>& other) {
      if (open_.contains(other.first) || graph_.node(other.first).as<graph::Group>()) return false;
      if (other.second == from.bounds || other.second == to.bounds) return false;
      for (std::size_t i = 1; i < points.size(); ++i)
        if (crosses(points[i - 1], points[i], other.second)) return true;
      return false;
    };
    return std::any_of(at_.begin(), at_.end(), in_the_way);
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
    if (points.size() < 2 || (kind == EdgeKind::relation && runs_through(points, *from, *to))) return;
    PlacedEdge edge{kind, index, std::move(points), {}};
    const bool placed = label && sane(*label) && label->width > 4 && !(label->x == 0 && label->y == 0);
    edge.label = flowing(text, placed ? std::clamp(label->width * scale_, 40.0, 160.0) : 90, 10);
    if (placed && !text.empty()) {
      const auto given = scaled(*label);
      edge.label.bounds.x = middle(given).x - edge.label.bounds.width / 2;
      edge.label.bounds.y = given.y + down;
      label_known_.insert({kind, index});
    }
    diagram_.edges.push_back(std::move(edge));
  }

  std::optional<End> end_of(NodeIndex n) const {
    const auto it = at_.find(n);
    if (it == at_.end()) return std::nullopt;
    return End{it->second, symbol_of(graph_.node(n)).outline};
  }

  std::optional<End> end_of_id(const std::string& id) const {
    if (auto end = end_of(graph_.find(id))) return end;
    for (const auto& pool : diagram_.pools)
      if (graph_.participants[pool.participant].id == id) return End{pool.bounds, Outline::box};
    return std::nullopt;
  }

  double offset_of_id(const std::string& id) const {
    if (const auto n = graph_.find(id); n != none) return offset(graph_.node(n).container);
    for (const auto& participant : graph_.participants)
      if (participant.id == id) return offset(participant.process);
    return 0;
  }

  void add_edges() {
    for (graph::FlowIndex f = 0; f < graph_.flow_count(); ++f) {
      const auto& flow = graph_.flow(f);
      add_edge(EdgeKind::flow, f, flow.waypoints, end_of(graph_.source(f)), end_of(graph_.target(f)),
               caption(graph_, f, language_), flow.label, offset(graph_.node(graph_.source(f)).container));
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
                 std::nullopt, offset(graph_.node(relation.from).container));
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
    for (auto& node : diagram_.nodes)
      if (!node.inside && !keep_label(node, placer)) free.push_back(&node);
    for (auto& edge : diagram_.edges)
      if (label_known_.contains({edge.kind, edge.index})) placer.add_text(edge.label.bounds);
    for (auto* node : free) {
      const bool above = symbol_of(graph_.node(node->node)).label == LabelPlace::above;
      if (!node->label.lines.empty()) placer.place_around(node->bounds, above, node->label);
    }
    for (auto& edge : diagram_.edges)
      if (!edge.label.lines.empty() && !label_known_.contains({edge.kind, edge.index}))
        placer.place_along(edge.points, edge.label);
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
    if (node.as<graph::Note>() || node.as<graph::Group>()) {
      area = {placed.bounds.x + 8, placed.bounds.y + 3, std::max(60.0, placed.bounds.width - 12),
              std::max(12.0, placed.bounds.height - 6)};
      placed.label = fit(text, area.width, area.height, font_size, 8);
      if (placed.label.cut) placed.label = flowing(text, area.width, 9);
      placed.bounds.height = std::max(placed.bounds.height, placed.label.bounds.height + 6);
      placed.bounds.width = std::max(placed.bounds.width, placed.label.bounds.width + 12);
      placed.label.bounds.x = area.x;
      placed.label.bounds.y = area.y;
      return;
    }
    placed.label = fit(text, area.width, area.height, font_size, smallest_font);
    placed.label.bounds.x = area.x + (area.width - placed.label.bounds.width) / 2;
    placed.label.bounds.y = area.y + (area.height - placed.label.bounds.height) / 2;
  }

  /// The source's place for a text, where it has one beside the symbol.
  bool keep_label(PlacedNode& placed, LabelPlacer& placer) const {
    const auto& node = graph_.node(placed.node);
    const bool small = is_boundary(node);
    placed.label = flowing(caption(node, language_), label_width, small ? 10 : font_size);
    if (!node.label || !sane(*node.label) || node.label->width < 4 || placed.label.lines.empty()) return false;
    auto given = scaled(*node.label);
    given.y += offset(node.container);
    placed.label = flowing(caption(node, language_), std::clamp(given.width + 2, 60.0, 180.0), small ? 10 : font_size);
    auto& b = placed.label.bounds;
    b.x = middle(given).x - b.width / 2;
    b.y = given.y;
    if (given.y + given.height <= placed.bounds.y + 2) b.y = given.y + given.height - b.height;
    const auto own = grown(placed.bounds, -placed.bounds.width / 5);
    const double far = 200;
    if (overlap(own, b) || !overlap(grown(placed.bounds, far), b)) return false;
    placer.add_text(b);
    return true;
  }

  const graph::ProcessGraph& graph_;
  const std::string& language_;
  Members members_;
  double scale_ = 1;
  Diagram diagram_;
  std::map<NodeIndex, Bounds> at_;
  std::set<NodeIndex> open_;
  std::vector<double> offsets_;  ///< downwards, by process
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

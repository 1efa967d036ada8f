#include "models/layout/kept_places.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/layout/symbols.hpp"
#include "models/layout/text.hpp"

namespace echoflow::layout {

namespace {

using graph::ContainerIndex;
using graph::NodeIndex;
using graph::none;

constexpr double farthest = 200'000;
constexpr double usual_width = 100;
constexpr double readable_font = 8;

bool usable(double v) {
  return std::isfinite(v) && std::abs(v) < farthest;
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

ContainerIndex root_of(const graph::ProcessGraph& graph, ContainerIndex container) {
  for (std::size_t steps = 0; container < graph.containers.size() && steps <= graph.containers.size(); ++steps) {
    const auto owner = graph.containers[container].owner;
    if (owner >= graph.node_count()) break;
    container = graph.node(owner).container;
  }
  return container;
}

class Placer {
 public:
  Placer(const graph::ProcessGraph& graph, const std::string& language) : p_(graph) {
    p_.scale = scale_of(graph, language);
  }

  KeptPlaces run() {
    place_known();
    part_processes();
    place_unknown();
    frame_sub_processes();
    settle_boundary();
    return std::move(p_);
  }

 private:
  /// A round or pointed symbol keeps its middle, not a box's proportions.
  static Bounds shaped(const graph::Node& node, Bounds b) {
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
    for (NodeIndex n = 0; n < p_.graph.node_count(); ++n) {
      const auto& node = p_.graph.node(n);
      if (!p_.members.shown[n] || is_lane(node) || !node.bounds || !sane(*node.bounds)) continue;
      p_.at[n] = shaped(node, p_.scaled(*node.bounds));
    }
    p_.offsets.resize(p_.graph.containers.size());
    // The inside of a sub-process that has no places is not drawn: it would stand somewhere else.
    for (NodeIndex n = 0; n < p_.graph.node_count(); ++n) {
      const auto* activity = p_.graph.node(n).as<graph::Activity>();
      if (!activity || activity->body >= p_.graph.containers.size() || !p_.at.contains(n)) continue;
      const auto& inside = p_.members.in_container[activity->body];
      if (std::any_of(inside.begin(), inside.end(), [&](NodeIndex i) { return p_.at.contains(i); }))
        p_.open.insert(n);
      else
        shut(activity->body);
    }
  }

  /// A file may hold several drawings, each with an origin of its own: what would lie on each other is moved apart.
  void part_processes() {
    std::map<ContainerIndex, Bounds> regions;
    const auto add = [&](ContainerIndex c, const Bounds& b) {
      const auto [it, fresh] = regions.emplace(c, b);
      if (!fresh) it->second = joined(it->second, b);
    };
    for (const auto& [n, b] : p_.at) add(root_of(p_.graph, p_.graph.node(n).container), b);
    for (const auto& participant : p_.graph.participants)
      if (participant.process < p_.graph.containers.size() && participant.bounds && sane(*participant.bounds))
        add(participant.process, p_.scaled(*participant.bounds));
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
        p_.offsets[c] = low + 40 - region.y;
        region.y += p_.offsets[c];
      }
      settled.push_back(region);
    }
    for (auto& [n, b] : p_.at) b.y += p_.offset(p_.graph.node(n).container);
  }

  void shut(ContainerIndex container) {
    for (const auto n : p_.members.in_container[container]) {
      p_.members.shown[n] = false;
      for (const auto event : p_.members.boundary[n]) p_.members.shown[event] = false;
      p_.at.erase(n);
    }
  }

  bool taken(const Bounds& b) const {
    return std::any_of(p_.at.begin(), p_.at.end(), [&](const auto& other) {
      return !p_.open.contains(other.first) && overlap(grown(b, 8), other.second);
    });
  }

  void place_unknown() {
    double low = 0;
    for (const auto& [n, b] : p_.at) low = std::max(low, bottom(b));
    for (NodeIndex n = 0; n < p_.graph.node_count(); ++n) {
      const auto& node = p_.graph.node(n);
      if (!p_.members.shown[n] || p_.at.contains(n) || is_lane(node) || is_boundary(node) || node.as<graph::Group>())
        continue;
      // BPMN's drawings show the data that they want to show.
      if (node.as<graph::Data>() && p_.graph.notation == graph::Notation::bpmn) continue;
      const auto symbol = symbol_of(node);
      Bounds b{left_of(node.container), low + 40, symbol.width, symbol.height};
      if (const auto beside = neighbour(n)) {
        b.x = right(*beside) + 50;
        b.y = middle(*beside).y - symbol.height / 2;
      }
      for (int tries = 0; tries < 60 && taken(b); ++tries) b.y += 30;
      p_.at[n] = b;
    }
  }

  double left_of(ContainerIndex container) const {
    double left = farthest;
    for (const auto& [n, b] : p_.at)
      if (p_.graph.node(n).container == container) left = std::min(left, b.x);
    return left < farthest ? left : 20;
  }

  std::optional<Bounds> neighbour(NodeIndex n) const {
    for (const auto f : p_.graph.incoming(n))
      if (const auto it = p_.at.find(p_.graph.source(f)); it != p_.at.end()) return it->second;
    for (const auto r : p_.members.relations[n]) {
      const auto& relation = p_.graph.relations[r];
      const auto it = p_.at.find(relation.from == n ? relation.to : relation.from);
      if (it != p_.at.end()) return it->second;
    }
    for (const auto f : p_.graph.outgoing(n))
      if (const auto it = p_.at.find(p_.graph.target(f)); it != p_.at.end()) return it->second;
    return std::nullopt;
  }

  /// Every sub-process holds what is in it, from the inside to the outside.
  void frame_sub_processes() {
    std::vector<std::pair<std::size_t, ContainerIndex>> inner_first;
    for (ContainerIndex c = 0; c < p_.graph.containers.size(); ++c) inner_first.emplace_back(p_.depth(c), c);
    std::sort(inner_first.rbegin(), inner_first.rend());
    for (const auto& [deep, c] : inner_first) {
      const auto owner = p_.graph.containers[c].owner;
      if (owner >= p_.graph.node_count() || !p_.open.contains(owner)) continue;
      auto& frame = p_.at[owner];
      for (const auto n : p_.members.in_container[c])
        if (const auto it = p_.at.find(n); it != p_.at.end() && !contains(frame, it->second, 2))
          frame = joined(frame, grown(it->second, 12));
    }
  }

  /// Boundary events stand on the border of their activity.
  void settle_boundary() {
    for (NodeIndex host = 0; host < p_.graph.node_count(); ++host) {
      double next = 0;
      if (!p_.at.contains(host)) continue;
      const auto& box = p_.at[host];
      for (const auto event : p_.members.boundary[host]) {
        if (!p_.members.shown[event]) continue;
        const auto it = p_.at.find(event);
        if (it == p_.at.end()) {
          const double x = std::max(box.x + 4, right(box) - 40 - next);
          p_.at[event] = {x, bottom(box) - 18, 36, 36};
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

  KeptPlaces p_;
};

}  // namespace

KeptPlaces kept_places(const graph::ProcessGraph& graph, const std::string& language) {
  return Placer(graph, language).run();
}

Bounds KeptPlaces::scaled(const Bounds& b) const {
  return {b.x * scale, b.y * scale, b.width * scale, b.height * scale};
}

double KeptPlaces::offset(ContainerIndex container) const {
  const auto top = root_of(graph, container);
  return top < offsets.size() ? offsets[top] : 0;
}

std::size_t KeptPlaces::depth(ContainerIndex container) const {
  std::size_t steps = 0;
  for (; container < graph.containers.size() && steps <= graph.containers.size(); ++steps) {
    const auto owner = graph.containers[container].owner;
    if (owner >= graph.node_count()) break;
    container = graph.node(owner).container;
  }
  return steps;
}

bool sane(const Bounds& b) {
  return usable(b.x) && usable(b.y) && usable(b.width) && usable(b.height) && b.width >= 0 && b.height >= 0;
}

bool sane(const std::vector<Point>& points) {
  return points.size() > 1 &&
         std::all_of(points.begin(), points.end(), [](Point p) { return usable(p.x) && usable(p.y); });
}

bool is_boundary(const graph::Node& node) {
  const auto* event = node.as<graph::Event>();
  return event && event->position == graph::EventPosition::boundary;
}

bool named_inside(const graph::Node& node, const Bounds& b) {
  const auto* role = node.as<graph::Role>();
  const auto* data = node.as<graph::Data>();
  const bool can =
      (role && role->kind == graph::RoleKind::organisation) || (data && data->kind == graph::DataKind::document);
  return can && b.width >= 60 && b.height >= 24;
}

}  // namespace echoflow::layout

#include "models/layout/block.hpp"

#include <algorithm>
#include <cmath>

#include "models/layout/text.hpp"

namespace echoflow::layout {

namespace {

constexpr double satellite_gap = 14;
constexpr double satellite_distance = 20;
constexpr std::size_t satellites_in_row = 4;
constexpr double title_height = 24;
constexpr double corner_room = 6;
constexpr double frame = 18;
constexpr double marker_room = 20;
constexpr double event_size = 36;
constexpr double small_font = 10;

/// A task's box grows with its text rather than the font shrinks.
void size_task(const graph::Node& node, const std::string& text, PlacedNode& placed) {
  for (double width = placed.bounds.width; width <= 180; width += 20) {
    placed.bounds.width = width;
    const auto area = text_area(node, placed.bounds);
    placed.label = fit(text, area.width, area.height, font_size, font_size);
    if (!placed.label.cut) break;
  }
  while (placed.label.cut && placed.bounds.height < 400) {
    placed.bounds.height += 12;
    const auto area = text_area(node, placed.bounds);
    placed.label = fit(text, area.width, area.height, font_size, font_size);
  }
  if (placed.label.cut) {
    const auto area = text_area(node, placed.bounds);
    placed.label = fit(text, area.width, area.height, font_size, smallest_font);
  }
  placed.inside = true;
}

void size_open(const std::string& text, const Block& inside, PlacedNode& placed) {
  placed.open = placed.inside = true;
  placed.bounds.width = std::max(inside.width + 2 * frame, 140.0);
  placed.label = flowing(text, placed.bounds.width - 20, font_size);
  const double head = std::max(title_height, placed.label.bounds.height + 8);
  placed.bounds.height = inside.height + head + marker_room;
}

class Builder {
 public:
  Builder(const graph::ProcessGraph& graph, const Members& members, const std::string& language)
      : graph_(graph), members_(members), language_(language) {}

  Cluster run(graph::NodeIndex n, Block* inside, const std::vector<Satellite>& satellites) {
    const auto& node = graph_.node(n);
    const auto symbol = symbol_of(node);
    host_.node = n;
    host_.bounds = {0, 0, symbol.width, symbol.height};
    const auto text = caption(node, language_);
    if (inside)
      size_open(text, *inside, host_);
    else if (symbol.label == LabelPlace::inside)
      size_task(node, text, host_);
    else
      host_.label = flowing(text, label_width, font_size);
    size_boundary(n);
    const double satellites_height = place_satellites(satellites);
    place_host(symbol, satellites_height, !satellites.empty());
    place_inside(inside);
    place_boundary();
    return std::move(cluster_);
  }

 private:
  /// The host becomes wide enough for its boundary events and their labels side by side.
  void size_boundary(graph::NodeIndex n) {
    for (const auto event : members_.boundary[n]) {
      boundary_.push_back({event,
                           {0, 0, event_size, event_size},
                           false,
                           false,
                           flowing(caption(graph_.node(event), language_), 76, small_font)});
      pitch_ = std::max(pitch_, boundary_.back().label.bounds.width + 30);
      label_height_ = std::max(label_height_, boundary_.back().label.bounds.height);
    }
    const auto count = static_cast<double>(boundary_.size());
    if (count > 0) host_.bounds.width = std::max(host_.bounds.width, (count - 1) * pitch_ + event_size + 30);
  }

  /// Rows above the host; returns their height.
  double place_satellites(const std::vector<Satellite>& satellites) {
    double y = 0;
    for (std::size_t from = 0; from < satellites.size(); from += satellites_in_row) {
      const auto to = std::min(satellites.size(), from + satellites_in_row);
      double width = -satellite_gap;
      double height = 0;
      std::vector<PlacedNode> row;
      for (auto i = from; i < to; ++i) {
        row.push_back(satellite(satellites[i].node));
        width += satellite_gap + box_width(row.back());
        height = std::max(height, box_height(row.back()));
      }
      double x = -width / 2;
      for (std::size_t k = 0; k < row.size(); ++k) {
        auto& placed = row[k];
        const double middle = x + box_width(placed) / 2;
        placed.bounds.x = middle - placed.bounds.width / 2;
        placed.bounds.y = y + height - placed.bounds.height;
        if (placed.inside)
          placed.label.bounds.x = placed.bounds.x + 8, placed.label.bounds.y = placed.bounds.y + 3;
        else
          placed.label.bounds.x = middle - placed.label.bounds.width / 2,
          placed.label.bounds.y = placed.bounds.y - placed.label.bounds.height - 1;
        x += box_width(placed) + satellite_gap;
        if (to == satellites.size() && satellites[from + k].relation != graph::none)
          lines_.emplace_back(satellites[from + k].relation, Point{middle, bottom(placed.bounds)});
        cluster_.block.nodes.push_back(std::move(placed));
      }
      satellites_width_ = std::max(satellites_width_, width);
      y += height + satellite_distance;
    }
    return y;
  }

  PlacedNode satellite(graph::NodeIndex n) const {
    const auto& node = graph_.node(n);
    const auto symbol = symbol_of(node);
    PlacedNode placed;
    placed.node = n;
    placed.bounds = {0, 0, symbol.width, symbol.height};
    const auto text = caption(node, language_);
    if (symbol.label == LabelPlace::inside) {
      placed.inside = true;
      placed.label = flowing(text, 130, small_font);
      placed.bounds.width = std::max(40.0, placed.label.bounds.width + 14);
      placed.bounds.height = std::max(24.0, placed.label.bounds.height + 6);
    } else {
      placed.label = flowing(text, label_width, small_font);
    }
    return placed;
  }

  static double box_width(const PlacedNode& placed) {
    return placed.inside ? placed.bounds.width : std::max(placed.bounds.width, placed.label.bounds.width);
  }
  static double box_height(const PlacedNode& placed) {
    return placed.bounds.height + (placed.inside || placed.label.lines.empty() ? 0 : placed.label.bounds.height + 1);
  }

  void place_host(const Symbol& symbol, double satellites_height, bool has_satellites) {
    const bool outside = !host_.inside && !host_.label.lines.empty();
    // Message flows to a pool below would run through a label below.
    const bool turned = symbol.label == LabelPlace::below && members_.messages_to[host_.node] > 0;
    const bool above = outside && (symbol.label == LabelPlace::above || turned);
    const bool below = outside && symbol.label == LabelPlace::below && !turned;
    auto& item = cluster_.item;
    item.width = std::max({host_.bounds.width, satellites_width_, outside ? host_.label.bounds.width : 0.0});
    item.centre = item.width / 2;
    // The text of a pointed symbol stands to the left of its upper corner, where a branch may leave.
    const bool aside = above && symbol.outline == Outline::diamond && satellites_height == 0;
    if (aside) {
      item.centre = std::max(host_.bounds.width / 2, host_.label.bounds.width + corner_room);
      item.width = item.centre + host_.bounds.width / 2;
    }
    host_.bounds.x = item.centre - host_.bounds.width / 2;
    host_.bounds.y = satellites_height + (above ? host_.label.bounds.height + 3 : 0);
    auto& label = host_.label.bounds;
    label.x = aside ? item.centre - corner_room - label.width : item.centre - label.width / 2;
    if (above) label.y = host_.bounds.y - label.height - 3;
    if (below) label.y = bottom(host_.bounds) + 2;
    if (host_.inside && !host_.open) {
      const auto area = text_area(graph_.node(host_.node), host_.bounds);
      label.y = area.y + (area.height - label.height) / 2;
    }
    if (host_.open) label.y = host_.bounds.y + 5;
    item.left = host_.bounds.x;
    item.right = right(host_.bounds);
    item.top = host_.bounds.y;
    item.bottom = bottom(host_.bounds);
    item.port = host_.bounds.y + host_.bounds.height / 2;
    item.height = below ? bottom(label) : item.bottom;
    item.pointed = symbol.outline != Outline::box;
    item.free_above = (!above || aside) && !has_satellites;
    item.free_below = !below && boundary_.empty();
    for (auto& placed : cluster_.block.nodes) {
      placed.bounds.x += item.centre;
      shift(placed.label, item.centre, 0);
    }
    for (const auto& [relation, at] : lines_) {
      const Point from{at.x + item.centre, at.y};
      const double x = std::clamp(from.x, item.left + 8, std::max(item.left + 8, item.right - 8));
      Point to{x, item.top};
      if (item.pointed) to = border_point(host_.bounds, symbol.outline, from);
      const bool towards_host = graph_.relations[relation].from != host_.node;
      cluster_.block.edges.push_back(
          {EdgeKind::relation, relation, {towards_host ? from : to, towards_host ? to : from}, {}});
    }
  }

  void place_inside(Block* inside) {
    auto& block = cluster_.block;
    block.nodes.push_back(host_);
    if (inside) {
      const double head = host_.bounds.height - inside->height - marker_room;
      const double dx = host_.bounds.x + (host_.bounds.width - inside->width) / 2;
      block.take(std::move(*inside), dx, host_.bounds.y + head);
    }
    block.width = cluster_.item.width;
  }

  /// At the lower edge, from the right; their lines go down below the labels and then to the right, nested.
  void place_boundary() {
    auto& item = cluster_.item;
    double turn = item.bottom + event_size / 2 + label_height_ + 8;
    const auto count = boundary_.size();
    for (std::size_t k = 0; k < count; ++k) {
      auto& placed = boundary_[count - 1 - k];
      const double x = item.right - 15 - event_size / 2 - static_cast<double>(k) * pitch_;
      placed.bounds.x = x - event_size / 2;
      placed.bounds.y = item.bottom - event_size / 2;
      placed.label.bounds.x = x + 12;
      placed.label.bounds.y = bottom(placed.bounds) - 4;
      cluster_.exits.push_back({placed.node, x, bottom(placed.bounds), turn});
      item.height = std::max(item.height, turn + 4);
      item.width = std::max(item.width, right(placed.label.bounds));
      turn += 12;
      cluster_.block.nodes.push_back(placed);
    }
    cluster_.block.width = item.width;
    cluster_.block.height = item.height;
  }

  const graph::ProcessGraph& graph_;
  const Members& members_;
  const std::string& language_;
  Cluster cluster_;
  PlacedNode host_;
  std::vector<PlacedNode> boundary_;
  std::vector<std::pair<std::size_t, Point>> lines_;
  double pitch_ = 44;
  double label_height_ = 0;
  double satellites_width_ = 0;
};

}  // namespace

void shift(Label& label, double dx, double dy) {
  label.bounds.x += dx;
  label.bounds.y += dy;
}

void Block::shift(double dx, double dy) {
  for (auto& lane : lanes) {
    lane.bounds.x += dx, lane.bounds.y += dy;
    layout::shift(lane.label, dx, dy);
  }
  for (auto& node : nodes) {
    node.bounds.x += dx, node.bounds.y += dy;
    layout::shift(node.label, dx, dy);
  }
  for (auto& edge : edges) {
    for (auto& point : edge.points) point.x += dx, point.y += dy;
    layout::shift(edge.label, dx, dy);
  }
}

void Block::take(Block&& other, double dx, double dy) {
  other.shift(dx, dy);
  std::move(other.lanes.begin(), other.lanes.end(), std::back_inserter(lanes));
  std::move(other.nodes.begin(), other.nodes.end(), std::back_inserter(nodes));
  std::move(other.edges.begin(), other.edges.end(), std::back_inserter(edges));
}

Cluster cluster_of(const graph::ProcessGraph& graph, const Members& members, graph::NodeIndex node, Block* inside,
                   const std::vector<Satellite>& satellites, const std::string& language) {
  return Builder(graph, members, language).run(node, inside, satellites);
}

}  // namespace echoflow::layout

#include "models/layout/composer.hpp"

#include <algorithm>

#include "models/layout/text.hpp"

namespace echoflow::layout {

namespace {

using graph::ContainerIndex;
using graph::NodeIndex;
using graph::none;

constexpr double shelf_gap = 28;
constexpr double shelf_width = 700;

}  // namespace

Block Composer::inside(ContainerIndex container) {
  auto content = content_of(container);
  layered::Network network;
  network.bands = 0;
  add_to(network, content);
  if (content.bands.count > 0) network.band_padding = lane_padding;
  const auto placed = layered::place(network);
  auto block = take(content, placed);
  if (content.bands.count > 0) {
    const double left = frame_head * static_cast<double>(content.bands.deepest) + side_padding;
    block.shift(left, 0);
    block.width += left + side_padding;
  }
  add_lanes(content, placed, block.width, block);
  add_shelf(content, block);
  return block;
}

bool Composer::is_linked(NodeIndex n) const {
  if (!graph_.incoming(n).empty() || !graph_.outgoing(n).empty()) return true;
  for (const auto event : members_.boundary[n])
    if (!graph_.outgoing(event).empty()) return true;
  for (const auto r : members_.relations[n])
    if (graph_.relations[r].kind == graph::RelationKind::compensates) return true;
  return false;
}

/// The flow node beside which data, a note or a role stands: of those that it belongs to, the first.
std::pair<NodeIndex, std::size_t> Composer::host_of(NodeIndex n) const {
  for (const auto r : members_.relations[n]) {
    const auto& relation = graph_.relations[r];
    if (!has_line(graph_, relation)) continue;
    auto other = relation.from == n ? relation.to : relation.from;
    if (other >= graph_.node_count() || graph_.node(other).container != graph_.node(n).container) continue;
    const auto* event = graph_.node(other).as<graph::Event>();
    if (event && event->position == graph::EventPosition::boundary) continue;
    if (symbol_of(graph_.node(other)).flows) return {other, r};
  }
  return {none, none};
}

Content Composer::content_of(ContainerIndex container) const {
  Content content;
  content.order = structure_order(graph_, members_, container);
  const auto& nodes = members_.in_container[container];
  content.bands = bands_of(graph_, members_, nodes);
  for (const auto n : nodes) {
    const auto& node = graph_.node(n);
    if (is_lane(node) || node.as<graph::Group>()) continue;
    const bool in_lane = !node.lanes.empty() && content.bands.band.contains(node.lanes.back());
    if (!symbol_of(node).flows) {
      const auto [host, relation] = host_of(n);
      if (host != none)
        content.satellites[host].push_back({n, relation});
      else
        (in_lane ? content.flow : content.apart).push_back(n);
    } else {
      (in_lane || is_linked(n) ? content.flow : content.apart).push_back(n);
    }
  }
  return content;
}

Cluster Composer::cluster(NodeIndex n, Content& content) {
  const auto& node = graph_.node(n);
  const auto* activity = node.as<graph::Activity>();
  static const std::vector<Satellite> nothing_beside;
  const auto beside = content.satellites.find(n);
  const auto& satellites = beside == content.satellites.end() ? nothing_beside : beside->second;
  const bool opens = activity && activity->body < graph_.containers.size() && node.expanded &&
                     !members_.in_container[activity->body].empty() && graph_.containers[activity->body].owner == n;
  if (!opens) return cluster_of(graph_, members_, n, nullptr, satellites, language_);
  auto within = inside(activity->body);
  return cluster_of(graph_, members_, n, &within, satellites, language_);
}

void Composer::add_item(NodeIndex n, std::uint32_t band, layered::Network& network, Content& content) {
  content.item[n] = static_cast<std::uint32_t>(network.items.size());
  content.clusters.push_back(cluster(n, content));
  auto& item = content.clusters.back().item;
  item.hint = content.order.of_node(n);
  const auto* event = graph_.node(n).as<graph::Event>();
  item.starts = event && event->position == graph::EventPosition::start && graph_.incoming(n).empty();
  item.band = content.first_band + band;
  network.items.push_back(item);
}

void Composer::add_to(layered::Network& network, Content& content) {
  content.first_band = network.bands;
  content.first_item = static_cast<std::uint32_t>(network.items.size());
  content.first_link = static_cast<std::uint32_t>(network.links.size());
  network.bands += std::max(1U, content.bands.count);
  for (const auto n : content.flow) add_item(n, band_of(n, content), network, content);
  least_heights(content, network);
  for (const auto n : content.flow) {
    add_links(n, n, nullptr, content, network);
    for (const auto& exit : content.clusters[content.item[n] - content.first_item].exits)
      add_links(n, exit.event, &exit, content, network);
  }
}

void Composer::add_apart(layered::Network& network, Content& content) {
  if (content.apart.empty()) return;
  const auto band = network.bands++ - content.first_band;
  std::uint32_t column = 0;
  for (const auto n : content.apart) {
    add_item(n, band, network, content);
    network.items.back().column = column++;
  }
}

std::uint32_t Composer::band_of(NodeIndex n, const Content& content) const {
  const auto find = [&](NodeIndex node) -> std::uint32_t {
    if (graph_.node(node).lanes.empty()) return none;
    const auto it = content.bands.band.find(graph_.node(node).lanes.back());
    return it == content.bands.band.end() ? none : it->second;
  };
  if (content.bands.count == 0) return 0;
  if (const auto band = find(n); band != none) return band;
  // In no lane: where what it follows or leads to stands.
  for (const auto f : graph_.incoming(n))
    if (const auto band = find(graph_.source(f)); band != none) return band;
  for (const auto f : graph_.outgoing(n))
    if (const auto band = find(graph_.target(f)); band != none) return band;
  return content.bands.count - 1;
}

void Composer::least_heights(const Content& content, layered::Network& network) const {
  auto& heights = network.least_band_height;
  heights.resize(network.bands, 0);
  for (const auto& [lane, range] : content.bands.range) {
    if (range.first >= range.second) continue;
    const auto name = wrap(graph_.node(lane).name.in(language_), 110, font_size);
    double longest = 60;
    for (const auto& line : name) longest = std::max(longest, text_width(line, font_size) + 16);
    auto& last = heights[content.first_band + range.second - 1];
    last = std::max(last, longest / (range.second - range.first));
  }
}

void Composer::add_links(NodeIndex host, NodeIndex from, const Exit* exit, Content& content,
                         layered::Network& network) const {
  const auto add = [&](NodeIndex to, EdgeKind kind, std::size_t index, const std::string& text, double hint) {
    const auto target = content.item.find(to);
    if (target == content.item.end()) return;
    layered::Link link;
    link.from = content.item[host];
    link.to = target->second;
    link.hint = hint;
    if (exit) link.drops = true, link.leave_x = exit->x, link.leave_y = exit->turn_y, link.start_y = exit->start_y;
    PlacedEdge edge{kind, index, {}, flowing(text, label_width, 10)};
    link.label_width = edge.label.bounds.width;
    link.label_height = edge.label.bounds.height;
    network.links.push_back(link);
    content.lines.push_back(std::move(edge));
  };
  for (const auto f : graph_.outgoing(from))
    add(graph_.target(f), EdgeKind::flow, f, caption(graph_, f, language_), content.order.of_flow(f));
  for (const auto r : members_.relations[from])
    if (const auto& relation = graph_.relations[r];
        relation.kind == graph::RelationKind::compensates && relation.from == from && relation.to < graph_.node_count())
      add(relation.to, EdgeKind::relation, r, "", content.order.of_node(relation.to));
}

Block Composer::take(Content& content, const layered::Placed& placed) const {
  Block block;
  block.width = placed.width;
  block.height = placed.height;
  for (std::size_t i = 0; i < content.clusters.size(); ++i) {
    const auto& at = placed.at[content.first_item + i];
    block.take(std::move(content.clusters[i].block), at.x, at.y);
  }
  for (std::size_t l = 0; l < content.lines.size(); ++l) {
    auto& line = content.lines[l];
    line.points = placed.routes[content.first_link + l];
    line.label.bounds.x = placed.labels[content.first_link + l].x;
    line.label.bounds.y = placed.labels[content.first_link + l].y;
    block.edges.push_back(std::move(line));
  }
  return block;
}

void Composer::add_lanes(const Content& content, const layered::Placed& placed, double right, Block& block) const {
  for (const auto lane : content.bands.lanes) {
    const auto [first, last] = content.bands.range.at(lane);
    const double x = frame_head * static_cast<double>(content.bands.depth.at(lane));
    const double top = placed.band_top[content.first_band + first];
    const double end = placed.band_top[content.first_band + std::max(first, last)];
    PlacedLane result{lane, {x, top, right - x, end - top}, {}};
    result.label = fit(graph_.node(lane).name.in(language_), std::max(20.0, result.bounds.height - 8), frame_head - 4,
                       font_size, smallest_font);
    result.label.bounds = {x, top, frame_head, result.bounds.height};
    block.lanes.push_back(std::move(result));
  }
}

/// What no flow leads to or from: rows below the flow.
void Composer::add_shelf(Content& content, Block& block) {
  if (content.apart.empty()) return;
  const double widest = std::max(block.width, shelf_width);
  const double begin = content.bands.count > 0 ? frame_head + side_padding : 0;
  double x = begin;
  double y = block.height + (block.height > 0 ? shelf_gap : 0);
  double row = 0;
  for (const auto n : content.apart) {
    auto piece = cluster(n, content);
    if (x > begin && x + piece.block.width > widest) {
      y += row + shelf_gap;
      x = begin;
      row = 0;
    }
    const double width = piece.block.width;
    row = std::max(row, piece.block.height);
    block.take(std::move(piece.block), x, y);
    x += width + shelf_gap;
    block.width = std::max(block.width, x - shelf_gap);
  }
  block.height = y + row + (content.bands.count > 0 ? lane_padding : 0);
}

}  // namespace echoflow::layout

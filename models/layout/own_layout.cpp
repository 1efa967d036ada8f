#include "models/layout/own_layout.hpp"

#include <algorithm>
#include <map>

#include "models/layout/bands.hpp"
#include "models/layout/block.hpp"
#include "models/layout/structure_order.hpp"
#include "models/layout/text.hpp"

namespace echoflow::layout {

namespace {

using graph::ContainerIndex;
using graph::NodeIndex;
using graph::none;

constexpr double pool_head = 30;  // of a pool or lane, with its name
constexpr double lane_padding = 18;
constexpr double side_padding = 24;
constexpr double shelf_gap = 28;
constexpr double shelf_width = 700;
constexpr double black_box_height = 60;
constexpr double margin = 20;

class Composer {
 public:
  Composer(const graph::ProcessGraph& graph, const Members& members, const std::string& language)
      : graph_(graph), members_(members), language_(language) {}

  /// The inside of a process or sub-process, without a frame.
  Block inside(ContainerIndex container) {
    Content content;
    content.order = structure_order(graph_, members_, container);
    sort_out(container, content);
    const auto placed = place_flow(content);
    Block block;
    block.width = placed.width;
    block.height = placed.height;
    for (std::size_t i = 0; i < content.clusters.size(); ++i)
      block.take(std::move(content.clusters[i].block), placed.at[i].x, placed.at[i].y);
    for (std::size_t l = 0; l < content.lines.size(); ++l) {
      auto& line = content.lines[l];
      line.points = placed.routes[l];
      line.label.bounds.x = placed.labels[l].x;
      line.label.bounds.y = placed.labels[l].y;
      block.edges.push_back(std::move(line));
    }
    const double padded = add_padding(content, block);
    add_lanes(content, placed, padded, block);
    add_shelf(content, block);
    return block;
  }

 private:
  struct Content {
    StructureOrder order;
    Bands bands;
    std::vector<NodeIndex> flow;   ///< in the layered placement
    std::vector<NodeIndex> apart;  ///< on the shelf below it
    std::map<NodeIndex, std::vector<Satellite>> satellites;
    std::vector<Cluster> clusters;  ///< of `flow`
    std::map<NodeIndex, std::uint32_t> item;
    std::vector<PlacedEdge> lines;
  };

  bool is_linked(NodeIndex n) const {
    if (!graph_.incoming(n).empty() || !graph_.outgoing(n).empty()) return true;
    for (const auto event : members_.boundary[n])
      if (!graph_.outgoing(event).empty()) return true;
    for (const auto r : members_.relations[n])
      if (graph_.relations[r].kind == graph::RelationKind::compensates) return true;
    return false;
  }

  /// The flow node beside which data, a note or a role stands: of those that it belongs to, the first.
  std::pair<NodeIndex, std::size_t> host_of(NodeIndex n) const {
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

  void sort_out(ContainerIndex container, Content& content) const {
    const auto& nodes = members_.in_container[container];
    content.bands = bands_of(graph_, nodes);
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
  }

  Cluster cluster(NodeIndex n, Content& content) {
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

  layered::Placed place_flow(Content& content) {
    layered::Network network;
    network.bands = std::max(1U, content.bands.count);
    if (content.bands.count > 0) network.band_padding = lane_padding;
    for (const auto n : content.flow) {
      content.item[n] = static_cast<std::uint32_t>(content.clusters.size());
      content.clusters.push_back(cluster(n, content));
      auto& item = content.clusters.back().item;
      item.hint = content.order.of_node(n);
      const auto* event = graph_.node(n).as<graph::Event>();
      item.starts = event && event->position == graph::EventPosition::start && graph_.incoming(n).empty();
      item.band = band_of(n, content);
      network.items.push_back(item);
    }
    least_heights(content.bands, network);
    for (const auto n : content.flow) {
      add_links(n, n, nullptr, content, network);
      for (const auto& exit : content.clusters[content.item[n]].exits)
        add_links(n, exit.event, &exit, content, network);
    }
    return layered::place(network);
  }

  std::uint32_t band_of(NodeIndex n, const Content& content) const {
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

  void least_heights(const Bands& bands, layered::Network& network) const {
    network.least_band_height.assign(network.bands, 0);
    for (const auto& [lane, range] : bands.range) {
      if (range.first >= range.second) continue;
      const auto name = wrap(graph_.node(lane).name.in(language_), 110, font_size);
      double longest = 60;
      for (const auto& line : name) longest = std::max(longest, text_width(line, font_size) + 16);
      auto& last = network.least_band_height[range.second - 1];
      last = std::max(last, longest / (range.second - range.first));
    }
  }

  void add_links(NodeIndex host, NodeIndex from, const Exit* exit, Content& content, layered::Network& network) const {
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
      if (const auto& relation = graph_.relations[r]; relation.kind == graph::RelationKind::compensates &&
                                                      relation.from == from && relation.to < graph_.node_count())
        add(relation.to, EdgeKind::relation, r, "", content.order.of_node(relation.to));
  }

  double add_padding(const Content& content, Block& block) const {
    if (content.bands.count == 0) return 0;
    const double left = pool_head * static_cast<double>(content.bands.deepest) + side_padding;
    block.shift(left, 0);
    block.width += left + side_padding;
    return left;
  }

  void add_lanes(const Content& content, const layered::Placed& placed, double, Block& block) const {
    for (const auto lane : content.bands.lanes) {
      const auto [first, last] = content.bands.range.at(lane);
      const double x = pool_head * static_cast<double>(content.bands.depth.at(lane));
      const double top = placed.band_top[first];
      PlacedLane result{lane, {x, top, block.width - x, placed.band_top[std::max(first, last)] - top}, {}};
      result.label = fit(graph_.node(lane).name.in(language_), std::max(20.0, result.bounds.height - 8), pool_head - 4,
                         font_size, smallest_font);
      result.label.bounds = {x, top, pool_head, result.bounds.height};
      block.lanes.push_back(std::move(result));
    }
  }

  /// What no flow leads to or from: rows below the flow.
  void add_shelf(Content& content, Block& block) {
    if (content.apart.empty()) return;
    const double widest = std::max(block.width, shelf_width);
    const double begin = content.bands.count > 0 ? pool_head + side_padding : 0;
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

  const graph::ProcessGraph& graph_;
  const Members& members_;
  const std::string& language_;
};

/// Pools from top to bottom, with room for message flows between them.
class Pools {
 public:
  Pools(const graph::ProcessGraph& graph, const Members& members, const std::string& language)
      : graph_(graph), members_(members), language_(language) {}

  Diagram run() {
    std::vector<bool> framed(graph_.containers.size(), false);
    for (std::size_t p = 0; p < graph_.participants.size(); ++p) {
      const auto process = graph_.participants[p].process;
      const bool white = process < graph_.containers.size() && !framed[process];
      if (white) framed[process] = true;
      add_pool(p, white ? process : none);
    }
    for (ContainerIndex c = 0; c < graph_.containers.size(); ++c)
      if (!framed[c] && graph_.containers[c].parent == none && !members_.in_container[c].empty()) add_free(c);
    finish();
    return std::move(diagram_);
  }

 private:
  double gap() const {
    const auto flows = static_cast<double>(graph_.message_flows.size());
    return flows == 0 ? 30 : std::min(160.0, 40 + 8 * flows);
  }

  void add_pool(std::size_t p, ContainerIndex process) {
    Block block;
    if (process != none) block = Composer(graph_, members_, language_).inside(process);
    const bool lanes = !block.lanes.empty();
    const double padding = lanes ? 0 : side_padding;
    const bool black = block.nodes.empty() && !lanes;
    const double height = black ? black_box_height : std::max(80.0, block.height + 2 * padding);
    PlacedPool pool{p, {margin, y_, block.width + 2 * padding + pool_head, height}, {}};
    pools_.push_back({diagram_.pools.size(), black, lanes, diagram_.lanes.size()});
    width_ = std::max(width_, pool.bounds.width);
    Diagram& to = diagram_;
    block.shift(margin + pool_head + padding, y_ + padding);
    pools_.back().lanes_end = to.lanes.size() + block.lanes.size();
    append(std::move(block));
    to.pools.push_back(pool);
    y_ += height + gap();
  }

  void add_free(ContainerIndex process) {
    auto block = Composer(graph_, members_, language_).inside(process);
    const double height = block.height;
    width_ = std::max(width_, block.width);
    block.shift(margin, y_);
    append(std::move(block));
    y_ += height + gap();
  }

  void append(Block&& block) {
    std::move(block.lanes.begin(), block.lanes.end(), std::back_inserter(diagram_.lanes));
    std::move(block.nodes.begin(), block.nodes.end(), std::back_inserter(diagram_.nodes));
    std::move(block.edges.begin(), block.edges.end(), std::back_inserter(diagram_.edges));
  }

  /// All pools are as wide as the widest, and their names fit.
  void finish() {
    for (const auto& made : pools_) {
      auto& pool = diagram_.pools[made.pool];
      pool.bounds.width = std::max(width_, 300.0);
      const std::string name(graph_.participants[pool.participant].name.in(language_));
      if (made.black) {
        pool.label = fit(name, pool.bounds.width - 20, pool.bounds.height - 8, font_size, smallest_font);
        pool.label.bounds = pool.bounds;
      } else {
        pool.label = fit(name, pool.bounds.height - 8, pool_head - 4, font_size, smallest_font);
        pool.label.bounds = {pool.bounds.x, pool.bounds.y, pool_head, pool.bounds.height};
      }
      for (auto l = made.lanes_begin; l < made.lanes_end; ++l)
        diagram_.lanes[l].bounds.width = right(pool.bounds) - diagram_.lanes[l].bounds.x;
      diagram_.width = std::max(diagram_.width, right(pool.bounds));
    }
    diagram_.width = std::max(diagram_.width, margin + width_) + margin;
    diagram_.height = std::max(y_ - (y_ > margin ? gap() : 0), margin) + margin;
  }

  struct Made {
    std::size_t pool;
    bool black;
    bool lanes;
    std::size_t lanes_begin;
    std::size_t lanes_end = 0;
  };

  const graph::ProcessGraph& graph_;
  const Members& members_;
  const std::string& language_;
  Diagram diagram_;
  std::vector<Made> pools_;
  double y_ = margin;
  double width_ = 0;
};

}  // namespace

Diagram own_layout(const graph::ProcessGraph& graph, const std::string& language) {
  const Members members(graph);
  auto diagram = Pools(graph, members, language).run();
  lead_other_lines(graph, members, language, diagram);
  return diagram;
}

}  // namespace echoflow::layout

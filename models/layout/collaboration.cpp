#include "models/layout/collaboration.hpp"

#include <algorithm>

#include "models/layout/pool_order.hpp"
#include "models/layout/text.hpp"

namespace echoflow::layout {

namespace {

using graph::ContainerIndex;
using graph::NodeIndex;
using graph::none;

constexpr double least_gap = 44;
constexpr double gap_for_line = 8;
constexpr double widest_gap = 140;
constexpr double least_pool_height = 80;
constexpr double least_width = 300;

class Collaboration {
 public:
  Collaboration(const graph::ProcessGraph& graph, const Members& members, const std::string& language)
      : graph_(graph), members_(members), language_(language), composer_(graph, members, language) {}

  Diagram run() {
    find_parts();
    network_.bands = 0;
    network_.band_padding = lane_padding;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (i > 0) add_gap(i);
      add_part(parts_[i]);
    }
    add_across();
    const auto placed = layered::place(network_);
    for (auto& part : parts_) take(part, placed);
    frame(placed);
    return std::move(diagram_);
  }

 private:
  /// A pool, or a process that no pool frames.
  struct Part {
    std::size_t participant = none;
    ContainerIndex process = none;
    Content content;
    std::uint32_t first_band = 0;
    std::uint32_t end_band = 0;
    std::size_t lanes_begin = 0;
    std::size_t lanes_end = 0;
    bool black() const { return process == none; }
  };

  void find_parts() {
    std::vector<ContainerIndex> framed;
    for (const auto p : members_.pools) {
      Part part;
      part.participant = p;
      const auto process = graph_.participants[p].process;
      const bool known = process < graph_.containers.size() && !members_.in_container[process].empty();
      if (known && std::find(framed.begin(), framed.end(), process) == framed.end()) {
        part.process = process;
        framed.push_back(process);
      }
      parts_.push_back(std::move(part));
    }
    for (ContainerIndex c = 0; c < graph_.containers.size(); ++c) {
      if (graph_.containers[c].parent != none || members_.in_container[c].empty()) continue;
      if (std::find(framed.begin(), framed.end(), c) != framed.end()) continue;
      Part part;
      part.process = c;
      parts_.push_back(std::move(part));
    }
  }

  /// Room for message flows that run level between this part and the one above.
  void add_gap(std::size_t part) {
    double lines = 0;
    for (const auto& flow : graph_.message_flows) {
      const auto from = part_of(flow.from);
      const auto to = part_of(flow.to);
      if (from < parts_.size() && to < parts_.size() && (from < part) != (to < part)) ++lines;
    }
    add_band(std::min(widest_gap, least_gap + gap_for_line * lines));
  }

  std::size_t part_of(const std::string& id) const {
    const auto pool = pool_of(graph_, id);
    for (std::size_t i = 0; i < parts_.size(); ++i)
      if (parts_[i].participant == pool && pool < graph_.participants.size()) return i;
    return parts_.size();
  }

  void add_band(double height) {
    ++network_.bands;
    network_.least_band_height.resize(network_.bands, 0);
    network_.least_band_height.back() = height;
  }

  void add_part(Part& part) {
    part.first_band = network_.bands;
    if (part.black()) {
      add_band(black_box_height);
    } else {
      part.content = composer_.content_of(part.process);
      lift_linked(part.content);
      composer_.add_to(network_, part.content);
      composer_.add_apart(network_, part.content);
      network_.least_band_height.resize(network_.bands, 0);
      deepest_ = std::max(deepest_, part.content.bands.deepest);
      if (part.content.bands.count == 0) {
        auto& least = network_.least_band_height[part.first_band];
        least = std::max(least, name_length(part));
      }
    }
    part.end_band = network_.bands;
  }

  double name_length(const Part& part) const {
    double longest = least_pool_height;
    if (part.participant == none) return longest;
    for (const auto& line : wrap(graph_.participants[part.participant].name.in(language_), 130, font_size))
      longest = std::max(longest, text_width(line, font_size) + 16);
    return longest;
  }

  /// What only message flows lead to stands among the rest, over or below what they link.
  void lift_linked(Content& content) const {
    const auto linked = [&](NodeIndex n) {
      const auto& id = graph_.node(n).id;
      return std::any_of(graph_.message_flows.begin(), graph_.message_flows.end(),
                         [&](const auto& flow) { return flow.from == id || flow.to == id; });
    };
    const auto middle =
        std::stable_partition(content.apart.begin(), content.apart.end(), [&](NodeIndex n) { return !linked(n); });
    content.flow.insert(content.flow.end(), middle, content.apart.end());
    content.apart.erase(middle, content.apart.end());
  }

  // --- message flows as lines across ---------------------------------------------------------------------------------

  /// The item of the node or of the sub-process around it; `outside` when there is none.
  std::uint32_t item_of(const Part& part, const std::string& id) const {
    auto n = graph_.find(id);
    for (std::size_t steps = 0; n < graph_.node_count() && steps <= graph_.containers.size(); ++steps) {
      const auto* event = graph_.node(n).as<graph::Event>();
      if (event && event->attached_to < graph_.node_count()) n = event->attached_to;
      if (const auto it = part.content.item.find(n); it != part.content.item.end()) return it->second;
      const auto container = graph_.node(n).container;
      n = container < graph_.containers.size() ? graph_.containers[container].owner : none;
    }
    return layered::Across::outside;
  }

  void add_across() {
    for (std::uint32_t i = 0; i < parts_.size(); ++i) network_.section.resize(parts_[i].end_band, i);
    for (const auto& flow : graph_.message_flows) {
      const auto from = part_of(flow.from);
      const auto to = part_of(flow.to);
      if (from == to || from >= parts_.size() || to >= parts_.size()) continue;
      layered::Across line{item_of(parts_[from], flow.from), item_of(parts_[to], flow.to), from < to};
      if (line.item == layered::Across::outside) {
        std::swap(line.item, line.other);
        line.down = !line.down;
      }
      if (line.item == layered::Across::outside) continue;
      network_.across.push_back(line);
      keep_free(line.item, line.down);
      if (line.other != layered::Across::outside) keep_free(line.other, !line.down);
    }
  }

  /// A corner at which a message flow begins or ends is not for others.
  void keep_free(std::uint32_t i, bool below) {
    auto& item = network_.items[i];
    if (item.pointed) (below ? item.free_below : item.free_above) = false;
  }

  // --- the diagram ---------------------------------------------------------------------------------------------------

  double left() const {
    return diagram_margin + frame_head + frame_head * static_cast<double>(deepest_) + side_padding;
  }

  void take(Part& part, const layered::Placed& placed) {
    if (part.black()) return;
    auto block = composer_.take(part.content, placed);
    block.shift(left(), diagram_margin);
    part.lanes_begin = diagram_.lanes.size();
    Block lanes;
    composer_.add_lanes(part.content, placed, 0, lanes);
    lanes.shift(diagram_margin + frame_head, diagram_margin);
    block.take(std::move(lanes), 0, 0);
    std::move(block.lanes.begin(), block.lanes.end(), std::back_inserter(diagram_.lanes));
    std::move(block.nodes.begin(), block.nodes.end(), std::back_inserter(diagram_.nodes));
    std::move(block.edges.begin(), block.edges.end(), std::back_inserter(diagram_.edges));
    part.lanes_end = diagram_.lanes.size();
  }

  void frame(const layered::Placed& placed) {
    const double width = std::max(least_width, left() + placed.width + side_padding - diagram_margin);
    for (const auto& part : parts_) {
      for (auto l = part.lanes_begin; l < part.lanes_end; ++l)
        diagram_.lanes[l].bounds.width = diagram_margin + width - diagram_.lanes[l].bounds.x;
      if (part.participant == none) continue;
      const double top = diagram_margin + placed.band_top[part.first_band];
      const double height = placed.band_top[part.end_band] - placed.band_top[part.first_band];
      PlacedPool pool{part.participant, {diagram_margin, top, width, height}, {}};
      const std::string name(graph_.participants[part.participant].name.in(language_));
      pool.label = part.black() ? fit(name, width - 20, height - 8, font_size, smallest_font)
                                : fit(name, height - 8, frame_head - 4, font_size, smallest_font);
      pool.label.bounds = part.black() ? pool.bounds : Bounds{diagram_margin, top, frame_head, height};
      diagram_.pools.push_back(std::move(pool));
    }
    diagram_.width = width + 2 * diagram_margin;
    diagram_.height = placed.height + 2 * diagram_margin;
  }

  const graph::ProcessGraph& graph_;
  const Members& members_;
  const std::string& language_;
  Composer composer_;
  layered::Network network_;
  std::vector<Part> parts_;
  std::size_t deepest_ = 0;
  Diagram diagram_;
};

}  // namespace

Diagram common_columns(const graph::ProcessGraph& graph, const Members& members, const std::string& language) {
  return Collaboration(graph, members, language).run();
}

}  // namespace echoflow::layout

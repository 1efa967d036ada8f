#include "models/layout/own_layout.hpp"

#include <algorithm>

#include "models/layout/collaboration.hpp"
#include "models/layout/composer.hpp"
#include "models/layout/measure.hpp"
#include "models/layout/text.hpp"

namespace echoflow::layout {

namespace {

using graph::ContainerIndex;
using graph::none;

/// Beyond it, long lines are led around everything, which common columns have no place for.
constexpr std::size_t most_in_common_columns = 1'500;
constexpr std::size_t most_to_turn_over = 200;

/// Pools from top to bottom, with room for message flows between them.
class Pools {
 public:
  Pools(const graph::ProcessGraph& graph, const Members& members, const std::string& language)
      : graph_(graph), members_(members), language_(language) {}

  Diagram run() {
    std::vector<bool> framed(graph_.containers.size(), false);
    for (const auto p : members_.pools) {
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
    PlacedPool pool{p, {diagram_margin, y_, block.width + 2 * padding + frame_head, height}, {}};
    pools_.push_back({diagram_.pools.size(), black, lanes, diagram_.lanes.size()});
    width_ = std::max(width_, pool.bounds.width);
    Diagram& to = diagram_;
    block.shift(diagram_margin + frame_head + padding, y_ + padding);
    pools_.back().lanes_end = to.lanes.size() + block.lanes.size();
    append(std::move(block));
    to.pools.push_back(pool);
    y_ += height + gap();
  }

  void add_free(ContainerIndex process) {
    auto block = Composer(graph_, members_, language_).inside(process);
    const double height = block.height;
    width_ = std::max(width_, block.width);
    block.shift(diagram_margin, y_);
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
        pool.label = fit(name, pool.bounds.height - 8, frame_head - 4, font_size, smallest_font);
        pool.label.bounds = {pool.bounds.x, pool.bounds.y, frame_head, pool.bounds.height};
      }
      for (auto l = made.lanes_begin; l < made.lanes_end; ++l)
        diagram_.lanes[l].bounds.width = right(pool.bounds) - diagram_.lanes[l].bounds.x;
      diagram_.width = std::max(diagram_.width, right(pool.bounds));
    }
    diagram_.width = std::max(diagram_.width, diagram_margin + width_) + diagram_margin;
    diagram_.height = std::max(y_ - (y_ > diagram_margin ? gap() : 0), diagram_margin) + diagram_margin;
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
  double y_ = diagram_margin;
  double width_ = 0;
};

}  // namespace

Diagram own_layout(const graph::ProcessGraph& graph, const std::string& language) {
  Members members(graph);
  if (graph.message_flows.empty() || graph.node_count() > most_in_common_columns) {
    auto diagram = Pools(graph, members, language).run();
    lead_other_lines(graph, members, language, diagram);
    return diagram;
  }
  auto diagram = common_columns(graph, members, language);
  lead_other_lines(graph, members, language, diagram);
  if (graph.node_count() > most_to_turn_over) return diagram;
  const auto crossings = measure(graph, diagram).crossings;
  if (crossings == 0) return diagram;
  // The other way up there may be fewer.
  members.turn_over();
  auto turned = common_columns(graph, members, language);
  lead_other_lines(graph, members, language, turned);
  return measure(graph, turned).crossings < crossings ? turned : diagram;
}

}  // namespace echoflow::layout

#include <algorithm>

#include "models/layout/layered_columns.hpp"

namespace echoflow::layout::layered {

namespace {

/// More passages than this, for all lines together, and the longest lines are led around.
constexpr std::size_t passages_per_item = 12;
constexpr std::size_t passages_at_least = 4000;
constexpr double passage_height = 2;

/// Links that close a cycle when the flow is walked depth first, from where it starts.
std::vector<bool> back_links(const Network& network, const Adjacency& around) {
  enum class Mark : std::uint8_t { fresh, open, done };
  std::vector<Mark> marks(network.items.size(), Mark::fresh);
  std::vector<bool> back(network.links.size(), false);
  struct Frame {
    std::uint32_t item;
    std::size_t next;
  };
  std::vector<Frame> stack;
  const auto walk = [&](std::uint32_t root) {
    if (marks[root] != Mark::fresh) return;
    marks[root] = Mark::open;
    stack.push_back({root, 0});
    while (!stack.empty()) {
      auto& top = stack.back();
      if (top.next == around.out[top.item].size()) {
        marks[top.item] = Mark::done;
        stack.pop_back();
        continue;
      }
      const auto link = around.out[top.item][top.next++];
      const auto to = network.links[link].to;
      if (marks[to] == Mark::open) {
        back[link] = true;
      } else if (marks[to] == Mark::fresh) {
        marks[to] = Mark::open;
        stack.push_back({to, 0});
      }
    }
  };
  for (std::uint32_t i = 0; i < network.items.size(); ++i)
    if (network.items[i].starts) walk(i);
  for (std::uint32_t i = 0; i < network.items.size(); ++i)
    if (around.in[i].empty()) walk(i);
  for (std::uint32_t i = 0; i < network.items.size(); ++i) walk(i);
  return back;
}

class Chainer {
 public:
  Chainer(State& state, std::vector<std::uint32_t> layer) : state_(state), layer_(std::move(layer)) { count_across(); }

  void add_items() {
    const auto& items = state_.network.items;
    for (std::uint32_t i = 0; i < items.size(); ++i)
      add({i, nothing, layer_[i], 0, items[i].band, nothing, items[i].hint, items[i].height, items[i].port});
  }

  void add_chain(std::uint32_t l, bool back, std::uint32_t longest) {
    const auto& link = state_.network.links[l];
    auto& chain = state_.chains[l];
    const auto from = layer_[link.from];
    const auto to = layer_[link.to];
    chain.back = back || to <= from;
    chain.around = std::max(from, to) - std::min(from, to) > longest;
    chain.cells.push_back(link.from);
    if (!chain.around && chain.back) {
      chain.above = !link.drops && rather_above(state_.network.items[link.from].band, to, from);
      // It turns back beside both ends, so it passes through their columns too.
      for (auto k = from + 1; k-- > to;) chain.cells.push_back(passage(l, k));
      beside(chain.cells[1], link.from);
      beside(chain.cells.back(), link.to);
    } else if (!chain.around) {
      for (auto k = from + 1; k < to; ++k) chain.cells.push_back(passage(l, k));
    }
    chain.cells.push_back(link.to);
    if (!chain.around) add_pieces(l, chain);
  }

 private:
  std::uint32_t add(Cell cell) {
    const auto index = static_cast<std::uint32_t>(state_.cells.size());
    if (state_.layers.size() <= cell.layer) state_.layers.resize(cell.layer + 1);
    state_.layers[cell.layer].push_back(index);
    state_.cells.push_back(cell);
    state_.after.emplace_back();
    state_.before.emplace_back();
    return index;
  }

  std::uint32_t passage(std::uint32_t l, std::uint32_t layer) {
    const auto& link = state_.network.links[l];
    const auto& from = state_.network.items[link.from];
    const auto& to = state_.network.items[link.to];
    const bool forward = layer_[link.from] < layer_[link.to];
    const bool first = layer == layer_[link.from] + (forward ? 1 : 0);
    const double height = first && link.label_height > 0 ? 2 * link.label_height + 4 : passage_height;
    const double hint = state_.chains[l].above ? to.hint - 0.5 : link.hint;
    return add({nothing, l, layer, 0, forward ? to.band : from.band, nothing, hint, height, height / 2});
  }

  void beside(std::uint32_t cell, std::uint32_t item) {
    if (state_.cells[cell].band == state_.cells[item].band && state_.cells[cell].beside == nothing)
      state_.cells[cell].beside = item;
  }

  void add_pieces(std::uint32_t l, const Chain& chain) {
    const std::size_t skip = chain.back ? 1 : 0;
    for (std::size_t k = skip; k + 1 + skip < chain.cells.size(); ++k) {
      auto left = chain.cells[k];
      auto right = chain.cells[k + 1];
      if (chain.back) std::swap(left, right);
      const auto index = static_cast<std::uint32_t>(state_.pieces.size());
      state_.pieces.push_back({l, left, right});
      state_.after[left].push_back(index);
      state_.before[right].push_back(index);
    }
  }

  /// Lines across, by section and column, summed up from the left.
  void count_across() {
    const auto& network = state_.network;
    if (network.across.empty()) return;
    const auto lines = outward(network);
    const std::size_t sections = network.section.empty() ? 1 : network.section.back() + 1;
    const std::size_t columns = 1 + (layer_.empty() ? 0 : *std::max_element(layer_.begin(), layer_.end()));
    sums_.assign(sections, std::vector<int>(columns + 1, 0));
    for (std::uint32_t i = 0; i < network.items.size(); ++i)
      sums_[section_of(network, network.items[i].band)][layer_[i] + 1] +=
          static_cast<int>(lines.down[i]) - static_cast<int>(lines.up[i]);
    for (auto& sums : sums_)
      for (std::size_t k = 1; k <= columns; ++k) sums[k] += sums[k - 1];
  }

  /// More lines leave downwards than upwards from what the line leads back past.
  bool rather_above(std::uint32_t band, std::uint32_t first, std::uint32_t last) const {
    if (sums_.empty()) return false;
    const auto& sums = sums_[section_of(state_.network, band)];
    return sums[last + 1] > sums[first];
  }

  State& state_;
  std::vector<std::uint32_t> layer_;
  std::vector<std::vector<int>> sums_;
};

/// The longest line that still passes through the columns, so that all passages stay in proportion to the items.
std::uint32_t longest_line(const Network& network, const std::vector<std::uint32_t>& layer) {
  std::vector<std::uint32_t> spans;
  for (const auto& link : network.links) {
    const auto a = layer[link.from];
    const auto b = layer[link.to];
    spans.push_back(std::max(a, b) - std::min(a, b));
  }
  std::sort(spans.begin(), spans.end());
  std::size_t room = std::max(passages_at_least, passages_per_item * network.items.size());
  for (const auto span : spans) {
    if (span + 1 > room) return span == 0 ? 0 : span - 1;
    room -= span + 1;
  }
  return nothing;
}

}  // namespace

void assign_layers(State& state) {
  const auto& network = state.network;
  const Adjacency around(network);
  const auto back = back_links(network, around);
  const auto layer = columns_of(network, around, back);
  const auto longest = longest_line(network, layer);
  state.chains.resize(network.links.size());
  Chainer chainer(state, layer);
  chainer.add_items();
  for (std::uint32_t l = 0; l < network.links.size(); ++l) chainer.add_chain(l, back[l], longest);
}

}  // namespace echoflow::layout::layered

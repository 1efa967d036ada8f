#include "models/layout/layered_columns.hpp"

#include <algorithm>
#include <numeric>

namespace echoflow::layout::layered {

namespace {

constexpr std::size_t most_steps = 5'000'000;
constexpr std::uint32_t more_columns = 2;  // than without alignment, or
constexpr double wider = 1.5;              // times as many

/// Groups of items that share a column.
class Columns {
 public:
  Columns(const Network& network, const Adjacency& around, const std::vector<bool>& back)
      : network_(network), around_(around), back_(back), leader_(network.items.size()), group_(network.items.size()) {
    std::iota(leader_.begin(), leader_.end(), 0);
    for (std::uint32_t i = 0; i < group_.size(); ++i) group_[i].push_back(i);
  }

  std::vector<std::uint32_t> run() {
    place();
    align();
    pull();
    const auto last = column_.empty() ? 0 : *std::max_element(column_.begin(), column_.end());
    for (std::uint32_t i = 0; i < network_.items.size(); ++i)
      if (network_.items[i].column != nothing) column_[i] = network_.items[i].column % (last + 1);
    return std::move(column_);
  }

 private:
  template <class Visit>
  void for_each_out(std::uint32_t leader, Visit visit) const {
    for (const auto i : group_[leader])
      for (const auto l : around_.out[i])
        if (!back_[l]) visit(leader_[network_.links[l].to]);
  }

  /// Groups so that every link that is not back leads forward; then the longest path from the start.
  void place() {
    const auto count = network_.items.size();
    std::vector<std::uint32_t> waiting(count, 0);
    for (std::uint32_t i = 0; i < count; ++i) for_each_out(i, [&](std::uint32_t to) { ++waiting[to]; });
    order_.clear();
    column_.assign(count, 0);
    for (std::uint32_t i = 0; i < count; ++i)
      if (leader_[i] == i && waiting[i] == 0) order_.push_back(i);
    for (std::size_t k = 0; k < order_.size(); ++k)
      for_each_out(order_[k], [&](std::uint32_t to) {
        column_[to] = std::max(column_[to], column_[order_[k]] + 1);
        if (--waiting[to] == 0) order_.push_back(to);
      });
    for (std::uint32_t i = 0; i < count; ++i) column_[i] = column_[leader_[i]];
  }

  bool leads(std::uint32_t from, std::uint32_t to) const {
    std::vector<bool> seen(network_.items.size(), false);
    std::vector<std::uint32_t> stack{from};
    while (!stack.empty()) {
      const auto at = stack.back();
      stack.pop_back();
      bool found = false;
      for_each_out(at, [&](std::uint32_t next) {
        found = found || next == to;
        if (!seen[next]) seen[next] = true, stack.push_back(next);
      });
      if (found) return true;
    }
    return false;
  }

  /// Lines across from the left to the right; each one that makes no circle and not too many columns.
  void align() {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const auto& line : network_.across)
      if (line.other != Across::outside) pairs.emplace_back(line.item, line.other);
    if (pairs.empty() || pairs.size() * (network_.items.size() + network_.links.size()) > most_steps) return;
    std::stable_sort(pairs.begin(), pairs.end(), [&](const auto& a, const auto& b) {
      return std::max(column_[a.first], column_[a.second]) < std::max(column_[b.first], column_[b.second]);
    });
    const auto columns = *std::max_element(column_.begin(), column_.end()) + 1;
    const auto most = std::max(columns + more_columns, static_cast<std::uint32_t>(columns * wider));
    for (const auto& [a, b] : pairs) {
      const auto into = leader_[a];
      const auto from = leader_[b];
      if (into == from || leads(into, from) || leads(from, into)) continue;
      const auto size = group_[into].size();
      for (const auto i : group_[from]) leader_[i] = into, group_[into].push_back(i);
      auto moved = std::move(group_[from]);
      group_[from].clear();
      place();
      if (*std::max_element(column_.begin(), column_.end()) < most) continue;
      for (const auto i : moved) leader_[i] = from;
      group_[into].resize(size);
      group_[from] = std::move(moved);
      place();
    }
  }

  /// What has more lines out than in moves towards where it leads; before a group, all that leads to it alone.
  void pull() {
    const auto count = network_.items.size();
    std::vector<bool> loose(count, true);  // nothing holds it on its left
    std::vector<std::size_t> in(count, 0);
    std::vector<std::size_t> out(count, 0);
    for (const auto g : order_) {
      if (group_[g].size() > 1) loose[g] = false;
      for_each_out(g, [&](std::uint32_t to) { ++in[to], ++out[g]; });
      for_each_out(g, [&](std::uint32_t to) { loose[to] = loose[to] && loose[g] && out[g] == 1; });
    }
    const bool aligned = !network_.across.empty();
    for (auto it = order_.rbegin(); it != order_.rend(); ++it) {
      std::uint32_t nearest = nothing;
      for_each_out(*it, [&](std::uint32_t to) { nearest = std::min(nearest, column_[to]); });
      const bool free = out[*it] > in[*it] || (aligned && loose[*it] && out[*it] == 1);
      if (free && nearest != nothing && nearest > column_[*it] + 1)
        for (const auto i : group_[*it]) column_[i] = nearest - 1;
    }
  }

  const Network& network_;
  const Adjacency& around_;
  const std::vector<bool>& back_;
  std::vector<std::uint32_t> leader_;
  std::vector<std::vector<std::uint32_t>> group_;  ///< by leader
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> column_;
};

}  // namespace

Outward outward(const Network& network) {
  Outward result{std::vector<std::uint32_t>(network.items.size(), 0),
                 std::vector<std::uint32_t>(network.items.size(), 0)};
  for (const auto& line : network.across) {
    const bool outside = line.other == Across::outside;
    const bool down = outside ? line.down : network.items[line.item].band < network.items[line.other].band;
    ++(down ? result.down : result.up)[line.item];
    if (!outside) ++(down ? result.up : result.down)[line.other];
  }
  return result;
}

Adjacency::Adjacency(const Network& network) {
  out.resize(network.items.size());
  in.resize(network.items.size());
  for (std::uint32_t l = 0; l < network.links.size(); ++l) {
    out[network.links[l].from].push_back(l);
    in[network.links[l].to].push_back(l);
  }
}

std::vector<std::uint32_t> columns_of(const Network& network, const Adjacency& around, const std::vector<bool>& back) {
  return Columns(network, around, back).run();
}

}  // namespace echoflow::layout::layered

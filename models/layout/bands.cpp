#include "models/layout/bands.hpp"

#include <algorithm>
#include <cmath>

#include "models/layout/pool_order.hpp"
#include "models/layout/symbols.hpp"

namespace echoflow::layout {

namespace {

using graph::NodeIndex;

class Lanes {
 public:
  Lanes(const graph::ProcessGraph& graph, const Members& members, const std::vector<NodeIndex>& nodes)
      : graph_(graph), members_(members) {
    for (const auto n : nodes) {
      const auto& node = graph_.node(n);
      if (!is_lane(node)) {
        if (!node.lanes.empty()) holds_.insert({node.lanes.back(), true});
        continue;
      }
      children_[node.lanes.empty() ? "" : node.lanes.back()].push_back(n);
    }
    for (const auto n : nodes) add_pulls(n);
  }

  Bands run() {
    add("", 0);
    return std::move(bands_);
  }

 private:
  void add(const std::string& parent, std::size_t depth) {
    if (depth > 20) return;
    for (const auto n : in_order(children_[parent])) {
      const auto& id = graph_.node(n).id;
      if (bands_.depth.contains(n)) continue;
      bands_.lanes.push_back(n);
      bands_.depth[n] = depth;
      bands_.deepest = std::max(bands_.deepest, depth + 1);
      const auto first = bands_.count;
      if (holds_.contains(id) || children_[id].empty()) bands_.band[id] = bands_.count++;
      add(id, depth + 1);
      bands_.range[n] = {first, bands_.count};
    }
  }

  /// Flows between lanes side by side, and message flows that leave them upwards or downwards.
  void add_pulls(NodeIndex n) {
    const auto& lanes = graph_.node(n).lanes;
    if (is_lane(graph_.node(n))) return;
    for (const auto& lane : lanes) messages_[lane] += members_.messages_to[n];
    for (const auto f : graph_.outgoing(n)) {
      const auto& others = graph_.node(graph_.target(f)).lanes;
      const auto [a, b] = std::mismatch(lanes.begin(), lanes.end(), others.begin(), others.end());
      if (a != lanes.end() && b != others.end()) ++flows_[{std::min(*a, *b), std::max(*a, *b)}];
    }
  }

  std::vector<NodeIndex> in_order(const std::vector<NodeIndex>& lanes) const {
    std::map<std::string_view, std::size_t> number;
    for (std::size_t i = 0; i < lanes.size(); ++i) number[graph_.node(lanes[i]).id] = i;
    std::vector<std::size_t> place(lanes.size());
    const auto order = cheapest_order(lanes.size(), [&](const std::vector<std::size_t>& now) {
      for (std::size_t i = 0; i < now.size(); ++i) place[now[i]] = i;
      double sum = 0;
      for (const auto& [pair, count] : flows_) {
        const auto a = number.find(pair.first);
        const auto b = number.find(pair.second);
        if (a == number.end() || b == number.end()) continue;
        const auto [first, last] = std::minmax(place[a->second], place[b->second]);
        sum += passing * count * static_cast<double>(last - first - 1);
      }
      for (const auto& [lane, i] : number)
        if (const auto pull = messages_.find(std::string(lane)); pull != messages_.end())
          sum += std::abs(pull->second) * static_cast<double>(pull->second > 0 ? now.size() - 1 - place[i] : place[i]);
      return sum;
    });
    std::vector<NodeIndex> result;
    for (const auto i : order) result.push_back(lanes[i]);
    return result;
  }

  static constexpr double passing = 2;

  const graph::ProcessGraph& graph_;
  const Members& members_;
  std::map<std::pair<std::string, std::string>, double> flows_;
  std::map<std::string, double> messages_;
  std::map<std::string, std::vector<NodeIndex>> children_;
  std::map<std::string, bool> holds_;
  Bands bands_;
};

}  // namespace

Bands bands_of(const graph::ProcessGraph& graph, const Members& members, const std::vector<NodeIndex>& nodes) {
  return Lanes(graph, members, nodes).run();
}

}  // namespace echoflow::layout

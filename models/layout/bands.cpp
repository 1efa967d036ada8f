#include "models/layout/bands.hpp"

#include <algorithm>

#include "models/layout/symbols.hpp"

namespace echoflow::layout {

namespace {

using graph::NodeIndex;

class Lanes {
 public:
  Lanes(const graph::ProcessGraph& graph, const std::vector<NodeIndex>& nodes) : graph_(graph) {
    for (const auto n : nodes) {
      const auto& node = graph_.node(n);
      if (!is_lane(node)) {
        if (!node.lanes.empty()) holds_.insert({node.lanes.back(), true});
        continue;
      }
      children_[node.lanes.empty() ? "" : node.lanes.back()].push_back(n);
    }
  }

  Bands run() {
    add("", 0);
    return std::move(bands_);
  }

 private:
  void add(const std::string& parent, std::size_t depth) {
    if (depth > 20) return;
    for (const auto n : children_[parent]) {
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

  const graph::ProcessGraph& graph_;
  std::map<std::string, std::vector<NodeIndex>> children_;
  std::map<std::string, bool> holds_;
  Bands bands_;
};

}  // namespace

Bands bands_of(const graph::ProcessGraph& graph, const std::vector<NodeIndex>& nodes) {
  return Lanes(graph, nodes).run();
}

}  // namespace echoflow::layout

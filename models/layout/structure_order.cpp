#include "models/layout/structure_order.hpp"

#include <algorithm>
#include <map>

#include "models/analysis/structure/rpst.hpp"
#include "models/graph/process_graph.hpp"

namespace echoflow::layout {

namespace {

using graph::ContainerIndex;
using graph::FlowIndex;
using graph::NodeIndex;
using graph::none;

constexpr double nowhere = 1e9;

double look_up(const std::vector<std::pair<std::uint32_t, double>>& sorted, std::uint32_t key) {
  const auto it = std::lower_bound(sorted.begin(), sorted.end(), std::pair(key, -1.0));
  return it != sorted.end() && it->first == key ? it->second : nowhere;
}

/// In the order of the structure tree: the branches of a block one after another, what leads back last.
StructureOrder by_tree(const graph::ProcessGraph& graph, ContainerIndex container) {
  StructureOrder order;
  const auto flow = structure::flow_graph(graph, container, structure::Boundaries::branches);
  const auto tree = structure::rpst(flow);
  if (tree.fragments.empty()) return order;
  std::map<NodeIndex, double> nodes;
  double clock = 0;
  for (const auto e : tree.edges(structure::Rpst::root)) {
    const auto& edge = flow.edges[e];
    for (const auto v : {edge.from, edge.to}) {
      if (flow.vertices[v].node != none) nodes.emplace(flow.vertices[v].node, clock);
      clock += 1;
      if (v == edge.from && edge.flow != none) order.flows.emplace_back(edge.flow, clock - 0.5);
    }
  }
  order.nodes.assign(nodes.begin(), nodes.end());
  std::sort(order.flows.begin(), order.flows.end());
  return order;
}

/// Depth first along the flow: a branch is finished before the next one begins. What a boundary event leads to comes
/// after what follows its activity.
class Walk {
 public:
  Walk(const graph::ProcessGraph& graph, const Members& members) : graph_(graph), members_(members) {}

  StructureOrder run(const std::vector<NodeIndex>& nodes) {
    for (const bool only_starts : {true, false})
      for (const auto n : nodes)
        if (!only_starts || graph_.incoming(n).empty()) from(n);
    std::sort(order_.nodes.begin(), order_.nodes.end());
    std::sort(order_.flows.begin(), order_.flows.end());
    return std::move(order_);
  }

 private:
  struct Frame {
    std::vector<FlowIndex> flows;
    std::size_t next = 0;
  };

  std::vector<FlowIndex> flows_of(NodeIndex n) const {
    auto flows = graph_.outgoing(n);
    const auto& events = members_.boundary[n];
    for (auto it = events.rbegin(); it != events.rend(); ++it)
      flows.insert(flows.end(), graph_.outgoing(*it).begin(), graph_.outgoing(*it).end());
    return flows;
  }

  bool visit(NodeIndex n) {
    if (!seen_.emplace(n, true).second) return false;
    order_.nodes.emplace_back(n, clock_++);
    stack_.push_back({flows_of(n), 0});
    return true;
  }

  void from(NodeIndex root) {
    if (!visit(root)) return;
    while (!stack_.empty()) {
      auto& top = stack_.back();
      if (top.next == top.flows.size()) {
        stack_.pop_back();
        continue;
      }
      const auto flow = top.flows[top.next++];
      order_.flows.emplace_back(flow, clock_++);
      visit(graph_.target(flow));
    }
  }

  const graph::ProcessGraph& graph_;
  const Members& members_;
  StructureOrder order_;
  std::map<NodeIndex, bool> seen_;
  std::vector<Frame> stack_;
  double clock_ = 0;
};

}  // namespace

double StructureOrder::of_node(NodeIndex node) const {
  return look_up(nodes, node);
}
double StructureOrder::of_flow(FlowIndex flow) const {
  return look_up(flows, flow);
}

StructureOrder structure_order(const graph::ProcessGraph& graph, const Members& members,
                               graph::ContainerIndex container) {
  const auto walk = Walk(graph, members).run(members.in_container[container]);
  auto order = by_tree(graph, container);
  // What the tree leaves out (compensation, what nothing leads to) comes after it.
  const double after = 4.0 * static_cast<double>(graph.flow_count() + graph.node_count());
  std::vector<std::pair<NodeIndex, double>> rest;
  for (const auto& [node, place] : walk.nodes)
    if (order.of_node(node) >= nowhere) rest.emplace_back(node, after + place);
  order.nodes.insert(order.nodes.end(), rest.begin(), rest.end());
  std::sort(order.nodes.begin(), order.nodes.end());
  return order;
}

}  // namespace echoflow::layout

#include "models/graph/process_graph.hpp"

#include <cassert>

namespace echoflow::graph {

NodeIndex ProcessGraph::add_node(Node node) {
  const auto index = static_cast<NodeIndex>(nodes_.size());
  [[maybe_unused]] const bool fresh = by_id_.emplace(node.id, index).second;
  assert(fresh);
  nodes_.push_back(std::move(node));
  outgoing_.emplace_back();
  incoming_.emplace_back();
  boost::add_vertex(flows_);
  return index;
}

FlowIndex ProcessGraph::add_flow(NodeIndex from, NodeIndex to, Flow flow) {
  const auto index = static_cast<FlowIndex>(flow_data_.size());
  flow_data_.push_back(std::move(flow));
  ends_.emplace_back(from, to);
  outgoing_[from].push_back(index);
  incoming_[to].push_back(index);
  boost::add_edge(from, to, index, flows_);
  return index;
}

NodeIndex ProcessGraph::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? none : found->second;
}

ContainerIndex ProcessGraph::find_container(std::string_view id) const {
  for (std::size_t i = 0; i < containers.size(); ++i)
    if (containers[i].id == id) return static_cast<ContainerIndex>(i);
  return none;
}

std::vector<NodeIndex> ProcessGraph::nodes_of(ContainerIndex container) const {
  std::vector<NodeIndex> found;
  for (NodeIndex n = 0; n < nodes_.size(); ++n)
    if (nodes_[n].container == container) found.push_back(n);
  return found;
}

std::vector<NodeIndex> ProcessGraph::boundary_of(NodeIndex activity) const {
  std::vector<NodeIndex> found;
  for (NodeIndex n = 0; n < nodes_.size(); ++n) {
    const auto* event = nodes_[n].as<Event>();
    if (event && event->attached_to == activity) found.push_back(n);
  }
  return found;
}

}  // namespace echoflow::graph

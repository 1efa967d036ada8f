#include "models/layout/members.hpp"

#include "models/layout/symbols.hpp"

namespace echoflow::layout {

namespace {

using graph::none;

bool shows_inside(const graph::ProcessGraph& graph, graph::ContainerIndex container) {
  // A container's parents come first in no particular order; a chain longer than there are containers is a circle.
  for (std::size_t steps = 0; steps <= graph.containers.size(); ++steps) {
    if (container >= graph.containers.size()) return true;
    const auto owner = graph.containers[container].owner;
    if (owner == none) return true;
    if (owner >= graph.node_count() || !graph.node(owner).expanded) return false;
    container = graph.node(owner).container;
  }
  return false;
}

}  // namespace

Members::Members(const graph::ProcessGraph& graph) {
  in_container.resize(graph.containers.size());
  boundary.resize(graph.node_count());
  relations.resize(graph.node_count());
  std::vector<bool> open(graph.containers.size());
  for (graph::ContainerIndex c = 0; c < graph.containers.size(); ++c) open[c] = shows_inside(graph, c);
  shown.resize(graph.node_count(), false);
  for (graph::NodeIndex n = 0; n < graph.node_count(); ++n) {
    const auto& node = graph.node(n);
    if (node.container >= graph.containers.size()) continue;
    shown[n] = open[node.container];
    const auto* event = node.as<graph::Event>();
    const bool bound = event && event->position == graph::EventPosition::boundary && event->attached_to < graph.node_count() &&
                       graph.node(event->attached_to).container == node.container &&
                       graph.node(event->attached_to).as<graph::Activity>();
    if (bound)
      boundary[event->attached_to].push_back(n);
    else
      in_container[node.container].push_back(n);
  }
  for (std::size_t r = 0; r < graph.relations.size(); ++r) {
    const auto& relation = graph.relations[r];
    if (relation.from < graph.node_count()) relations[relation.from].push_back(r);
    if (relation.to < graph.node_count() && relation.to != relation.from) relations[relation.to].push_back(r);
  }
}

bool has_line(const graph::ProcessGraph& graph, const graph::Relation& relation) {
  if (relation.from >= graph.node_count()) return false;
  const bool to_node = relation.to < graph.node_count();
  const bool to_flow = relation.to_flow < graph.flow_count();
  if (!to_node && !to_flow) return false;
  if (to_node && relation.to == relation.from) return false;
  const auto outside = [&](graph::NodeIndex n) {
    const auto& node = graph.node(n);
    if (is_lane(node) || node.as<graph::Group>()) return true;
    const auto* data = node.as<graph::Data>();
    return data && data->kind == graph::DataKind::property;
  };
  return !outside(relation.from) && (!to_node || !outside(relation.to));
}

}  // namespace echoflow::layout

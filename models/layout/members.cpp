#include "models/layout/members.hpp"

#include <algorithm>
#include <set>

#include "models/layout/pool_order.hpp"
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

/// What BPMN has no symbol for, or what its drawings leave out: an activity's own inputs and outputs.
bool has_symbol(const graph::ProcessGraph& graph, const graph::Node& node) {
  if (const auto* role = node.as<graph::Role>())
    return role->kind != graph::RoleKind::performer && role->kind != graph::RoleKind::potential_owner;
  const auto* data = node.as<graph::Data>();
  if (!data) return true;
  const bool inner = data->kind == graph::DataKind::input || data->kind == graph::DataKind::output;
  return data->kind != graph::DataKind::property && !(inner && graph.notation == graph::Notation::bpmn && !node.bounds);
}

/// Data that references stand for in the drawing.
std::set<std::string> represented(const graph::ProcessGraph& graph) {
  std::set<std::string> ids;
  for (graph::NodeIndex n = 0; n < graph.node_count(); ++n)
    if (const auto* data = graph.node(n).as<graph::Data>(); data && !data->ref.empty()) ids.insert(data->ref);
  return ids;
}

/// `pools`: the participants from top to bottom.
std::vector<int> message_sides(const graph::ProcessGraph& graph, const std::vector<std::size_t>& pools) {
  std::vector<std::size_t> place(pools.size() + 1, pools.size());
  for (std::size_t i = 0; i < pools.size(); ++i) place[pools[i]] = i;
  std::vector<int> sides(graph.node_count(), 0);
  std::vector<bool> both(graph.node_count(), false);
  const auto note = [&](const std::string& id, std::size_t own, std::size_t other) {
    const auto n = graph.find(id);
    if (n == none || own == other) return;
    const int side = other > own ? 1 : -1;
    if (sides[n] == -side) both[n] = true;
    sides[n] = both[n] ? 0 : side;
  };
  for (const auto& flow : graph.message_flows) {
    const auto from = place[pool_of(graph, flow.from)];
    const auto to = place[pool_of(graph, flow.to)];
    note(flow.from, from, to);
    note(flow.to, to, from);
  }
  return sides;
}

}  // namespace

Members::Members(const graph::ProcessGraph& graph) {
  in_container.resize(graph.containers.size());
  boundary.resize(graph.node_count());
  relations.resize(graph.node_count());
  std::vector<bool> open(graph.containers.size());
  for (graph::ContainerIndex c = 0; c < graph.containers.size(); ++c) open[c] = shows_inside(graph, c);
  shown.resize(graph.node_count(), false);
  pools = order_of_pools(graph);
  messages_to = message_sides(graph, pools);
  const auto stood_for = represented(graph);
  for (graph::NodeIndex n = 0; n < graph.node_count(); ++n) {
    const auto& node = graph.node(n);
    if (node.container >= graph.containers.size() || !has_symbol(graph, node)) continue;
    if (node.as<graph::Data>() && !node.bounds && stood_for.contains(node.id)) continue;
    shown[n] = open[node.container];
    const auto* event = node.as<graph::Event>();
    const bool bound = event && event->position == graph::EventPosition::boundary &&
                       event->attached_to < graph.node_count() &&
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

void Members::turn_over() {
  std::reverse(pools.begin(), pools.end());
  for (auto& side : messages_to) side = -side;
}

std::string caption(const graph::ProcessGraph& graph, graph::FlowIndex f, std::string_view language) {
  constexpr std::size_t longest_condition = 40;
  const auto& flow = graph.flow(f);
  std::string text(flow.name.in(language));
  if (text.empty() && flow.condition && flow.condition->text.size() <= longest_condition) text = flow.condition->text;
  for (const auto& [tag, name] : graph.node(graph.target(f)).name.all())
    if (name == text) return {};
  return text;
}

bool has_line(const graph::ProcessGraph& graph, const graph::Relation& relation) {
  if (relation.from >= graph.node_count()) return false;
  const bool to_node = relation.to < graph.node_count();
  const bool to_flow = relation.to_flow < graph.flow_count();
  if (!to_node && !to_flow) return false;
  if (to_node && relation.to == relation.from) return false;
  const auto outside = [&](graph::NodeIndex n) {
    const auto& node = graph.node(n);
    return is_lane(node) || node.as<graph::Group>() || !has_symbol(graph, node);
  };
  return !outside(relation.from) && (!to_node || !outside(relation.to));
}

}  // namespace echoflow::layout

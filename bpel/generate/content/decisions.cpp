#include <algorithm>
#include <set>

#include "bpel/generate/content/model_content.hpp"
#include "bpel/generate/names.hpp"

/// Decisions of people: in an EPC the events behind an XOR, in BPMN the names of the flows that leave a gateway.
namespace echoflow::generate {

namespace {

bool chooses(const graph::Node& node) {
  const auto* gateway = node.as<graph::Gateway>();
  return gateway && (gateway->kind == graph::GatewayKind::exclusive || gateway->kind == graph::GatewayKind::inclusive);
}

bool is_user_task(const graph::Node& node) {
  const auto* activity = node.as<graph::Activity>();
  return activity && activity->kind == graph::ActivityKind::user_task;
}

/// What a token passes without anything being done: plain events, gateways with one way in and out.
bool passes(const graph::ProcessGraph& graph, NodeIndex node) {
  if (graph.incoming(node).size() != 1 || graph.outgoing(node).size() != 1) return false;
  const auto* event = graph.node(node).as<graph::Event>();
  return event ? event->definitions.empty() : graph.node(node).as<graph::Gateway>() != nullptr;
}

}  // namespace

NodeIndex ModelContent::decider_of(NodeIndex split) const {
  NodeIndex at = split;
  std::set<NodeIndex> seen;
  while (graph_.incoming(at).size() == 1 && seen.insert(at).second) {
    at = graph_.source(graph_.incoming(at).front());
    if (is_user_task(graph_.node(at))) return at;
    if (!passes(graph_, at)) break;
  }
  return graph::none;
}

std::vector<graph::FlowIndex> ModelContent::decided_by(NodeIndex task) const {
  std::vector<graph::FlowIndex> found;
  NodeIndex at = task;
  while (graph_.outgoing(at).size() == 1) {
    at = graph_.target(graph_.outgoing(at).front());
    if (at == task || (!passes(graph_, at) && !chooses(graph_.node(at)))) break;
    if (graph_.outgoing(at).size() < 2) continue;
    if (decider_of(at) != task) break;
    const auto& ways = graph_.outgoing(at);
    const auto undecided = std::count_if(ways.begin(), ways.end(), [&](graph::FlowIndex way) {
      return !graph_.flow(way).condition && way != graph_.node(at).default_flow;
    });
    if (undecided == 0 || (undecided == 1 && graph_.node(at).default_flow == graph::none)) return {};
    for (const graph::FlowIndex way : ways)
      if (!graph_.flow(way).condition) found.push_back(way);
    return found;
  }
  return found;
}

graph::Names ModelContent::way_name(graph::FlowIndex flow) const {
  if (!graph_.flow(flow).name.empty()) return graph_.flow(flow).name;
  const graph::Node& target = graph_.node(graph_.target(flow));
  return target.name.empty() ? graph::Names(target.id) : target.name;
}

std::string ModelContent::outcome_name(graph::FlowIndex flow) const {
  const std::string name = plain_name(way_name(flow).in(""));
  const auto& ways = graph_.outgoing(graph_.source(flow));
  const auto same = std::count_if(ways.begin(), ways.end(),
                                  [&](graph::FlowIndex way) { return plain_name(way_name(way).in("")) == name; });
  return same > 1 ? name + "_" + plain_name(graph_.flow(flow).id) : name;
}

std::optional<std::string> ModelContent::decision(graph::FlowIndex flow) {
  const NodeIndex split = graph_.source(flow);
  if (!chooses(graph_.node(split))) return std::nullopt;
  const NodeIndex decider = decider_of(split);
  if (decider == graph::none) return std::nullopt;
  const auto ways = decided_by(decider);
  if (std::find(ways.begin(), ways.end(), flow) == ways.end()) return std::nullopt;
  return "$decision_" + plain_name(graph_.node(decider).id) + " = '" + outcome_name(flow) + "'";
}

}  // namespace echoflow::generate

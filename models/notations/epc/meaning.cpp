#include "models/notations/epc/meaning.hpp"

#include <algorithm>
#include <set>

namespace echoflow::epc {
namespace {

using graph::ActivityKind;
using graph::NodeIndex;
using graph::RelationKind;

/// An event is a start, an end, or between them a state that is reached: BPMN's intermediate event without a trigger.
void place_events(graph::ProcessGraph& graph) {
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    auto* event = graph.node(n).as<graph::Event>();
    if (!event) continue;
    if (graph.incoming(n).empty())
      event->position = graph::EventPosition::start;
    else if (graph.outgoing(n).empty())
      event->position = graph::EventPosition::end;
    else
      event->position = event->definitions.empty() ? graph::EventPosition::intermediate_throw
                                                   : graph::EventPosition::intermediate_catch;
  }
}

/// A function that a role executes is work for people.
void name_people(graph::ProcessGraph& graph) {
  for (const auto& relation : graph.relations) {
    if (relation.kind != RelationKind::executes || relation.to == graph::none) continue;
    auto* activity = graph.node(relation.to).as<graph::Activity>();
    if (activity && activity->kind == ActivityKind::task) activity->kind = ActivityKind::user_task;
  }
}

void direct_gateways(graph::ProcessGraph& graph) {
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    auto* gateway = graph.node(n).as<graph::Gateway>();
    if (!gateway) continue;
    const bool joins = graph.incoming(n).size() > 1;
    const bool splits = graph.outgoing(n).size() > 1;
    gateway->direction = joins && splits ? graph::GatewayDirection::mixed
                         : splits        ? graph::GatewayDirection::diverging
                                         : graph::GatewayDirection::converging;
  }
}

/// The events behind an XOR or OR split are its conditions.
void name_branches(graph::ProcessGraph& graph, const Kinds& kinds, const Conditions& conditions) {
  for (graph::FlowIndex f = 0; f < graph.flow_count(); ++f) {
    const NodeIndex split = graph.source(f);
    const NodeIndex event = graph.target(f);
    const auto kind = kinds[split];
    if (kind != ObjectKind::exclusive && kind != ObjectKind::inclusive) continue;
    if (graph.outgoing(split).size() < 2 || kinds[event] != ObjectKind::event) continue;
    auto& flow = graph.flow(f);
    if (flow.name.empty()) flow.name = graph.node(event).name;
    if (!flow.condition) flow.condition = conditions[event];
  }
}

/// The function in front of a split, behind which nothing but states lies; none where something else decides.
NodeIndex decider_of(const graph::ProcessGraph& graph, const Kinds& kinds, NodeIndex split) {
  NodeIndex at = split;
  std::set<NodeIndex> seen;
  while (graph.incoming(at).size() == 1 && seen.insert(at).second) {
    at = graph.source(graph.incoming(at).front());
    if (kinds[at] == ObjectKind::function) return at;
    if (graph.outgoing(at).size() != 1) break;
  }
  return graph::none;
}

/// A function that decides and says neither a condition nor who does it is done by people, who decide.
void name_deciders(graph::ProcessGraph& graph, const Kinds& kinds, std::vector<graph::Loss>& report) {
  std::set<NodeIndex> helped;
  for (const auto& relation : graph.relations)
    if (relation.kind == RelationKind::supports) helped.insert(relation.to);
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    if (kinds[n] != ObjectKind::exclusive && kinds[n] != ObjectKind::inclusive) continue;
    const auto& ways = graph.outgoing(n);
    const auto said = std::count_if(ways.begin(), ways.end(), [&](auto way) { return graph.flow(way).condition; });
    if (ways.size() < 2 || said > 0) continue;
    const NodeIndex decider = decider_of(graph, kinds, n);
    auto* activity = decider == graph::none ? nullptr : graph.node(decider).as<graph::Activity>();
    if (!activity || activity->kind != ActivityKind::task || helped.count(decider)) continue;
    activity->kind = ActivityKind::user_task;
    report.push_back({graph::LossKind::changed, graph.node(decider).id, "function",
                      "It decides, and nobody is said to do it: it became work for people.",
                      graph.node(decider).where});
  }
}

}  // namespace

void give_meaning(graph::ProcessGraph& graph, const Kinds& kinds, const Conditions& conditions,
                  std::vector<graph::Loss>& report) {
  place_events(graph);
  name_people(graph);
  direct_gateways(graph);
  name_branches(graph, kinds, conditions);
  name_deciders(graph, kinds, report);
}

}  // namespace echoflow::epc

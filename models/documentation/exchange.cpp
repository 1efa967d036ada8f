#include <algorithm>
#include <set>

#include "models/documentation/sections.hpp"

namespace echoflow::documentation {

using graph::NodeIndex;
using graph::RelationKind;

namespace {

void add(std::vector<std::string>& to, std::string text) {
  if (!text.empty() && std::find(to.begin(), to.end(), text) == to.end()) to.push_back(std::move(text));
}

/// The names of nodes that `take` accepts, each once.
template <class Take>
std::vector<std::string> names_of(const Source& source, Take take) {
  std::vector<std::string> names;
  std::set<std::string> known;
  for (NodeIndex node = 0; node < source.graph.node_count(); ++node) {
    if (!source.steps.shown(source.graph.node(node).container) || !take(source.graph.node(node))) continue;
    std::string name = source.steps.name(node);
    if (known.insert(name).second) names.push_back(std::move(name));
  }
  return names;
}

/// Whether an id is a node that is shown, or the participant of a process that is.
bool inside(const Source& source, const std::string& id) {
  const NodeIndex node = source.graph.find(id);
  if (node != graph::none) return source.steps.shown(source.graph.node(node).container);
  for (const auto& participant : source.graph.participants)
    if (participant.id == id) return participant.process != graph::none && source.steps.shown(participant.process);
  return false;
}

std::string party(const Source& source, const std::string& id) {
  for (const auto& participant : source.graph.participants) {
    if (participant.id == id) return std::string(participant.name.in(source.words.language()));
    const NodeIndex node = source.graph.find(id);
    if (node != graph::none && participant.process == source.graph.node(node).container)
      return std::string(participant.name.in(source.words.language()));
  }
  return "";
}

/// What is read before anything writes it comes from outside, what is written and never read goes there.
void add_data(const Source& source, Exchange& exchange) {
  std::set<NodeIndex> read, written;
  for (const auto& relation : source.graph.relations) {
    if (relation.from == graph::none || relation.to == graph::none) continue;
    const bool first = source.graph.node(relation.from).as<graph::Data>() != nullptr;
    const NodeIndex data = first ? relation.from : relation.to;
    const NodeIndex user = first ? relation.to : relation.from;
    if (!source.graph.node(data).as<graph::Data>() || !source.steps.shown(source.graph.node(user).container)) continue;
    if (relation.kind == RelationKind::reads) read.insert(data);
    if (relation.kind == RelationKind::writes) written.insert(data);
  }
  for (NodeIndex data : read)
    if (!written.contains(data)) add(exchange.inputs, source.steps.name(data));
  for (NodeIndex data : written)
    if (!read.contains(data)) add(exchange.outputs, source.steps.name(data));
}

}  // namespace

Exchange exchange(const Source& source) {
  Exchange result;
  for (const auto& flow : source.graph.message_flows) {
    const bool comes = inside(source, flow.to) && !inside(source, flow.from);
    const bool goes = inside(source, flow.from) && !inside(source, flow.to);
    std::string name(flow.name.in(source.words.language()));
    if (comes) {
      add(result.inputs, name);
      add(result.suppliers, party(source, flow.from));
    }
    if (goes) {
      add(result.outputs, name);
      add(result.customers, party(source, flow.to));
    }
  }
  add_data(source, result);
  if (result.inputs.empty()) result.inputs = start_names(source);
  if (result.outputs.empty()) result.outputs = end_names(source);
  return result;
}

std::vector<std::string> role_names(const Source& source) {
  std::vector<std::string> names;
  for (const auto& process : source.steps.processes())
    for (const auto& step : process.steps)
      for (const auto& who : step.who)
        if (who != source.words(Word::automatic)) add(names, who);
  for (const auto& relation : source.graph.relations) {
    if (relation.from == graph::none || relation.to == graph::none) continue;
    if (relation.kind != RelationKind::decides && relation.kind != RelationKind::contributes &&
        relation.kind != RelationKind::consulted && relation.kind != RelationKind::informed)
      continue;
    if (!source.steps.number(relation.to).empty()) add(names, source.steps.name(relation.from));
  }
  return names;
}

std::vector<std::string> system_names(const Source& source) {
  return names_of(source, [](const graph::Node& node) { return node.as<graph::System>() != nullptr; });
}

std::vector<std::string> kpi_names(const Source& source) {
  auto names = names_of(source, [](const graph::Node& node) { return node.as<graph::Kpi>() != nullptr; });
  if (source.evidence)
    for (const auto& kpi : source.evidence->kpis) {
      const NodeIndex node = source.graph.find(kpi.name);
      if (node == graph::none) add(names, kpi.title.empty() ? kpi.name : kpi.title);
    }
  return names;
}

std::vector<std::string> start_names(const Source& source) {
  const auto& graph = source.graph;
  return names_of(source, [&](const graph::Node& node) {
    const auto* event = node.as<graph::Event>();
    return event && event->position == graph::EventPosition::start && !node.name.empty() &&
           graph.containers[node.container].parent == graph::none;
  });
}

std::vector<std::string> end_names(const Source& source) {
  const auto& graph = source.graph;
  return names_of(source, [&](const graph::Node& node) {
    const auto* event = node.as<graph::Event>();
    return event && event->position == graph::EventPosition::end && !node.name.empty() &&
           graph.containers[node.container].parent == graph::none;
  });
}

}  // namespace echoflow::documentation

#include <algorithm>

#include "models/notations/epc/voice.hpp"

namespace echoflow::epc {
namespace {

using graph::NodeIndex;

void refuse(const graph::Node& node, const std::string& sentence, Diagnostics& findings) {
  add_finding(findings, {"EPC019", Severity::error, "'" + node.id + "': " + sentence, node.where});
}

void take(graph::Node& node, Voice voice, Diagnostics& findings) {
  for (auto& attribute : voice.attributes) node.attributes.push_back(std::move(attribute));
  for (const auto& sentence : voice.refused) refuse(node, sentence, findings);
  if (auto* event = node.as<graph::Event>(); event && voice.waits) event->definitions.push_back(*voice.waits);
  auto* activity = node.as<graph::Activity>();
  if (!activity || !voice.activity) return;
  *activity = std::move(*voice.activity);
  if (activity->script) activity->script->where = node.where;
}

/// The id of the element of a chain that has this name, in any language, or this id; "" where there is none.
std::string called(const graph::ProcessGraph& graph, graph::ContainerIndex container, const std::string& name) {
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    const auto& node = graph.node(n);
    if (node.container != container || !(node.as<graph::Event>() || node.as<graph::Activity>())) continue;
    const auto& names = node.name.all();
    const bool fits = std::any_of(names.begin(), names.end(), [&](const auto& each) { return each.second == name; });
    if (fits || node.id == name) return node.id;
  }
  return {};
}

void measure(graph::ProcessGraph& graph, NodeIndex n, Diagnostics& findings) {
  auto& node = graph.node(n);
  const auto words = voice_words(node.attributes);
  if (words.empty()) return;
  DrawnKpi drawn{node.name, *node.as<graph::Kpi>(), {}, [&](const std::string& name) {
                   return called(graph, node.container, name);
                 }};
  for (const auto& relation : graph.relations)
    if (relation.kind == graph::RelationKind::measured_by && relation.to == n && relation.from != graph::none)
      drawn.measured.push_back(graph.node(relation.from).id);
  const auto voice = kpi_voice(words, drawn);
  for (const auto& sentence : voice.refused) refuse(node, sentence, findings);
  auto& process = graph.containers[node.container].attributes;
  process.insert(process.end(), voice.attributes.begin(), voice.attributes.end());
}

}  // namespace

void give_voice(graph::ProcessGraph& graph, Diagnostics& findings) {
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    auto& node = graph.node(n);
    const auto* activity = node.as<graph::Activity>();
    if (node.as<graph::Event>())
      take(node, event_voice(voice_words(node.attributes)), findings);
    else if (activity && activity->kind == graph::ActivityKind::task)
      take(node, function_voice(voice_words(node.attributes)), findings);
    else if (activity && !voice_words(node.attributes).empty())
      refuse(node, "Another chain says what it does, so that it has no words of its own.", findings);
  }
}

void measure_kpis(graph::ProcessGraph& graph, Diagnostics& findings) {
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    const auto& node = graph.node(n);
    if (node.as<graph::Kpi>()) measure(graph, n, findings);
    const auto* event = node.as<graph::Event>();
    if (event && event->position == graph::EventPosition::end && !event->definitions.empty())
      refuse(node, "It ends the chain, so that it cannot wait for customers.", findings);
  }
}

}  // namespace echoflow::epc

// Any bytes as a BPMN file: the importer ends with a graph that is whole, or says what stands in the way; no element of
// the source is without a line in the report.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "models/notations/bpmn/import.hpp"
#include "models/notations/text.hpp"
#include "models/xml/reader.hpp"

using namespace echoflow;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool exists_or_none(std::uint32_t index, std::size_t size) {
  return index == graph::none || index < size;
}

void check_nodes(const graph::ProcessGraph& graph) {
  for (graph::NodeIndex n = 0; n < graph.node_count(); ++n) {
    const auto& node = graph.node(n);
    require(graph.find(node.id) == n && node.container < graph.containers.size());
    require(exists_or_none(node.default_flow, graph.flow_count()));
    for (const auto& lane : node.lanes) require(graph.find(lane) != graph::none);
    if (const auto* activity = node.as<graph::Activity>())
      require(exists_or_none(activity->body, graph.containers.size()));
    if (const auto* event = node.as<graph::Event>()) require(exists_or_none(event->attached_to, graph.node_count()));
  }
}

void check_rest(const graph::ProcessGraph& graph) {
  for (graph::FlowIndex f = 0; f < graph.flow_count(); ++f)
    require(graph.source(f) < graph.node_count() && graph.target(f) < graph.node_count());
  for (const auto& container : graph.containers) {
    require(exists_or_none(container.parent, graph.containers.size()));
    require(exists_or_none(container.owner, graph.node_count()));
  }
  for (const auto& participant : graph.participants)
    require(exists_or_none(participant.process, graph.containers.size()));
  for (const auto& relation : graph.relations)
    require(exists_or_none(relation.from, graph.node_count()) && exists_or_none(relation.to, graph.node_count()) &&
            exists_or_none(relation.to_flow, graph.flow_count()));
  for (const auto& [id, definition] : graph.definitions) require(id == definition.id);
}

std::size_t elements_of(const xml::Document& document) {
  std::size_t count = 0;
  for (xml::NodeIndex n = 0; n < document.node_count(); ++n)
    count += document.kind(n) == xml::NodeKind::element ? 1 : 0;
  return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto imported = bpmn::import(bytes, "m.bpmn");
  check_nodes(imported.graph);
  check_rest(imported.graph);
  if (imported.report.empty()) {
    require(has_errors(imported.findings));
    return 0;
  }
  const auto text = notations::to_utf8(bytes, "m.bpmn");
  require(text.ok());
  const auto document = xml::read(*text);
  require(document.ok() && imported.report.size() == elements_of(*document));
  return 0;
}

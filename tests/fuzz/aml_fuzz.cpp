#include <cstddef>
#include <cstdint>
#include <string_view>

#include "models/graph/canonical.hpp"
#include "models/notations/aml/import.hpp"
#include "models/notations/loss_report.hpp"

/// Any bytes give a graph whose parts fit together, a report and findings.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto imported = echoflow::aml::import(std::string_view(reinterpret_cast<const char*>(data), size), "fuzz.xml");
  const auto& graph = imported.graph;
  for (echoflow::graph::FlowIndex f = 0; f < graph.flow_count(); ++f)
    if (graph.node(graph.source(f)).container != graph.node(graph.target(f)).container) __builtin_trap();
  for (echoflow::graph::NodeIndex n = 0; n < graph.node_count(); ++n)
    if (graph.find(graph.node(n).id) != n) __builtin_trap();
  if (graph.node_count() < 200) (void)echoflow::graph::canonical(graph, "de");
  (void)echoflow::notations::to_text(imported.report);
  return 0;
}

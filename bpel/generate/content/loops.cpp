#include "bpel/generate/content/loops.hpp"

#include <algorithm>

#include "bpel/generate/content/extensions.hpp"
#include "bpel/generate/content/tool_words.hpp"

namespace echoflow::generate {

namespace {

void read_element(const graph::Node& node, Collections& found) {
  for (const Element& said : extensions_of(node.attributes, "loopCharacteristics", element_tool)) {
    const auto expression = [&](std::string_view name) -> std::optional<graph::Expression> {
      if (said.get(name).empty()) return std::nullopt;
      return graph::Expression{std::string(said.get(name)), "feel", node.where};
    };
    found.input = expression("inputCollection");
    found.input_item = said.get("inputElement");
    found.output_name = said.get("outputCollection");
    found.output = expression("outputElement");
  }
}

bool is_multiple(const graph::Node& node) {
  const auto* activity = node.as<graph::Activity>();
  return activity && (activity->loop.kind == graph::LoopKind::multi_parallel ||
                      activity->loop.kind == graph::LoopKind::multi_sequential);
}

}  // namespace

// BPMN 2.0 §10.3.8 (multi-instance characteristics).
Collections collections_of(const graph::ProcessGraph& graph, graph::NodeIndex n) {
  Collections found;
  const graph::Node& node = graph.node(n);
  if (!is_multiple(node)) return found;
  const graph::Loop& loop = node.as<graph::Activity>()->loop;
  found.input_data = loop.collection_in;
  found.input_item = loop.item_in;
  found.output_data = loop.collection_out;
  found.output_item = loop.item_out;
  if (!found.empty()) return found;
  read_element(node, found);
  if (const std::string collection = tool_attribute(node, "collection"); !collection.empty()) {
    found.input = graph::Expression{collection, {}, node.where};
    found.input_item = tool_attribute(node, "elementVariable");
  }
  return found;
}

}  // namespace echoflow::generate

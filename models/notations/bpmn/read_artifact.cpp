#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

/// A group has no name of its own: it shows its category's value.
graph::Names name_of_group(Reading& r, xml::NodeIndex n) {
  const auto value = r.source.resolve_attribute(n, "categoryValueRef");
  graph::Names name;
  if (value == xml::no_node) return name;
  std::string text(r.source.attribute(value, "value"));
  if (text.empty()) text = std::string(r.source.attribute(r.document().parent(value), "name"));
  if (may_copy(r, text.size())) name.set(r.language, std::move(text));
  return name;
}

void read_note(Reading& r, xml::NodeIndex n, graph::ContainerIndex container) {
  const auto node = open_node(r, n, container);
  const std::string text = read_text(r, r.source.child(n, "text"));
  close_node(r, n, node, graph::Note{});
  r.graph.node(node).name.set(r.language, text);
}

void read_group(Reading& r, xml::NodeIndex n, graph::ContainerIndex container) {
  const auto node = open_node(r, n, container);
  close_node(r, n, node, graph::Group{});
  if (r.graph.node(node).name.empty()) r.graph.node(node).name = name_of_group(r, n);
}

}  // namespace

// BPMN 2.0 §8.4.1 (artifacts).
bool read_artifact(Reading& r, xml::NodeIndex n, graph::ContainerIndex container) {
  if (r.source.is(n, "textAnnotation")) {
    read_note(r, n, container);
  } else if (r.source.is(n, "group")) {
    read_group(r, n, container);
  } else if (r.source.is(n, "association")) {
    r.ledger.kept(n);
    r.artifacts.push_back({n, container, graph::none});
  } else {
    return false;
  }
  return true;
}

}  // namespace echoflow::bpmn

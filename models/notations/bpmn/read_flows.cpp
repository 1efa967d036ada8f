#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

/// The flow node that an attribute names; none when it is no flow node (the rules say what is wrong).
graph::NodeIndex flow_end(Reading& r, xml::NodeIndex n, std::string_view attribute) {
  const std::string reference = take_reference(r, n, attribute);
  const auto node = node_of(r, r.source.find(reference));
  if (node == graph::none) return node;
  const auto& found = r.graph.node(node);
  const bool flows = found.as<graph::Activity>() || found.as<graph::Event>() || found.as<graph::Gateway>();
  return flows ? node : graph::none;
}

// BPMN 2.0 §8.4.13 (sequence flow).
void read_flow(Reading& r, const Waiting& waiting) {
  const auto n = waiting.element;
  const auto from = flow_end(r, n, "sourceRef");
  const auto to = flow_end(r, n, "targetRef");
  if (from == graph::none || to == graph::none)
    return r.ledger.left_out_below(n, "It does not lead from one flow node to another.");
  graph::Flow flow;
  flow.id = own_id(r, n);
  flow.condition = read_expression_child(r, n, "conditionExpression");
  Common common = read_common_without_documentation(r, n);
  flow.name = std::move(common.name);
  flow.attributes = std::move(common.attributes);
  flow.where = r.source.where(n);
  r.things[n] = {ThingKind::flow, r.graph.add_flow(from, to, std::move(flow))};
}

void read_default(Reading& r, const Waiting& waiting) {
  const auto flow = r.things.find(r.source.resolve_attribute(waiting.element, "default"));
  if (flow == r.things.end() || flow->second.kind != ThingKind::flow) return;
  if (r.graph.source(flow->second.index) == waiting.owner)
    r.graph.node(waiting.owner).default_flow = flow->second.index;
}

void read_boundary(Reading& r, const Waiting& waiting) {
  const auto host = node_of(r, r.source.resolve_attribute(waiting.element, "attachedToRef"));
  auto* event = r.graph.node(waiting.owner).as<graph::Event>();
  if (host != graph::none && r.graph.node(host).as<graph::Activity>()) {
    event->attached_to = host;
  } else {
    r.ledger.changed(waiting.element, "It is not attached: attachedToRef names no activity.");
  }
}

}  // namespace

void read_waiting_flows(Reading& r) {
  for (const auto& waiting : r.flows) read_flow(r, waiting);
  for (const auto& waiting : r.defaults) read_default(r, waiting);
  for (const auto& waiting : r.boundaries) read_boundary(r, waiting);
}

}  // namespace echoflow::bpmn

#include <algorithm>
#include <set>

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

// BPMN 2.0 §8.4.13: a sequence flow stays in its process and does not cross a sub-process's boundary.
void check_scope(Checking& c, xml::NodeIndex flow) {
  const auto from = c.source.resolve_attribute(flow, "sourceRef");
  const auto to = c.source.resolve_attribute(flow, "targetRef");
  if (!c.is_flow_node(from) || !c.is_flow_node(to)) return;
  if (c.process(from) != c.process(to))
    return c.report("BPMN0401", flow,
                    "The " + c.call(flow) +
                        " leads from one process into another: use a message flow "
                        "between the pools.");
  if (c.scope(from) != c.scope(to))
    c.report("BPMN0402", flow,
             "The " + c.call(flow) +
                 " crosses the boundary of a sub-process: lead it to the "
                 "sub-process itself.");
  else if (c.scope(flow) != c.scope(from))
    c.report("BPMN0402", flow,
             "The " + c.call(flow) +
                 " stands in another process or sub-process than the elements "
                 "that it connects: move it to them.");
}

// BPMN 2.0 §10.3.5 (event sub-processes have no place in the flow).
void check_event_sub_process(Checking& c, xml::NodeIndex flow) {
  for (const auto end : {"sourceRef", "targetRef"}) {
    const auto n = c.source.resolve_attribute(flow, end);
    if (c.is_event_sub_process(n))
      c.report("BPMN0403", flow,
               "The " + c.call(flow) + " is connected with the " + c.call(n) +
                   ", which starts by its event alone: remove the flow.");
  }
}

// BPMN 2.0 §8.4.13 (conditions).
void check_condition(Checking& c, xml::NodeIndex flow) {
  if (c.source.child(flow, "conditionExpression") == xml::no_node) return;
  const auto from = c.source.resolve_attribute(flow, "sourceRef");
  if (c.is_activity(from) && c.outgoing(from).size() < 2)
    c.report("BPMN0404", flow,
             "The only flow that leaves " + c.call(from) +
                 " has a condition: add a second flow that is "
                 "taken otherwise, or remove the condition.");
  if (c.source.is(from, "eventBasedGateway"))
    c.report("BPMN0405", flow,
             "The " + c.call(flow) + " leaves " + c.call(from) +
                 ", whose flows have no conditions: remove the condition or choose another gateway.");
  if (c.source.is(from, "parallelGateway") || c.is_event(from))
    c.report("BPMN0409", flow,
             "The condition of " + c.call(flow) + " is ignored, since every flow of " + c.call(from) +
                 " is taken: remove it or put an exclusive or inclusive gateway there.");
}

// BPMN 2.0 §8.4.13 (default flow): one of the element's own.
void check_default(Checking& c, xml::NodeIndex n) {
  const auto flow = c.source.resolve_attribute(n, "default");
  if (!c.source.is(flow, "sequenceFlow")) return;
  const auto& own = c.outgoing(n);
  if (std::find(own.begin(), own.end(), flow) == own.end())
    c.report(
        "BPMN0406", n,
        "The default flow of " + c.call(n) + " leaves another element: name a flow that leaves " + c.call(n) + ".");
  else if (c.source.child(flow, "conditionExpression") != xml::no_node)
    c.report("BPMN0407", flow,
             "The default flow of " + c.call(n) + " has a condition, which nobody evaluates: remove it.");
}

/// Files of tools that list them never leave one out; files without any list are as good.
bool lists_flows(const Checking& c) {
  return !c.all("incoming").empty() || !c.all("outgoing").empty();
}

void check_list(Checking& c, xml::NodeIndex n, std::string_view list, const Elements& flows) {
  const std::set<xml::NodeIndex> connected(flows.begin(), flows.end());
  std::set<xml::NodeIndex> listed;
  for (const auto child : c.source.children(n, list)) {
    const auto flow = c.source.resolve(child, c.source.text(child));
    listed.insert(flow);
    if (!c.source.is(flow, "sequenceFlow"))
      c.report("BPMN0408", child,
               "The " + c.call(n) + " lists " + shown(c.source.text(child)) + " as " + std::string(list) +
                   ", which is no sequence flow of this file: correct it or add the flow.");
    else if (!connected.contains(flow))
      c.report("BPMN0408", child,
               "The " + c.call(n) + " lists " + c.call(flow) + " as " + std::string(list) +
                   ", but that flow is not connected with it so: correct the list or the flow.");
  }
  for (const auto flow : flows)
    if (!listed.contains(flow))
      c.report("BPMN0408", n,
               "The " + c.call(n) + " does not list " + c.call(flow) + " as " + std::string(list) +
                   ", which is connected with it: add it.");
}

// BPMN 2.0 §8.4.7 (flow nodes): incoming and outgoing are the other end of the flows' references.
void check_lists(Checking& c, xml::NodeIndex n) {
  check_list(c, n, "incoming", c.incoming(n));
  check_list(c, n, "outgoing", c.outgoing(n));
}

}  // namespace

void check_sequence_flows(Checking& c) {
  for (const auto flow : c.all("sequenceFlow")) {
    check_scope(c, flow);
    check_event_sub_process(c, flow);
    check_condition(c, flow);
  }
  const bool lists = lists_flows(c);
  for (const auto n : c.source.elements()) {
    if (!c.is_flow_node(n)) continue;
    if (c.source.has(n, "default")) check_default(c, n);
    if (lists) check_lists(c, n);
  }
}

}  // namespace echoflow::bpmn

#include <algorithm>

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

bool is_link(const Checking& c, xml::NodeIndex n) {
  return c.has_definition(n, "linkEventDefinition");
}

bool is_compensation_boundary(const Checking& c, xml::NodeIndex n) {
  return c.source.is(n, "boundaryEvent") && c.has_definition(n, "compensateEventDefinition");
}

// BPMN 2.0 §10.5.2 to §10.5.4 (sequence flow connections of events).
void check_connections(Checking& c, xml::NodeIndex n) {
  const bool in = !c.incoming(n).empty();
  const bool out = !c.outgoing(n).empty();
  if (c.source.is(n, "startEvent") && in)
    c.report("BPMN0901", n, "A flow leads into the " + c.call(n) + ": lead it to an element behind it.");
  if (c.source.is(n, "endEvent") && out)
    c.report("BPMN0902", n, "A flow leaves the " + c.call(n) + ": make it an intermediate event.");
  if (c.source.is(n, "boundaryEvent") && in)
    c.report("BPMN0903", n, "A flow leads into the " + c.call(n) + ": it starts by its event alone.");
  if (c.source.is(n, "boundaryEvent") && !out && !is_compensation_boundary(c, n))
    c.report("BPMN0904", n, "No flow leaves the " + c.call(n) + ": say what follows.");
  if (c.source.is(c.scope(n), "adHocSubProcess") || is_link(c, n)) return;
  const bool intermediate = c.source.is(n, "intermediateCatchEvent") || c.source.is(n, "intermediateThrowEvent");
  if (intermediate && !in) c.report("BPMN0905", n, "No flow leads to the " + c.call(n) + ": connect it.");
  if (intermediate && !out)
    c.report("BPMN0906", n,
             "No flow leaves the " + c.call(n) +
                 ": make it an end event or say what "
                 "follows.");
}

bool needs_incoming(const Checking& c, xml::NodeIndex n) {
  if (c.source.is(n, "startEvent") || c.source.is(n, "boundaryEvent") || c.is_event_sub_process(n)) return false;
  if (c.source.flag(n, "isForCompensation", false) || c.source.flag(n, "instantiate", false)) return false;
  return !(c.source.is(n, "intermediateCatchEvent") && is_link(c, n));
}

bool needs_outgoing(const Checking& c, xml::NodeIndex n) {
  if (c.source.is(n, "endEvent") || c.source.is(n, "boundaryEvent") || c.is_event_sub_process(n)) return false;
  if (c.source.flag(n, "isForCompensation", false)) return false;
  return !(c.source.is(n, "intermediateThrowEvent") && is_link(c, n));
}

bool starts_otherwise(const Checking& c, const Elements& nodes) {
  return std::any_of(nodes.begin(), nodes.end(),
                     [&](auto n) { return c.source.flag(n, "instantiate", false) && c.incoming(n).empty(); });
}

// BPMN 2.0 §10.5.2, §10.5.3: start and end events come together, and then everything lies between them.
void check_scope(Checking& c, xml::NodeIndex scope) {
  const auto nodes = c.flow_nodes(scope);
  const auto has = [&](std::string_view local) {
    return std::any_of(nodes.begin(), nodes.end(), [&](auto n) { return c.source.is(n, local); });
  };
  const bool starts = has("startEvent");
  const bool ends = has("endEvent");
  if (ends && !starts && !starts_otherwise(c, nodes))
    c.report("BPMN0907", scope, "The " + c.call(scope) + " has an end event but no start event: add one.");
  if (starts && !ends)
    c.report("BPMN0908", scope, "The " + c.call(scope) + " has a start event but no end event: add one.");
  for (const auto n : nodes) {
    if (c.is_event(n) && (c.source.local(n).starts_with("intermediate"))) continue;  // said already
    if (starts && needs_incoming(c, n) && c.incoming(n).empty())
      c.report("BPMN0909", n,
               "No flow leads to " + c.call(n) + ", though " + c.call(scope) +
                   " has a start event: connect it or remove it.");
    if (ends && needs_outgoing(c, n) && c.outgoing(n).empty())
      c.report("BPMN0910", n,
               "No flow leaves " + c.call(n) + ", though " + c.call(scope) + " has an end event: lead it there.");
  }
}

}  // namespace

void check_event_flow(Checking& c) {
  for (const auto n : c.source.elements()) {
    if (c.process(n) == xml::no_node) continue;
    if (c.is_event(n)) check_connections(c, n);
    const bool ad_hoc = c.source.is(n, "adHocSubProcess");
    if (c.source.is(n, "process") || (c.is_sub_process(n) && !ad_hoc)) check_scope(c, n);
  }
}

}  // namespace echoflow::bpmn

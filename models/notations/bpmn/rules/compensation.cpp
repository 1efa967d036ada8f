#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

/// The activities that associations connect with each boundary event.
std::map<xml::NodeIndex, Elements> handlers(const Checking& c) {
  std::map<xml::NodeIndex, Elements> found;
  for (const auto n : c.all("association")) {
    const auto from = c.source.resolve_attribute(n, "sourceRef");
    const auto to = c.source.resolve_attribute(n, "targetRef");
    if (c.source.is(from, "boundaryEvent") && c.is_activity(to)) found[from].push_back(to);
    if (c.source.is(to, "boundaryEvent") && c.is_activity(from)) found[to].push_back(from);
  }
  return found;
}

void check_boundary(Checking& c, xml::NodeIndex n, const Elements& handlers) {
  if (!c.outgoing(n).empty())
    c.report("BPMN1101", n,
             "A flow leaves the compensation event " + c.call(n) +
                 ": connect it with the activity that "
                 "compensates by an association instead.");
  if (handlers.empty())
    c.report("BPMN1102", n,
             "The " + c.call(n) +
                 " is connected with no activity: add an association to "
                 "the one that compensates.");
  if (handlers.size() > 1)
    c.report("BPMN1102", n,
             "The " + c.call(n) +
                 " is connected with several activities: keep the association to one, which "
                 "may be a sub-process.");
  for (const auto activity : handlers)
    if (!c.source.flag(activity, "isForCompensation", false))
      c.report("BPMN1103", activity,
               "The " + c.call(activity) + " compensates for " + c.call(n) +
                   " and is not marked so: set isForCompensation=\"true\".");
}

}  // namespace

// BPMN 2.0 §10.7 (compensation).
void check_compensation(Checking& c) {
  const auto by_event = handlers(c);
  for (const auto n : c.all("boundaryEvent")) {
    if (!c.has_definition(n, "compensateEventDefinition")) continue;
    const auto found = by_event.find(n);
    check_boundary(c, n, found == by_event.end() ? Elements{} : found->second);
  }
  for (const auto n : c.source.elements())
    if (c.is_activity(n) && c.source.flag(n, "isForCompensation", false) &&
        !(c.incoming(n).empty() && c.outgoing(n).empty()))
      c.report("BPMN1104", n, "The " + c.call(n) + " is for compensation and stands in the flow: remove its flows.");
}

}  // namespace echoflow::bpmn

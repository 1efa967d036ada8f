#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

constexpr std::string_view not_in_ad_hoc[] = {"startEvent", "endEvent"};

// BPMN 2.0 §10.3.5 (ad-hoc sub-processes).
void check_ad_hoc(Checking& c) {
  for (const auto n : c.all("adHocSubProcess")) {
    bool activity = false;
    for (const auto child : c.source.children(n)) {
      activity = activity || c.is_activity(child);
      for (const auto local : not_in_ad_hoc)
        if (c.source.is(child, local))
          c.report(
              "BPMN0602", child,
              "The " + c.call(child) + " stands in the " + c.call(n) + ", which has no start and no end: remove it.");
    }
    if (!activity) c.report("BPMN0601", n, "The " + c.call(n) + " holds no activity: add one.");
  }
}

// BPMN 2.0 §10.3.5 (event sub-processes): one start event, with what triggers it.
void check_event_sub_processes(Checking& c) {
  for (const auto n : c.source.elements()) {
    if (!c.is_event_sub_process(n)) continue;
    const auto starts = c.source.children(n, "startEvent");
    if (starts.size() != 1)
      c.report(
          "BPMN0603", n,
          "The " + c.call(n) + " has " + std::to_string(starts.size()) + " start events: it must have exactly one.");
  }
}

// BPMN 2.0 §10.3.1 (resource assignment): by a resource with bindings, or by an expression.
void check_roles(Checking& c) {
  for (const auto local : {"resourceRole", "performer", "humanPerformer", "potentialOwner"})
    for (const auto n : c.all(local)) {
      const bool reference = c.source.child(n, "resourceRef") != xml::no_node;
      const bool expression = c.source.child(n, "resourceAssignmentExpression") != xml::no_node;
      const bool binding = c.source.child(n, "resourceParameterBinding") != xml::no_node;
      if (reference && expression)
        c.report("BPMN0604", n, "The " + c.call(n) + " names a resource and has an assignment expression: keep one.");
      if (binding && !reference)
        c.report("BPMN0605", n, "The " + c.call(n) + " binds parameters but names no resource: add resourceRef.");
    }
}

// BPMN 2.0 §10.3.3 (receive tasks that start the process).
void check_receive_tasks(Checking& c) {
  for (const auto n : c.all("receiveTask"))
    if (c.source.flag(n, "instantiate", false) && !c.incoming(n).empty())
      c.report("BPMN0606", n,
               "The " + c.call(n) +
                   " starts the process and has incoming flows: remove them or "
                   "instantiate=\"true\".");
}

}  // namespace

void check_activities(Checking& c) {
  check_ad_hoc(c);
  check_event_sub_processes(c);
  check_roles(c);
  check_receive_tasks(c);
}

}  // namespace echoflow::bpmn

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

/// Whether `n` is `around` or stands somewhere in it.
bool stands_in(const Checking& c, xml::NodeIndex n, xml::NodeIndex around) {
  const auto& document = c.source.document();
  for (; n != xml::no_node && n != xml::root_node; n = document.parent(n))
    if (n == around) return true;
  return false;
}

/// The element whose data it is: a process, sub-process, activity or event.
xml::NodeIndex data_holder(const Checking& c, xml::NodeIndex data) {
  const auto parent = c.source.document().parent(data);
  return c.source.is(parent, "ioSpecification") ? c.source.document().parent(parent) : parent;
}

bool has_scope(const Checking& c, xml::NodeIndex data) {
  for (const auto local : {"dataObject", "dataObjectReference", "property", "dataInput", "dataOutput"})
    if (c.source.is(data, local)) return true;
  return false;
}

// BPMN 2.0 §10.4.1 (visibility): data is seen in the element that holds it and in what that holds.
void check_seen(Checking& c, xml::NodeIndex n, xml::NodeIndex user, xml::NodeIndex data) {
  if (!has_scope(c, data) || stands_in(c, user, data_holder(c, data))) return;
  c.report("BPMN1209", n,
           "The " + c.call(user) + " uses the " + c.call(data) + " of " + c.call(data_holder(c, data)) +
               ", which cannot be seen there: use data of its own process or of what is around it.");
}

void check_seen_ends(Checking& c, xml::NodeIndex n) {
  const auto user = c.source.document().parent(n);
  for (const auto local : {"sourceRef", "targetRef"})
    for (const auto reference : c.source.children(n, local))
      check_seen(c, n, user, c.source.resolve(reference, c.source.text(reference)));
}

// BPMN 2.0 §10.4.2: what is read goes to an input of the activity, what is written comes from an output of it.
void check_own_end(Checking& c, xml::NodeIndex n, std::string_view end, std::string_view own) {
  const auto user = c.source.document().parent(n);
  if (c.is_sub_process(user)) return;
  for (const auto reference : c.source.children(n, end)) {
    const auto data = c.source.resolve(reference, c.source.text(reference));
    if (!has_scope(c, data) || data_holder(c, data) == user) continue;
    c.report("BPMN1210", n,
             "The " + std::string(end) + " of the data association of " + c.call(user) + " names the " + c.call(data) +
                 ": it must name a " + std::string(own) + " of " + c.call(user) + ".");
  }
}

// BPMN 2.0 §10.5.4: a boundary event is drawn on its activity and stands in the same process or sub-process.
void check_boundary_events(Checking& c) {
  for (const auto n : c.all("boundaryEvent")) {
    const auto host = c.source.resolve_attribute(n, "attachedToRef");
    if (c.is_activity(host) && c.scope(host) != c.scope(n))
      c.report("BPMN0911", n,
               "The " + c.call(n) + " stands in another process or sub-process than the " + c.call(host) +
                   " that it is attached to: move it there.");
  }
}

// BPMN 2.0 §10.8: the lanes of a process hold its own elements.
void check_lanes(Checking& c) {
  for (const auto n : c.all("flowNodeRef")) {
    const auto node = c.source.resolve(n, c.source.text(n));
    const auto lane = c.source.document().parent(n);
    if (!c.is_flow_node(node) || stands_in(c, node, c.scope(lane))) continue;
    c.report("BPMN0210", n,
             "The " + c.call(lane) + " holds the " + c.call(node) +
                 " of another process: move it to a lane of its own process.");
  }
}

// BPMN 2.0 §11.5.1: a choreography activity is between participants, one of whom begins.
void check_choreographies(Checking& c) {
  for (const auto local : {"choreographyTask", "subChoreography", "callChoreography"})
    for (const auto n : c.all(local)) {
      const auto first = c.source.resolve_attribute(n, "initiatingParticipantRef");
      const auto all = c.source.children(n, "participantRef");
      bool among = false;
      for (const auto one : all) among = among || c.source.resolve(one, c.source.text(one)) == first;
      if (all.size() < 2 || (first != xml::no_node && !among))
        c.report("BPMN1407", n,
                 "The " + c.call(n) +
                     " needs two participants, one of them the one that begins: correct its participantRef.");
    }
}

}  // namespace

void check_visibility(Checking& c) {
  for (const auto local : {"dataInputAssociation", "dataOutputAssociation"})
    for (const auto n : c.all(local)) check_seen_ends(c, n);
  for (const auto n : c.all("dataInputAssociation")) check_own_end(c, n, "targetRef", "data input");
  for (const auto n : c.all("dataOutputAssociation")) check_own_end(c, n, "sourceRef", "data output");
  for (const auto n : c.all("dataObjectReference")) check_seen(c, n, n, c.source.resolve_attribute(n, "dataObjectRef"));
  check_boundary_events(c);
  check_lanes(c);
  check_choreographies(c);
}

}  // namespace echoflow::bpmn

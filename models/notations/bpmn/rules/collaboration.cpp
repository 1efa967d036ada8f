#include <set>

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

class Pools {
 public:
  explicit Pools(const Checking& c) : c_(c) {
    for (const auto n : c.all("participant")) {
      const auto process = c.source.resolve_attribute(n, "processRef");
      if (process != xml::no_node) process_[n] = process;
    }
  }
  /// What a message flow's end belongs to: a process, or a pool without one.
  xml::NodeIndex of(xml::NodeIndex end) const {
    if (!c_.source.is(end, "participant")) return c_.process(end);
    const auto found = process_.find(end);
    return found == process_.end() ? end : found->second;
  }

 private:
  const Checking& c_;
  std::map<xml::NodeIndex, xml::NodeIndex> process_;
};

bool about_messages(const Checking& c, xml::NodeIndex event) {
  return c.has_definition(event, "messageEventDefinition");
}

// BPMN 2.0 §10.5.2 to §10.5.4 (message flow connections of events).
void check_source(Checking& c, xml::NodeIndex flow, xml::NodeIndex n) {
  if (!c.is_event(n)) return;
  if (!c.source.is(n, "endEvent") && !c.source.is(n, "intermediateThrowEvent"))
    return c.report("BPMN1402", flow,
                    "The message flow starts at the " + c.call(n) +
                        ", which catches: start it at a "
                        "throwing event, an activity or a pool.");
  if (!about_messages(c, n))
    c.report("BPMN1403", flow,
             "The message flow starts at the " + c.call(n) +
                 ", which sends no message: add a message "
                 "event definition to it.");
}

void check_target(Checking& c, xml::NodeIndex flow, xml::NodeIndex n) {
  if (!c.is_event(n)) return;
  if (c.source.is(n, "endEvent") || c.source.is(n, "intermediateThrowEvent"))
    return c.report("BPMN1402", flow,
                    "The message flow leads to the " + c.call(n) +
                        ", which throws: lead it to a catching "
                        "event, an activity or a pool.");
  if (!about_messages(c, n))
    c.report("BPMN1403", flow,
             "The message flow leads to the " + c.call(n) +
                 ", which waits for no message: add a message "
                 "event definition to it.");
}

// BPMN 2.0 §9.4 (message flows go between pools).
void check_message_flow(Checking& c, xml::NodeIndex flow, const Pools& pools) {
  const auto from = c.source.resolve_attribute(flow, "sourceRef");
  const auto to = c.source.resolve_attribute(flow, "targetRef");
  if (from == xml::no_node || to == xml::no_node) return;
  const auto one = pools.of(from);
  if (one != xml::no_node && one == pools.of(to))
    c.report("BPMN1401", flow,
             "The " + c.call(flow) +
                 " begins and ends in one pool: use a sequence flow inside, or lead it "
                 "to another pool.");
  check_source(c, flow, from);
  check_target(c, flow, to);
}

constexpr std::string_view not_in_global[] = {"conversation",     "subConversation", "callConversation",
                                              "conversationLink", "textAnnotation",  "group",
                                              "association"};

// BPMN 2.0 §9.5 (global conversations are collaborations without conversation nodes), Table 9.1 (choreographyRef).
void check_global_conversation(Checking& c, xml::NodeIndex n) {
  for (const auto child : c.source.children(n))
    for (const auto local : not_in_global)
      if (c.source.is(child, local))
        c.report(
            "BPMN1404", child,
            "The " + c.call(n) + " holds the " + c.call(child) + ", which belongs to a collaboration: move it to one.");
}

void check_choreography_references(Checking& c) {
  for (const auto n : c.all("choreographyRef")) {
    const auto parent = c.source.document().parent(n);
    if (c.source.is(parent, "globalConversation") || c.source.is(parent, "choreography") ||
        c.source.is(parent, "globalChoreographyTask"))
      c.report("BPMN1405", n,
               "The " + c.call(parent) +
                   " refers to a choreography, which only a collaboration can: remove "
                   "choreographyRef.");
  }
}

/// The participants between whom a flow goes, as processes or pools.
std::pair<xml::NodeIndex, xml::NodeIndex> ends(const Checking& c, xml::NodeIndex flow, const Pools& pools) {
  return {pools.of(c.source.resolve_attribute(flow, "sourceRef")),
          pools.of(c.source.resolve_attribute(flow, "targetRef"))};
}

// BPMN 2.0 §11.1 (isClosed): a closed choreography shows every message that is exchanged.
void check_closed(Checking& c, const Pools& pools) {
  for (const auto collaboration : c.all("collaboration")) {
    std::set<std::pair<xml::NodeIndex, xml::NodeIndex>> shown_there;
    std::set<xml::NodeIndex> closed;
    for (const auto reference : c.source.children(collaboration, "choreographyRef")) {
      const auto choreography = c.source.resolve(reference, c.source.text(reference));
      if (choreography == xml::no_node || !c.source.flag(choreography, "isClosed", false)) continue;
      if (!closed.insert(choreography).second) continue;
      for (const auto flow : c.source.children(choreography, "messageFlow")) shown_there.insert(ends(c, flow, pools));
    }
    if (closed.empty()) continue;
    for (const auto flow : c.source.children(collaboration, "messageFlow"))
      if (!shown_there.contains(ends(c, flow, pools)))
        c.report("BPMN1406", flow,
                 "The " + c.call(flow) + " is no message of the closed " + c.call(*closed.begin()) +
                     ": add it there or set isClosed=\"false\".");
  }
}

}  // namespace

void check_collaboration(Checking& c) {
  const Pools pools(c);
  for (const auto flow : c.all("messageFlow")) check_message_flow(c, flow, pools);
  for (const auto n : c.all("globalConversation")) check_global_conversation(c, n);
  check_choreography_references(c);
  check_closed(c, pools);
}

}  // namespace echoflow::bpmn

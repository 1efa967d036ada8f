#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

constexpr std::string_view conversations[] = {
    "conversation",           "subConversation",         "callConversation",
    "conversationLink",       "conversationAssociation", "participantAssociation",
    "messageFlowAssociation", "choreographyRef"};

// BPMN 2.0 §9.3 (participants, their multiplicity).
void read_participant(Reading& r, xml::NodeIndex n) {
  graph::Participant participant;
  r.ledger.kept(n);
  participant.id = own_id(r, n);
  take(r, n, "processRef");
  const auto multiplicity = r.source.child(n, "participantMultiplicity");
  if (multiplicity != xml::no_node) {
    participant.minimum = take_number(r, multiplicity, "minimum", 0);
    participant.maximum = take_number(r, multiplicity, "maximum", 1);
    r.ledger.kept(multiplicity);
  }
  Common common = read_common(r, n);
  participant.name = std::move(common.name);
  participant.documentation = std::move(common.documentation);
  participant.attributes = std::move(common.attributes);
  participant.where = r.source.where(n);
  r.things[n] = {ThingKind::participant, static_cast<std::uint32_t>(r.graph.participants.size())};
  r.graph.participants.push_back(std::move(participant));
}

void connect_participant(Reading& r, xml::NodeIndex n) {
  const auto self = r.things.find(n);
  const auto process = r.things.find(r.source.resolve_attribute(n, "processRef"));
  if (process != r.things.end() && process->second.kind == ThingKind::container)
    r.graph.participants[self->second.index].process = process->second.index;
}

// BPMN 2.0 §9.4 (message flow).
void read_message_flow(Reading& r, xml::NodeIndex n) {
  graph::MessageFlow flow;
  r.ledger.kept(n);
  flow.id = own_id(r, n);
  flow.from = take_reference(r, n, "sourceRef");
  flow.to = take_reference(r, n, "targetRef");
  flow.message = take_reference(r, n, "messageRef");
  Common common = read_common_without_documentation(r, n);
  flow.name = std::move(common.name);
  flow.attributes = std::move(common.attributes);
  flow.where = r.source.where(n);
  r.things[n] = {ThingKind::message_flow, static_cast<std::uint32_t>(r.graph.message_flows.size())};
  r.graph.message_flows.push_back(std::move(flow));
}

/// Notes and groups between the pools stand in the first process; where there is none, in a container of the
/// collaboration's own that holds nothing else.
graph::ContainerIndex container_of_artifacts(Reading& r, xml::NodeIndex collaboration) {
  if (!r.graph.containers.empty()) return 0;
  graph::Container container;
  container.id = std::string(r.source.attribute(collaboration, "id"));
  container.executable = false;
  container.attributes.push_back({"element", "collaboration", {}});
  container.where = r.source.where(collaboration);
  r.graph.containers.push_back(std::move(container));
  return 0;
}

bool is_conversation(const Reading& r, xml::NodeIndex n) {
  for (const auto local : conversations)
    if (r.source.is(n, local)) return true;
  return false;
}

void read_collaboration(Reading& r, xml::NodeIndex n) {
  for (const auto participant : r.source.children(n, "participant")) connect_participant(r, participant);
  for (const auto child : r.source.children(n)) {
    if (r.source.is(child, "messageFlow")) read_message_flow(r, child);
    if (r.source.is(child, "association")) read_artifact(r, child, graph::none);
    if (r.source.is(child, "textAnnotation") || r.source.is(child, "group"))
      read_artifact(r, child, container_of_artifacts(r, n));
    if (is_conversation(r, child)) {
      r.ledger.left_out_below(child, "Conversations are not part of the process graph.");
      // But what tells their messages apart is.
      for (const auto key : r.source.children(child, "correlationKey")) keep_as_text(r, key, r.graph.attributes);
    }
  }
  Common common = read_common_without_documentation(r, n);
  if (r.graph.name.empty()) r.graph.name = std::move(common.name);
  r.graph.attributes.insert(r.graph.attributes.end(), common.attributes.begin(), common.attributes.end());
}

}  // namespace

void read_participants(Reading& r, xml::NodeIndex n) {
  r.ledger.kept(n);
  for (const auto child : r.source.children(n, "participant")) read_participant(r, child);
  r.collaborations.push_back({n, graph::none, graph::none});
}

void read_waiting_collaborations(Reading& r) {
  for (const auto& waiting : r.collaborations) read_collaboration(r, waiting.element);
}

}  // namespace echoflow::bpmn

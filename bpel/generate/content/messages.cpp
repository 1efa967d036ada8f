#include <algorithm>

#include "bpel/generate/content/model_content.hpp"
#include "bpel/generate/names.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::generate {

namespace {

const graph::EventDefinition* message_definition(const graph::Node& node) {
  const auto* event = node.as<graph::Event>();
  if (!event) return nullptr;
  const auto found = std::find_if(event->definitions.begin(), event->definitions.end(),
                                  [](const auto& each) { return each.type == graph::EventType::message; });
  return found == event->definitions.end() ? nullptr : &*found;
}

bool throws(const graph::Event& event) {
  return event.position == graph::EventPosition::intermediate_throw || event.position == graph::EventPosition::end;
}

/// The message that a node takes or gives; nullopt when it does neither.
struct Handled {
  std::string message, operation;
  bool gives = false;
};
std::optional<Handled> handled(const graph::Node& node) {
  if (const auto* activity = node.as<graph::Activity>()) {
    const bool sends = activity->kind == graph::ActivityKind::send_task;
    if (!sends && activity->kind != graph::ActivityKind::receive_task) return std::nullopt;
    return Handled{activity->message, activity->operation, sends};
  }
  const auto* definition = message_definition(node);
  if (!definition) return std::nullopt;
  return Handled{definition->ref, definition->operation, throws(*node.as<graph::Event>())};
}

Element correlations(bool starts) {
  Element all("correlations");
  all.add(Element("correlation", {{"set", "conversation"}, {"initiate", starts ? "yes" : "join"}}));
  return all;
}

bool instantiates(const graph::Node& node, bool in_process) {
  if (const auto* event = node.as<graph::Event>()) return event->position == graph::EventPosition::start && in_process;
  const auto* activity = node.as<graph::Activity>();
  return activity && activity->instantiate;
}

}  // namespace

std::string ModelContent::process_name(ContainerIndex process) const {
  return plain_name(graph_.containers[process].id);
}

std::string ModelContent::operation_name(NodeIndex node, const std::string& message,
                                         const std::string& operation) const {
  const auto called = [&](const std::string& id) {
    const auto found = graph_.definitions.find(id);
    if (found == graph_.definitions.end()) return std::string();
    return plain_name(found->second.name.empty() ? std::string_view(id) : found->second.name.in(""));
  };
  if (std::string name = called(operation); !name.empty()) return name;
  if (std::string name = called(message); !name.empty()) return name;
  return "message_" + plain_name(graph_.node(node).id);
}

bool ModelContent::comes_from_model(NodeIndex node) const {
  for (NodeIndex other = 0; other < graph_.node_count(); ++other) {
    const auto gives = handled(graph_.node(other));
    if (gives && gives->gives && receiver_of(other, gives->message) == node) return true;
  }
  return false;
}

// BPMN 2.0 §9.3: a message flow leads to a node, or to a participant, which then takes the message wherever it does.
NodeIndex ModelContent::receiver_of(NodeIndex sender, const std::string& message) const {
  const auto takes = [&](NodeIndex node, ContainerIndex process) {
    const auto taken = handled(graph_.node(node));
    const ContainerIndex of = process_of(graph_, graph_.node(node).container);
    return taken && !taken->gives && !message.empty() && taken->message == message &&
           (process == graph::none || of == process);
  };
  const auto in_process = [&](ContainerIndex process) {
    for (NodeIndex node = 0; node < graph_.node_count(); ++node)
      if (takes(node, process)) return node;
    return graph::none;
  };
  for (const auto& flow : graph_.message_flows) {
    if (flow.from != graph_.node(sender).id) continue;
    const NodeIndex direct = graph_.find(flow.to);
    if (direct != graph::none) {
      const auto taken = handled(graph_.node(direct));
      if (taken && !taken->gives) return direct;
    }
    for (const auto& participant : graph_.participants)
      if (participant.id == flow.to && participant.process != graph::none) return in_process(participant.process);
  }
  const ContainerIndex own = process_of(graph_, graph_.node(sender).container);
  for (ContainerIndex process = 0; process < graph_.containers.size(); ++process) {
    if (process == own || graph_.containers[process].parent != graph::none) continue;
    if (const NodeIndex found = in_process(process); found != graph::none) return found;
  }
  return graph::none;
}

ModelContent::Inbound ModelContent::inbound_of(NodeIndex node, const std::string& message,
                                               const std::string& operation) {
  Inbound inbound;
  inbound.port_type = process_name(process_of(graph_, graph_.node(node).container));
  inbound.operation = operation_name(node, message, operation);
  inbound.conversation = comes_from_model(node);
  description_.add(inbound.port_type, inbound.operation, false, std::string(local_address));
  return inbound;
}

ModelContent::Outbound ModelContent::outbound_of(NodeIndex node, const std::string& message,
                                                 const std::string& operation) {
  Outbound outbound;
  if (const NodeIndex receiver = receiver_of(node, message); receiver != graph::none) {
    const auto taken = *handled(graph_.node(receiver));
    outbound.port_type = process_name(process_of(graph_, graph_.node(receiver).container));
    outbound.operation = operation_name(receiver, taken.message, taken.operation);
    outbound.link = "to_" + outbound.port_type;
    outbound.conversation = true;
    description_.add(outbound.port_type, outbound.operation, false, std::string(local_address));
  } else {
    const auto said = graph_.definitions.find(operation);
    const auto interface =
        said == graph_.definitions.end() ? graph_.definitions.end() : graph_.definitions.find(said->second.owner);
    outbound.port_type = process_name(process_of(graph_, graph_.node(node).container)) + "Partner";
    std::string address;
    if (interface != graph_.definitions.end()) {
      const auto& name = interface->second.name;
      outbound.port_type = plain_name(name.empty() ? std::string_view(interface->first) : name.in("")) + "Partner";
      address = interface->second.implementation;
    }
    if (said != graph_.definitions.end() && !said->second.implementation.empty()) address = said->second.implementation;
    if (!address.starts_with("http://") && !address.starts_with("https://")) address.clear();
    outbound.operation = operation_name(node, message, operation);
    outbound.link = "to_" + outbound.port_type;
    outbound.answers = said != graph_.definitions.end() && !said->second.out_message.empty();
    description_.add(outbound.port_type, outbound.operation, outbound.answers, address);
    if (address.empty())
      warn(graph_.node(node).id, graph_.node(node).where,
           "its partner is not in the model: say in echoflow.json where it is, {\"partners\": {\"" + outbound.link +
               "\": {\"address\": \"http://…\"}}}");
  }
  add_link(outbound.link,
           Element("partnerLink", {{"partnerLinkType", "tns:" + outbound.port_type}, {"partnerRole", "service"}}));
  return outbound;
}

std::string ModelContent::message_variable(const Inbound& inbound, NodeIndex node) {
  const std::string name = "message_" + (node == graph::none ? "start" : plain_name(graph_.node(node).id));
  add_variable(name, "messageType", "tns:" + Description::message(inbound.port_type, inbound.operation));
  return name;
}

Element ModelContent::listening(const std::string& element, const Inbound& inbound) {
  add_link(inbound.port_type,
           Element("partnerLink", {{"partnerLinkType", "tns:" + inbound.port_type}, {"myRole", "service"}}));
  return Element(
      element,
      {{"partnerLink", inbound.port_type}, {"portType", "tns:" + inbound.port_type}, {"operation", inbound.operation}});
}

/// What came is kept in the variables of the same names; where it came from is kept, too.
Element ModelContent::keep(const std::string& content_xpath, ContainerIndex where, bool conversation) {
  Element kept("assign");
  if (conversation) kept.add(copy_to("string(" + content_xpath + "/@conversation)", "conversation"));
  for (ContainerIndex at = where; at != graph::none; at = graph_.containers[at].parent)
    for (const ModelVariable* variable : variables_.of(at)) kept.add(kept_variable(content_xpath, *variable));
  return kept;
}

Element ModelContent::kept_variable(const std::string& content_xpath, const ModelVariable& variable) {
  const std::string named = "*[local-name() = " + xpath_literal(variable.bpel) + "]";
  if (!variable.has_parts()) return copy_to(content_xpath + "/" + named, variable.bpel, true);
  const std::string as = variable.type == ValueType::list ? "'list'" : "'structure'";
  return transformed(content_xpath, "'do', " + as + ", 'name', " + xpath_literal(variable.bpel), variable.bpel,
                     content_xpath + "/" + named);
}

void ModelContent::converse() {
  frame_.conversation = true;
  description_.with_conversations();
  if (!frame_.names.insert("variable conversation").second) return;
  Element variable("variable", {{"name", "conversation"}, {"type", "xsd:string"}});
  Element initial = with_text("from", "concat(" + xpath_literal(process_name(process_) + "-") + ", ode:pid())");
  initial.set("xmlns:ode", std::string(ns::ode_extension));
  variable.add(std::move(initial));
  frame_.variables.push_back(std::move(variable));
}

Elements ModelContent::receive(NodeIndex node, const std::string& message, const std::string& operation) {
  const Inbound inbound = inbound_of(node, message, operation);
  const std::string variable = message_variable(inbound, node);
  Element receiving = listening("receive", inbound);
  receiving.set("name", name_of(node)).set("variable", variable).from(graph_.node(node).id);
  if (inbound.conversation) correlate(receiving, node);
  correlate_keys(receiving, node, message, Description::message(inbound.port_type, inbound.operation), false);
  Elements done{std::move(receiving)};
  Element kept = keep("$" + variable + "." + std::string(content_part), graph_.node(node).container, false);
  if (!kept.children.empty()) done.push_back(std::move(kept));
  for (Element& each : associations(node, graph::RelationKind::writes, nullptr)) done.push_back(std::move(each));
  return done;
}

void ModelContent::correlate(Element& listening, NodeIndex node) {
  converse();
  const bool in_process = graph_.containers[graph_.node(node).container].parent == graph::none;
  listening.add(correlations(instantiates(graph_.node(node), in_process)));
}

/// What is sent: the data that the node reads, each under its name; what is not there is sent empty, unless the node
/// must have it. What was transformed is sent as what it was made to.
Element ModelContent::fill(const std::string& variable, const std::string& message, NodeIndex node, bool conversation,
                           std::vector<const ModelVariable*> needed) {
  Element filled("assign");
  Element& whole = filled.add(Element("copy"));
  Element content("tns:" + message);
  if (conversation) content.set("conversation", "");
  std::vector<std::pair<const ModelVariable*, bool>> sent;
  for (const auto& relation : graph_.relations) {
    if (relation.kind != graph::RelationKind::reads || relation.from != node) continue;
    const bool made = relation.transformation || !relation.assignments.empty();
    const ModelVariable* read =
        made ? variables_.find(graph_.node(node).container, relation.inner_name) : outer_of(relation);
    const auto is_read = [&](const auto& each) { return each.first == read; };
    if (!read || std::any_of(sent.begin(), sent.end(), is_read)) continue;
    content.add(Element("tns:" + read->bpel));
    sent.emplace_back(read, is_required(relation));
  }
  for (const ModelVariable* each : needed) {
    if (std::any_of(sent.begin(), sent.end(), [&](const auto& other) { return other.first == each; })) continue;
    content.add(Element("tns:" + each->bpel));
    sent.emplace_back(each, true);
  }
  whole.add(Element("from")).add(Element("literal")).add(std::move(content));
  whole.add(Element("to", {{"variable", variable}, {"part", std::string(content_part)}}));
  const std::string path = "$" + variable + "." + std::string(content_part) + "/";
  const auto copy = [&](const std::string& from, const std::string& to, bool optional) {
    Element& copied = filled.add(Element("copy"));
    if (optional) copied.set("ignoreMissingFromData", "yes");
    copied.add(with_text("from", optional ? "cx:given(" + from + ")" : from));
    copied.add(with_text("to", path + to));
  };
  if (conversation) copy("$conversation", "@conversation", false);
  for (const auto& [each, required] : sent) copy("$" + each->bpel, "tns:" + each->bpel, !required);
  return filled;
}

Elements ModelContent::send(NodeIndex node, const std::string& message, const std::string& operation) {
  const Outbound outbound = outbound_of(node, message, operation);
  if (outbound.conversation) converse();
  const std::string variable = "sent_" + plain_name(graph_.node(node).id);
  const std::string type = Description::message(outbound.port_type, outbound.operation);
  add_variable(variable, "messageType", "tns:" + type);
  Element invoke("invoke", {{"name", name_of(node)},
                            {"partnerLink", outbound.link},
                            {"portType", "tns:" + outbound.port_type},
                            {"operation", outbound.operation},
                            {"inputVariable", variable}});
  invoke.from(graph_.node(node).id);
  if (outbound.conversation) invoke.add(correlations(false));
  correlate_keys(invoke, node, message, type, outbound.answers);
  Elements done = made_inputs(node);
  done.push_back(fill(variable, type, node, outbound.conversation, key_variables(node, message)));
  done.push_back(std::move(invoke));
  return done;
}

}  // namespace echoflow::generate

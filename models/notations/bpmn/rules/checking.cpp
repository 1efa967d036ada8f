#include "models/notations/bpmn/rules/checking.hpp"

#include <algorithm>
#include <iterator>

#include "models/notations/bpmn/rules/catalogue.hpp"

namespace echoflow::bpmn {
namespace {

constexpr std::string_view sub_processes[] = {"subProcess", "transaction", "adHocSubProcess"};
constexpr std::string_view tasks[] = {"task",        "userTask",   "manualTask",       "serviceTask", "sendTask",
                                      "receiveTask", "scriptTask", "businessRuleTask", "callActivity"};
constexpr std::string_view events[] = {
    "startEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "endEvent",   "implicitThrowEvent"};
constexpr std::string_view gateways[] = {"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway",
                                         "complexGateway"};
constexpr std::string_view choreography_activities[] = {"choreographyTask", "subChoreography", "callChoreography"};
constexpr std::string_view scopes[] = {"process",      "subProcess",      "transaction",           "adHocSubProcess",
                                       "choreography", "subChoreography", "globalChoreographyTask"};

template <std::size_t N>
bool among(std::string_view local, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), local) != std::end(names);
}

const Elements& at(const std::map<xml::NodeIndex, Elements>& map, xml::NodeIndex n, const Elements& none) {
  const auto found = map.find(n);
  return found == map.end() ? none : found->second;
}

/// Namespaces that tools declare whose engines know no operations, and how they call themselves as exporters.
constexpr std::string_view message_tools[] = {
    "http://camunda.org/schema/1.0/bpmn", "http://camunda.org/schema/zeebe/1.0", "http://activiti.org/bpmn",
    "http://flowable.org/bpmn",           "http://www.jboss.org/drools",         "http://www.omg.org/bpmn20/jbpm",
    "http://www.bonitasoft.org/studio",
};
constexpr std::string_view message_exporters[] = {"Camunda",  "Zeebe", "bpmn-js",   "Flowable",
                                                  "Activiti", "jBPM",  "BonitaSoft"};

bool of_message_tool(const Source& source) {
  if (source.root() == xml::no_node) return false;
  for (const auto& declared : source.document().namespace_declarations(source.root()))
    if (std::find(std::begin(message_tools), std::end(message_tools), declared.uri) != std::end(message_tools))
      return true;
  const auto exporter = source.attribute(source.root(), "exporter");
  return std::any_of(std::begin(message_exporters), std::end(message_exporters),
                     [&](std::string_view each) { return exporter.find(each) != std::string_view::npos; });
}

}  // namespace

Checking::Checking(const Source& source) : source(source), names_messages_only_(of_message_tool(source)) {
  for (const auto n : source.elements()) by_local_[std::string(source.local(n))].push_back(n);
  index_flows();
  for (const auto n : all("boundaryEvent")) {
    const auto host = source.resolve_attribute(n, "attachedToRef");
    if (host != xml::no_node) boundary_[host].push_back(n);
  }
  for (const auto n : source.children(source.root(), "import"))
    imported_.insert(std::string(source.attribute(n, "namespace")));
  any_executable_ = all("process").empty();
  for (const auto n : all("process")) any_executable_ = any_executable_ || process_executable(n);
}

void Checking::index_flows() {
  for (const auto flow : all("sequenceFlow")) {
    const auto from = source.resolve_attribute(flow, "sourceRef");
    const auto to = source.resolve_attribute(flow, "targetRef");
    if (from != xml::no_node) outgoing_[from].push_back(flow);
    if (to != xml::no_node) incoming_[to].push_back(flow);
  }
}

void Checking::report(std::string_view id, xml::NodeIndex n, std::string message) {
  const Rule& broken = rule(id);
  const bool error = broken.weight == Weight::always || (broken.weight == Weight::execution && is_executable(n));
  add_finding(findings, {std::string(broken.id), error ? Severity::error : Severity::warning, std::move(message),
                         source.where(n)});
}

std::string Checking::call(xml::NodeIndex n) const {
  std::string text(source.local(n));
  std::string_view id = source.attribute(n, "id");
  if (id.empty()) id = source.attribute(n, "name");
  if (!id.empty()) (text += " ") += shown(id);
  return text;
}

bool Checking::is_sub_process(xml::NodeIndex n) const {
  return source.is_model(n) && among(source.local(n), sub_processes);
}
bool Checking::is_event_sub_process(xml::NodeIndex n) const {
  return is_sub_process(n) && source.flag(n, "triggeredByEvent", false);
}
bool Checking::is_activity(xml::NodeIndex n) const {
  return is_sub_process(n) || (source.is_model(n) && among(source.local(n), tasks));
}
bool Checking::is_event(xml::NodeIndex n) const {
  return source.is_model(n) && among(source.local(n), events);
}
bool Checking::is_gateway(xml::NodeIndex n) const {
  return source.is_model(n) && among(source.local(n), gateways);
}
bool Checking::is_choreography_activity(xml::NodeIndex n) const {
  return source.is_model(n) && among(source.local(n), choreography_activities);
}
bool Checking::is_flow_node(xml::NodeIndex n) const {
  return is_activity(n) || is_event(n) || is_gateway(n) || is_choreography_activity(n);
}

bool Checking::process_executable(xml::NodeIndex process) const {
  return source.flag(process, "isExecutable", false);
}

bool Checking::is_executable(xml::NodeIndex n) const {
  const auto around = source.is(n, "process") ? n : process(n);
  return around == xml::no_node ? any_executable_ : process_executable(around);
}

xml::NodeIndex Checking::scope(xml::NodeIndex n) const {
  const auto& document = source.document();
  for (auto p = document.parent(n); p != xml::no_node && p != xml::root_node; p = document.parent(p))
    if (source.is_model(p) && among(source.local(p), scopes)) return p;
  return xml::no_node;
}

xml::NodeIndex Checking::process(xml::NodeIndex n) const {
  const auto& document = source.document();
  for (auto p = n; p != xml::no_node && p != xml::root_node; p = document.parent(p))
    if (source.is(p, "process")) return p;
  return xml::no_node;
}

const Elements& Checking::incoming(xml::NodeIndex node) const {
  return at(incoming_, node, none_);
}
const Elements& Checking::outgoing(xml::NodeIndex node) const {
  return at(outgoing_, node, none_);
}
const Elements& Checking::boundary(xml::NodeIndex activity) const {
  return at(boundary_, activity, none_);
}

Elements Checking::definitions(xml::NodeIndex event) const {
  Elements found;
  for (const auto child : source.children(event)) {
    if (source.local(child).ends_with("EventDefinition")) found.push_back(child);
    if (!source.is(child, "eventDefinitionRef")) continue;
    const auto referred = source.resolve(child, source.text(child));
    if (referred != xml::no_node && source.local(referred).ends_with("EventDefinition")) found.push_back(referred);
  }
  return found;
}

bool Checking::has_definition(xml::NodeIndex event, std::string_view local) const {
  for (const auto definition : definitions(event))
    if (source.is(definition, local)) return true;
  return false;
}

const Elements& Checking::all(std::string_view local) const {
  const auto found = by_local_.find(local);
  return found == by_local_.end() ? none_ : found->second;
}

Elements Checking::flow_nodes(xml::NodeIndex scope) const {
  Elements found;
  for (const auto child : source.children(scope))
    if (is_flow_node(child)) found.push_back(child);
  return found;
}

bool Checking::imports(const std::string& name) const {
  return imported_.contains(QName::from_clark(name).ns);
}

xml::NodeIndex Checking::item_by(xml::NodeIndex n, std::string_view attribute) const {
  const auto found = source.resolve_attribute(n, attribute);
  return source.is(found, "itemDefinition") ? found : xml::no_node;
}

xml::NodeIndex Checking::item(xml::NodeIndex data) const {
  for (const auto reference : {"dataObjectRef", "dataStoreRef"})
    if (source.has(data, reference)) {
      const auto referred = source.resolve_attribute(data, reference);
      if (referred != xml::no_node && referred != data && source.has(referred, "itemSubjectRef"))
        return item_by(referred, "itemSubjectRef");
    }
  return item_by(data, "itemSubjectRef");
}

bool Checking::same_item(xml::NodeIndex a, xml::NodeIndex b) const {
  if (a == b || a == xml::no_node || b == xml::no_node) return a == b;
  const auto first = source.attribute(a, "structureRef");
  const auto second = source.attribute(b, "structureRef");
  return !first.empty() && !second.empty() && source.type_name(a, first) == source.type_name(b, second) &&
         source.flag(a, "isCollection", false) == source.flag(b, "isCollection", false);
}

}  // namespace echoflow::bpmn

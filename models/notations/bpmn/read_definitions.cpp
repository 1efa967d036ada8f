#include "models/base/namespaces.hpp"
#include "models/notations/bpmn/namespaces.hpp"
#include "models/notations/bpmn/readers.hpp"

namespace echoflow::bpmn {
namespace {

using graph::Definition;
using graph::DefinitionKind;

struct RootElement {
  std::string_view local;
  DefinitionKind kind;
  std::string_view code;       // attribute
  std::string_view item;       // attribute
  std::string_view structure;  // attribute
};

// What stands at the top of a file and is neither a process nor about who takes part.
constexpr RootElement root_elements[] = {
    {"itemDefinition", DefinitionKind::item, "", "", "structureRef"},
    {"message", DefinitionKind::message, "", "itemRef", ""},
    {"error", DefinitionKind::error, "errorCode", "structureRef", ""},
    {"escalation", DefinitionKind::escalation, "escalationCode", "structureRef", ""},
    {"signal", DefinitionKind::signal, "", "structureRef", ""},
    {"interface", DefinitionKind::interface, "", "", ""},
    {"resource", DefinitionKind::resource, "", "", ""},
    {"dataStore", DefinitionKind::other, "", "itemSubjectRef", ""},
    {"category", DefinitionKind::other, "", "", ""},
    {"correlationProperty", DefinitionKind::other, "", "", "type"},
    {"endPoint", DefinitionKind::other, "", "", ""},
    {"partnerEntity", DefinitionKind::other, "", "", ""},
    {"partnerRole", DefinitionKind::other, "", "", ""},
};

constexpr std::string_view choreographies[] = {"choreography", "globalChoreographyTask", "globalConversation"};

void add_definition(Reading& r, xml::NodeIndex n, Definition definition) {
  definition.id = own_id(r, n);
  Common common = read_common_without_documentation(r, n);
  definition.name = std::move(common.name);
  definition.attributes.insert(definition.attributes.end(), common.attributes.begin(), common.attributes.end());
  definition.where = r.source.where(n);
  r.things[n] = {ThingKind::definition, graph::none};
  r.graph.definitions.emplace(definition.id, std::move(definition));
}

// BPMN 2.0 §8.5.3 (operations belong to an interface and name its messages and errors).
void read_operation(Reading& r, xml::NodeIndex n, const std::string& owner) {
  Definition operation;
  operation.kind = DefinitionKind::operation;
  operation.owner = owner;
  operation.implementation = take(r, n, "implementationRef");
  operation.in_message = read_reference_child(r, n, "inMessageRef");
  operation.out_message = read_reference_child(r, n, "outMessageRef");
  for (const auto error : r.source.children(n, "errorRef")) operation.errors.push_back(read_reference(r, error));
  add_definition(r, n, std::move(operation));
}

void read_root_element(Reading& r, xml::NodeIndex n, const RootElement& kind) {
  Definition definition;
  definition.kind = kind.kind;
  if (!kind.code.empty()) definition.code = take(r, n, kind.code);
  if (!kind.item.empty()) definition.item = take_reference(r, n, kind.item);
  if (!kind.structure.empty()) {
    const std::string name = take(r, n, kind.structure);
    if (!name.empty()) definition.structure = r.source.type_name(n, name);
  }
  if (kind.kind == DefinitionKind::item) definition.collection = take_flag(r, n, "isCollection", false);
  if (kind.kind == DefinitionKind::interface) {
    definition.implementation = take(r, n, "implementationRef");
    for (const auto child : r.source.children(n, "operation"))
      read_operation(r, child, std::string(r.source.attribute(n, "id")));
  }
  if (kind.kind == DefinitionKind::other) definition.attributes.push_back({"element", std::string(kind.local), {}});
  add_definition(r, n, std::move(definition));
}

void read_root_event(Reading& r, xml::NodeIndex n, graph::EventDefinition event) {
  Definition definition;
  definition.kind = DefinitionKind::event;
  definition.event = std::move(event);
  add_definition(r, n, std::move(definition));
}

void read_root(Reading& r, xml::NodeIndex n) {
  if (r.source.is(n, "process")) return read_process(r, n);
  if (r.source.is(n, "collaboration")) return read_participants(r, n);
  if (read_root_definition(r, n) || read_global_task(r, n)) return;
  for (const auto local : choreographies)
    if (r.source.is(n, local)) {
      r.ledger.left_out_below(n, "Choreographies and global conversations are not part of the process graph.");
      finding(r, Severity::warning, "BPMN0006", n,
              "The " + std::string(local) +
                  " is left out: only processes and their collaboration are imported; model "
                  "each participant's part as a process.");
    }
}

}  // namespace

bool read_root_definition(Reading& r, xml::NodeIndex n) {
  for (const auto& kind : root_elements)
    if (r.source.is(n, kind.local)) {
      read_root_element(r, n, kind);
      return true;
    }
  if (auto event = read_event_definition(r, n)) {
    read_root_event(r, n, std::move(*event));
    return true;
  }
  return false;
}

void read_definitions(Reading& r) {
  const auto root = r.source.root();
  const auto language = r.document().find_attribute(root, ns::xml, "lang");
  if (language != xml::no_node) {
    r.ledger.took(language);
    for (const char c : r.document().value(language))
      r.language += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  r.graph.file = r.source.file();
  r.graph.id = take(r, root, "id");
  r.graph.target_namespace = take(r, root, "targetNamespace");
  r.graph.expression_language = take(r, root, "expressionLanguage");
  r.graph.type_language = take(r, root, "typeLanguage");
  r.graph.exporter = take(r, root, "exporter");
  if (const std::string version = take(r, root, "exporterVersion"); !version.empty())
    r.graph.exporter += (r.graph.exporter.empty() ? "" : " ") + version;
  for (const auto n : r.source.children(root)) read_root(r, n);
  read_waiting_flows(r);
  read_waiting_lanes(r);
  read_raci(r);
  read_waiting_data_associations(r);
  read_waiting_collaborations(r);
  read_waiting_artifacts(r);
  read_diagrams(r);
  Common common = read_common_without_documentation(r, root);
  if (!common.name.empty()) r.graph.name = std::move(common.name);
  r.graph.attributes.insert(r.graph.attributes.end(), common.attributes.begin(), common.attributes.end());
}

}  // namespace echoflow::bpmn

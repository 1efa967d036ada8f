#include "models/notations/aml/import.hpp"

#include <array>

#include "models/notations/aml/reader.hpp"
#include "models/notations/aml/words.hpp"

namespace echoflow::aml {

using epc::Chain;
using epc::Connection;
using epc::Object;
using epc::ObjectKind;
using graph::LossKind;
using xml::no_node;
using xml::NodeIndex;

namespace {

constexpr std::string_view rule = "AML";
constexpr std::size_t most_copied = 64u << 20;  // bytes of definitions
constexpr std::string_view xpath1 = "urn:oasis:names:tc:wsbpel:2.0:sublang:xpath1.0";
/// Attributes of an event, or of the connection to it, that hold a condition to run by; ARIS itself has none that is
/// formal, so that companies define one of their own.
constexpr std::array<std::string_view, 3> condition_types = {"AT_CONDITION", "AT_COND", "condition"};
constexpr std::array<std::string_view, 3> target_types = {"AT_PLAN_VAL", "AT_PLANNED_VALUE", "AT_TARGET_VALUE"};
constexpr std::array<std::string_view, 3> alarm_types = {"AT_ALARM_VAL", "AT_ALARM_VALUE", "AT_WARNING_VALUE"};

template <class Types>
std::string first_of(const Values& values, const Types& types) {
  for (const auto type : types)
    if (auto value = values.get(type); !value.empty()) return value;
  return {};
}

}  // namespace

graph::Imported Reader::read() {
  database_ = read_database(file_, source_);
  source_.name = graph::Names(database_.name);
  source_.exporter = database_.version.empty() ? std::string("ARIS") : std::string("ARIS ") + database_.version;
  for (const auto& model : database_.models) {
    models_.insert(model.id);
    if (use_of(model.type) == ModelUse::chain) chains_.insert(model.id);
  }
  for (const auto& model : database_.models) {
    if (use_of(model.type) == ModelUse::chain) read_chain(model);
    if (use_of(model.type) != ModelUse::other) continue;
    left_out(model.element, model.id, "This is " + description_of(model.type) + ".");
    left_out_below(model.element, "Its model is left out.");
  }
  index_chains();
  for (const auto& model : database_.models)
    if (use_of(model.type) == ModelUse::allocation) read_allocation(model);
  report_definitions();
  return epc::to_graph(std::move(source_));
}

/// Everything in it that has an id, but for what is read as a definition.
void Reader::left_out_below(NodeIndex parent, const std::string& what) {
  each_child(parent, [&](NodeIndex n) {
    if (document().local_name(n) == "FFTextDef") return;
    if (auto id = id_of(file_, n); !id.empty()) left_out(n, std::move(id), what);
    left_out_below(n, what);
  });
}

bool Reader::may_copy(const Values& values, NodeIndex n, const std::string& id) {
  if (values.bytes <= most_copied - copied_) {
    copied_ += values.bytes;
    return true;
  }
  left_out(n, id, "The file shows large definitions too often.");
  epc::refuse(source_, std::string(rule), file_.where(n),
              "The file shows large definitions too often: shorten the texts of what '" + id + "' shows.");
  return false;
}

void Reader::read_chain(const Model& model) {
  Chain chain;
  auto values = read_values(file_, model.element);
  chain.id = model.id;
  chain.element = model.type;
  chain.name = std::move(values.name);
  chain.documentation = std::move(values.documentation);
  chain.attributes = std::move(values.attributes);
  chain.where = file_.where(model.element);
  if (!model.group.empty()) chain.attributes.push_back({"aml.group", model.group, {}});
  drawn_arrows_ = false;
  each_child(model.element, [&](NodeIndex n) { read_part(n, chain); });
  if (!drawn_arrows_) connect_without_arrows(chain);
  source_.chains.push_back(std::move(chain));
}

void Reader::read_part(NodeIndex n, Chain& chain) {
  const auto name = document().local_name(n);
  if (name == "ObjOcc") return read_occurrence(n, chain);
  if (name == "FFTextOcc") return read_note(n, chain);
  if (name == "AttrDef" || name == "Flag" || name.ends_with("GUID") || name == "FFTextDef") return;
  if (name == "Lane") return left_out(n, id_of(file_, n), "Columns and rows of the drawing are not kept.");
  const auto own = id_of(file_, n);
  left_out(n, own.empty() ? chain.id : own, "It is part of the drawing only.");
}

std::optional<graph::Bounds> Reader::bounds_of(NodeIndex n) const {
  const auto position = document().find_child(n, "", "Position");
  const auto size = document().find_child(n, "", "Size");
  if (position == no_node) return std::nullopt;
  const auto x = epc::number_of(file_.attribute(position, "Pos.X"));
  const auto y = epc::number_of(file_.attribute(position, "Pos.Y"));
  if (!x || !y) return std::nullopt;
  graph::Bounds bounds{*x, *y, 0, 0};
  if (size != no_node) {
    bounds.width = epc::number_of(file_.attribute(size, "Size.dX")).value_or(0);
    bounds.height = epc::number_of(file_.attribute(size, "Size.dY")).value_or(0);
  }
  return bounds;
}

/// The model of ours that refines a function: the first of its linked models that is a chain.
std::string Reader::linked_chain(const ObjectDefinition& definition) const {
  for (const auto& id : definition.linked_models)
    if (chains_.count(id)) return id;
  for (const auto& id : definition.linked_models)
    if (!models_.count(id)) return id;  // reported as a chain that is not in the file
  return {};
}

std::optional<Object> Reader::object_of(const ObjectDefinition& definition, std::string_view symbol) {
  const auto kind = kind_of(definition.type, symbol.empty() ? std::string_view(definition.symbol) : symbol);
  if (!kind) return std::nullopt;
  Object object;
  object.element = definition.type;
  object.kind = *kind;
  object.name = definition.values.name;
  object.documentation = definition.values.documentation;
  object.attributes = definition.values.attributes;
  for (const auto& attribute : definition.values.attributes)
    if (attribute.name.starts_with("AT_TIME"))
      if (auto duration = duration_of(attribute.value))
        object.attributes.push_back({attribute.name + ".duration", *duration, {}});
  if (!definition.guid.empty()) object.attributes.push_back({"aml.guid", definition.guid, {}});
  for (const auto& id : definition.linked_models) object.attributes.push_back({"aml.linked", id, {}});
  if (object.kind == ObjectKind::function || object.kind == ObjectKind::interface)
    object.linked = linked_chain(definition);
  const auto figure = [&](const auto& types) {
    auto value = first_of(definition.values, types);
    return duration_of(value).value_or(value);
  };
  object.target = figure(target_types);
  object.alarm = figure(alarm_types);
  return object;
}

void Reader::read_occurrence(NodeIndex n, Chain& chain) {
  const auto id = file_.attribute(n, "ObjOcc.ID");
  const auto ref = file_.attribute(n, "ObjDef.IdRef");
  const auto found = database_.objects.find(ref);
  if (found == database_.objects.end()) {
    left_out(n, id, "Its definition '" + ref + "' is not in the file.");
    left_out_below(n, "It begins at what is left out.");
    return epc::refuse(source_, std::string(rule), file_.where(n),
                       "The definition '" + ref + "' of '" + id + "' is not in the file; export both together.");
  }
  found->second.used = true;
  if (!may_copy(found->second.values, n, id)) return left_out_below(n, "It begins at what is left out.");
  auto object = object_of(found->second, file_.attribute(n, "SymbolNum"));
  if (!object) {
    left_out(n, id, "What is of type " + found->second.type + " has no place in a process graph.");
    return left_out_below(n, "It begins at what is left out.");
  }
  object->id = id;
  object->bounds = bounds_of(n);
  object->where = file_.where(n);
  object->attributes.push_back({"aml.definition", ref, {}});
  if (const auto condition = first_of(found->second.values, condition_types); !condition.empty())
    object->condition = graph::Expression{condition, std::string(xpath1), object->where};
  definition_of_[id] = ref;
  chain.objects.push_back(std::move(*object));
  each_child(n, [&](NodeIndex part) {
    if (document().local_name(part) == "CxnOcc") read_connection(part, id, chain);
    if (document().local_name(part) == "ExtCxnOcc")
      left_out(part, id_of(file_, part), "It leads to an object of another database.");
  });
}

void Reader::describe(const ConnectionDefinition& definition, Connection& connection) {
  connection.type = definition.type;
  connection.element = definition.type;
  connection.name = definition.values.name;
  connection.attributes = definition.values.attributes;
  connection.probability = epc::probability_of(definition.values.get("AT_PROB"));
  if (const auto condition = first_of(definition.values, condition_types); !condition.empty())
    connection.condition = graph::Expression{condition, std::string(xpath1), connection.where};
  if (const auto word = connection_word(definition.type)) {
    if (!word->flow) connection.relation = word->relation;
  }
}

void Reader::read_connection(NodeIndex n, const std::string& from, Chain& chain) {
  drawn_arrows_ = true;
  Connection connection;
  connection.id = file_.attribute(n, "CxnOcc.ID");
  connection.from = from;
  connection.to = file_.attribute(n, "ToObjOcc.IdRef");
  connection.where = file_.where(n);
  const auto ref = file_.attribute(n, "CxnDef.IdRef");
  const auto found = database_.connections.find(ref);
  if (found == database_.connections.end()) {
    left_out(n, connection.id, "Its definition '" + ref + "' is not in the file.");
    return epc::refuse(
        source_, std::string(rule), connection.where,
        "The definition '" + ref + "' of '" + connection.id + "' is not in the file; export both together.");
  }
  found->second.used = true;
  if (!may_copy(found->second.values, n, connection.id)) return;
  describe(found->second, connection);
  each_child(n, [&](NodeIndex part) {
    if (document().local_name(part) == "ExtCxnOcc")
      left_out(part, id_of(file_, part), "It leads to an object of another database.");
    if (document().local_name(part) != "Position") return;
    const auto x = epc::number_of(file_.attribute(part, "Pos.X"));
    const auto y = epc::number_of(file_.attribute(part, "Pos.Y"));
    if (x && y) connection.waypoints.push_back({*x, *y});
  });
  chain.connections.push_back(std::move(connection));
}

void Reader::read_note(NodeIndex n, Chain& chain) {
  const auto ref = file_.attribute(n, "FFTextDef.IdRef");
  const auto found = database_.texts.find(ref);
  if (found == database_.texts.end()) return left_out(n, ref, "Its text is not in the file.");
  found->second.used = true;
  if (!may_copy(found->second.values, n, id_of(file_, n))) return;
  Object note;
  note.id = file_.attribute(n, "FFTextOcc.ID");
  if (note.id.empty()) note.id = ref;
  note.element = document().local_name(n);
  note.kind = ObjectKind::note;
  note.name = found->second.values.name;
  note.bounds = bounds_of(n);
  note.where = file_.where(n);
  chain.objects.push_back(std::move(note));
}

/// Some tools write no arrows of occurrences: then each definition's connections lie between the occurrences that the
/// model has of their ends, where it has one of each.
void Reader::connect_without_arrows(Chain& chain) {
  std::map<std::string, std::vector<std::string>> occurrences;
  for (const auto& object : chain.objects)
    if (const auto found = definition_of_.find(object.id); found != definition_of_.end())
      occurrences[found->second].push_back(object.id);
  for (auto& [id, definition] : database_.connections) {
    const auto from = occurrences.find(definition.from);
    const auto to = occurrences.find(definition.to);
    if (from == occurrences.end() || to == occurrences.end()) continue;
    if (from->second.size() != 1 || to->second.size() != 1) continue;
    Connection connection;
    connection.id = id;
    connection.from = from->second.front();
    connection.to = to->second.front();
    connection.where = file_.where(definition.element);
    definition.used = true;
    describe(definition, connection);
    chain.connections.push_back(std::move(connection));
  }
}

void Reader::report_definition(NodeIndex n, const std::string& id, bool used, const char* what) {
  epc::report(source_, used ? LossKind::kept : LossKind::left_out, file_, n, id, used ? "" : what);
}

void Reader::report_definitions() {
  for (const auto& [id, definition] : database_.objects)
    report_definition(definition.element, id, definition.used, "No chain of the file shows this object.");
  for (const auto& [id, definition] : database_.connections)
    report_definition(definition.element, id, definition.used, "No chain of the file shows this connection.");
  for (const auto& [id, definition] : database_.texts)
    report_definition(definition.element, id, definition.used, "No chain of the file shows this text.");
}

graph::Imported import(std::string_view bytes, const std::string& file) {
  epc::Source source;
  source.notation = graph::Notation::aml;
  source.file = file;
  source.id = epc::stem_of(file);
  const auto opened = epc::open_file(bytes, file, true, std::string(rule), source);
  if (opened && opened->document.local_name(opened->document.document_element()) == "AML")
    return Reader(*opened, std::move(source)).read();
  graph::Imported out;
  out.graph.notation = graph::Notation::aml;
  out.graph.file = file;
  out.findings = std::move(source.findings);
  if (out.findings.empty())
    add_finding(
        out.findings,
        {std::string(rule), Severity::error, "This is no AML: the document element is not <AML>.", {file, 1, 1}});
  return out;
}

}  // namespace echoflow::aml

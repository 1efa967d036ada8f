#include "bpel/generate/content/variables.hpp"

#include <algorithm>
#include <cctype>

#include "bpel/generate/content/extensions.hpp"
#include "bpel/generate/content/loops.hpp"
#include "bpel/generate/content/texts.hpp"
#include "bpel/generate/names.hpp"

namespace echoflow::generate {

namespace {

struct SimpleType {
  std::string_view name;  ///< in lower case
  std::string_view schema_type;
};
constexpr SimpleType simple_types[] = {
    {"string", "string"},      {"text", "string"},       {"character", "string"}, {"char", "string"},
    {"id", "string"},          {"int", "decimal"},       {"integer", "decimal"},  {"long", "decimal"},
    {"short", "decimal"},      {"number", "decimal"},    {"numeric", "decimal"},  {"decimal", "decimal"},
    {"bigdecimal", "decimal"}, {"double", "decimal"},    {"float", "decimal"},    {"currency", "decimal"},
    {"boolean", "boolean"},    {"bool", "boolean"},      {"date", "date"},        {"datetime", "dateTime"},
    {"time", "time"},          {"duration", "duration"},
};

/// What the engines' own objects are called in expressions; these are no variables of the process.
constexpr std::string_view engine_words[] = {
    "activationCount", "loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances", "execution"};

std::string schema_type_of(ValueType type) {
  switch (type) {
    case ValueType::number:
      return "decimal";
    case ValueType::truth:
      return "boolean";
    case ValueType::text:
    case ValueType::unknown:
      return "string";
    case ValueType::structure:
    case ValueType::list:
      return "";
  }
  return "string";
}

/// "integerVariable" and "INTEGER_VARIABLE" are the same word.
std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (c != '_' && c != '-' && c != ' ') out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

/// The schema type; "" where the item definition names a class or a type of an imported schema, or a collection.
std::string declared_type(const graph::Definition& item, ModelVariable& variable) {
  const std::string simple = simple_type(item.structure);
  if (item.collection) variable.type = ValueType::list;
  if (variable.type == ValueType::list || item.structure.empty()) return {};
  variable.type = simple.empty() ? ValueType::structure : value_type(simple);
  return simple;
}

void want_expression(const Text& text, ValueType type, const Dialect& dialect, Wanted& wanted) {
  if (text.language == Language::xpath) {
    for (const auto& [name, has_parts] : xpath_variables(text.text))
      wanted.add(name, has_parts ? ValueType::structure : ValueType::unknown);
  } else if (const auto syntax = parse_expression(text.text, dialect)) {
    wanted.infer_from(*syntax, type);
  }
}

void want_script(std::string_view script, Wanted& wanted, const Dialect& dialect) {
  if (script_kind(script) != ScriptKind::assignments) return;
  const auto assignments = parse_script(script, dialect);
  if (!assignments) return;
  for (const Assignment& assignment : *assignments) {
    wanted.infer_from(assignment.value, ValueType::unknown);
    ValueTypes types = wanted.types;
    wanted.add(assignment.variable, infer(assignment.value, ValueType::unknown, types));
  }
}

}  // namespace

void Wanted::add(const std::string& name, ValueType type) {
  if (!types.contains(name)) order.push_back(name);
  ValueType& known = types[name];
  const bool has_parts = type == ValueType::structure || type == ValueType::list;
  if (known == ValueType::unknown || (has_parts && known != ValueType::list)) known = type;
}

void Wanted::infer_from(const Syntax& syntax, ValueType wanted) {
  const ValueTypes before = types;
  infer(syntax, wanted, types);
  for (const auto& [name, type] : types)
    if (!before.contains(name)) order.push_back(name);
}

std::string simple_type(std::string_view structure) {
  const auto cut = structure.find_last_of(":.}#");
  std::string name(cut == std::string_view::npos ? structure : structure.substr(cut + 1));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const SimpleType& each : simple_types)
    if (each.name == name) return std::string(each.schema_type);
  return {};
}

ValueType value_type(std::string_view schema_type) {
  if (schema_type == "decimal") return ValueType::number;
  if (schema_type == "boolean") return ValueType::truth;
  return ValueType::text;
}

ContainerIndex process_of(const graph::ProcessGraph& graph, ContainerIndex container) {
  while (graph.containers[container].parent != graph::none) container = graph.containers[container].parent;
  return container;
}

Variables::Variables(const graph::ProcessGraph& graph) : graph_(graph), spoken_(spoken_names(graph)) {
  add_data();
  add_undeclared();
}

/// What a reference refers to; all references to a data store are the first of them.
NodeIndex Variables::meant_by(NodeIndex data) const {
  const auto* detail = graph_.node(data).as<graph::Data>();
  if (!detail || detail->ref.empty()) return data;
  const NodeIndex meant = graph_.find(detail->ref);
  if (meant != graph::none && graph_.node(meant).as<graph::Data>()) return meant;
  const auto store = stores_.find(detail->ref);
  return store == stores_.end() ? data : store->second;
}

void Variables::add(ModelVariable variable) {
  const std::string wished = plain_name(variable.name);
  variable.bpel = wished;
  // Two processes of a model may have a variable of one name: each has a process of its own.
  const auto clashes = [&] {
    return std::any_of(variables_.begin(), variables_.end(), [&](const ModelVariable& each) {
      return each.bpel == variable.bpel && each.container == variable.container;
    });
  };
  for (int i = 2; clashes(); ++i) variable.bpel = wished + "_" + std::to_string(i);
  variables_.push_back(std::move(variable));
}

// BPMN 2.0 §10.4.1: data objects, properties, inputs and outputs live as long as what holds them.
void Variables::add_data() {
  for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
    const auto* data = graph_.node(n).as<graph::Data>();
    if (data && data->kind == graph::DataKind::store_reference && !data->ref.empty()) stores_.try_emplace(data->ref, n);
  }
  for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
    const graph::Node& node = graph_.node(n);
    const auto* data = node.as<graph::Data>();
    if (!data || data->kind == graph::DataKind::document || meant_by(n) != n) continue;
    ModelVariable variable;
    variable.name = node.name.empty() ? node.id : std::string(node.name.in(""));
    variable.container =
        data->kind == graph::DataKind::store_reference ? process_of(graph_, node.container) : node.container;
    variable.declared = true;
    variable.node = n;
    if (data->collection) variable.type = ValueType::list;
    if (const auto item = graph_.definitions.find(data->item); item != graph_.definitions.end())
      variable.schema_type = declared_type(item->second, variable);
    by_data_id_[node.id] = variables_.size();
    add(std::move(variable));
  }
}

/// What expressions, scripts and loops use.
void Variables::gather(std::map<ContainerIndex, Wanted>& wanted) {
  for_each_expression(graph_, [&](const graph::Expression& expression, ValueType type, ContainerIndex where) {
    const Text text = text_of(graph_, expression);
    want_expression(text, type, dialect(text), wanted[process_of(graph_, where)]);
  });
  for_each_script(graph_, [&](const graph::Expression& script, ContainerIndex where) {
    want_script(script.text, wanted[process_of(graph_, where)], dialect(text_of(graph_, script)));
  });
  for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
    Wanted& of_process = wanted[process_of(graph_, graph_.node(n).container)];
    for (const Element& heard : extensions_of(graph_.node(n).attributes, "hears"))
      for (const Element& keep : heard.children)
        if (!keep.get("variable").empty()) of_process.add(std::string(keep.get("variable")), ValueType::unknown);
    for (const Element& said : extensions_of(graph_.node(n).attributes, "says")) {
      for (const std::string_view value : {"feedback", "text"}) {
        const Text text = text_of(graph_, {std::string(said.get(value)), {}, {}});
        want_expression(text, ValueType::text, dialect(text), of_process);
      }
    }
    const Collections collections = collections_of(graph_, n);
    for (const std::string& item : {collections.input_item, collections.output_item})
      if (!item.empty()) of_process.add(item, ValueType::unknown);
    if (!collections.output_name.empty()) of_process.add(collections.output_name, ValueType::list);
    for (const std::string& data : {collections.input_data, collections.output_data})
      if (const auto found = by_data_id_.find(data); found != by_data_id_.end())
        variables_[found->second].type = ValueType::list;
  }
}

void Variables::add_undeclared() {
  std::map<ContainerIndex, Wanted> wanted;
  gather(wanted);
  for (auto& [process, of_process] : wanted) {
    for (const std::string& name : of_process.order) {
      const ValueType type = of_process.types[name];
      if (std::find(std::begin(engine_words), std::end(engine_words), name) != std::end(engine_words)) continue;
      const auto declared = std::find_if(variables_.begin(), variables_.end(), [&, at = process](const auto& each) {
        return (each.name == name || (each.node != graph::none && graph_.node(each.node).id == name)) &&
               process_of(graph_, each.container) == at;
      });
      if (declared != variables_.end()) {
        if (declared->type == ValueType::unknown) declared->type = type;
        continue;
      }
      ModelVariable variable;
      variable.name = name;
      variable.container = process;
      variable.type = type;
      add(std::move(variable));
    }
  }
  settle();
}

/// What nothing tells the type of has that of what is copied to or from it; items may be anything.
void Variables::settle() {
  for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
    const Collections collections = collections_of(graph_, n);
    for (const std::string& item : {collections.input_item, collections.output_item})
      for (ModelVariable& variable : variables_)
        if (!item.empty() && variable.name == item && variable.type == ValueType::unknown)
          variable.type = ValueType::structure;
  }
  for (const graph::Relation& relation : graph_.relations) {
    const bool copies = relation.kind == graph::RelationKind::reads || relation.kind == graph::RelationKind::writes;
    if (!copies || relation.to == graph::none || relation.from == graph::none || relation.transformation) continue;
    const auto* outer = of_node(relation.to);
    const auto* inner = find(graph_.node(relation.from).container, relation.inner_name);
    if (!outer || !inner || !relation.assignments.empty()) continue;
    const auto same = [&](const ModelVariable& to, const ModelVariable& from) {
      ModelVariable& changed = variables_[static_cast<std::size_t>(&to - variables_.data())];
      if (changed.type != ValueType::unknown || from.type == ValueType::unknown) return;
      changed.type = from.type;
      changed.schema_type = from.schema_type;
    };
    same(*inner, *outer);
    same(*outer, *inner);
  }
  for (ModelVariable& variable : variables_)
    if (variable.schema_type.empty()) variable.schema_type = schema_type_of(variable.type);
  for (ModelVariable& variable : variables_)
    if (variable.has_parts()) variable.schema_type.clear();
}

std::vector<const ModelVariable*> Variables::of(ContainerIndex container) const {
  std::vector<const ModelVariable*> found;
  for (const ModelVariable& variable : variables_)
    if (variable.container == container) found.push_back(&variable);
  return found;
}

const ModelVariable* Variables::of_node(NodeIndex data) const {
  const auto found = by_data_id_.find(graph_.node(meant_by(data)).id);
  return found == by_data_id_.end() ? nullptr : &variables_[found->second];
}

const ModelVariable* Variables::find(ContainerIndex from, std::string_view name) const {
  for (ContainerIndex at = from; at != graph::none; at = graph_.containers[at].parent) {
    for (const ModelVariable& variable : variables_)
      if (variable.container == at && variable.name == name) return &variable;
  }
  const NodeIndex data = graph_.find(name);
  return data != graph::none && graph_.node(data).as<graph::Data>() ? of_node(data) : nullptr;
}

const ModelVariable* Variables::find_shouted(ContainerIndex from, std::string_view shouted) const {
  const std::string wanted = folded(shouted);
  for (ContainerIndex at = from; at != graph::none; at = graph_.containers[at].parent) {
    for (const ModelVariable& variable : variables_)
      if (variable.container == at && folded(variable.name) == wanted) return &variable;
  }
  return nullptr;
}

KnownVariables Variables::known(ContainerIndex from) const {
  KnownVariables known;
  for (ContainerIndex at = from; at != graph::none; at = graph_.containers[at].parent) {
    for (const ModelVariable& variable : variables_)
      if (variable.container == at) known.try_emplace(variable.name, KnownVariable{"$" + variable.bpel, variable.type});
  }
  for (const auto& [id, index] : by_data_id_) {
    const ModelVariable& variable = variables_[index];
    known.try_emplace(id, KnownVariable{"$" + variable.bpel, variable.type});
  }
  return known;
}

}  // namespace echoflow::generate

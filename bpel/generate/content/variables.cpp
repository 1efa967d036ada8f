#include "bpel/generate/content/variables.hpp"

#include <algorithm>
#include <cctype>

#include "bpel/generate/content/extensions.hpp"
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

struct Wanted {
  std::vector<std::string> order;
  ValueTypes types;

  void add(const std::string& name, ValueType type) {
    if (!types.contains(name)) order.push_back(name);
    ValueType& known = types[name];
    if (known == ValueType::unknown) known = type;
  }
  void infer_from(const Syntax& syntax, ValueType wanted) {
    ValueTypes before = types;
    infer(syntax, wanted, types);
    for (const auto& [name, type] : types)
      if (!before.contains(name)) order.push_back(name);
  }
};

void want_expression(const Text& text, ValueType type, Wanted& wanted) {
  if (text.language == Language::xpath) {
    for (const std::string& name : xpath_variables(text.text)) wanted.add(name, ValueType::unknown);
  } else if (const auto syntax = parse_expression(text.text)) {
    wanted.infer_from(*syntax, type);
  }
}

void want_script(std::string_view script, Wanted& wanted) {
  if (script_kind(script) != ScriptKind::assignments) return;
  const auto assignments = parse_script(script);
  if (!assignments) return;
  for (const Assignment& assignment : *assignments) {
    wanted.infer_from(assignment.value, ValueType::unknown);
    ValueTypes types = wanted.types;
    wanted.add(assignment.variable, infer(assignment.value, ValueType::unknown, types));
  }
}

}  // namespace

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

Variables::Variables(const graph::ProcessGraph& graph) : graph_(graph) {
  add_data();
  add_undeclared();
}

NodeIndex Variables::meant_by(NodeIndex data) const {
  const auto* detail = graph_.node(data).as<graph::Data>();
  if (!detail || detail->ref.empty()) return data;
  const NodeIndex meant = graph_.find(detail->ref);
  return meant != graph::none && graph_.node(meant).as<graph::Data>() ? meant : data;
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
    const graph::Node& node = graph_.node(n);
    const auto* data = node.as<graph::Data>();
    if (!data || data->kind == graph::DataKind::document || meant_by(n) != n) continue;
    ModelVariable variable;
    variable.name = node.name.empty() ? node.id : std::string(node.name.in(""));
    variable.container = node.container;
    variable.declared = true;
    variable.node = n;
    if (const auto item = graph_.definitions.find(data->item); item != graph_.definitions.end())
      variable.schema_type = simple_type(item->second.structure);
    if (!variable.schema_type.empty()) variable.type = value_type(variable.schema_type);
    by_data_id_[node.id] = variables_.size();
    add(std::move(variable));
  }
}

void Variables::add_undeclared() {
  std::map<ContainerIndex, Wanted> wanted;
  for_each_expression(graph_, [&](const graph::Expression& expression, ValueType type, ContainerIndex where) {
    want_expression(text_of(graph_, expression), type, wanted[process_of(graph_, where)]);
  });
  for_each_script(graph_, [&](const graph::Expression& script, ContainerIndex where) {
    want_script(script.text, wanted[process_of(graph_, where)]);
  });
  for (NodeIndex n = 0; n < graph_.node_count(); ++n)
    for (const Element& heard : extensions_of(graph_.node(n).attributes, "hears"))
      for (const Element& keep : heard.children)
        if (!keep.get("variable").empty())
          wanted[process_of(graph_, graph_.node(n).container)].add(std::string(keep.get("variable")),
                                                                   ValueType::unknown);
  for (NodeIndex n = 0; n < graph_.node_count(); ++n)
    for (const Element& said : extensions_of(graph_.node(n).attributes, "says"))
      for (const std::string_view value : {"feedback", "text"})
        want_expression(text_of(graph_, {std::string(said.get(value)), {}, {}}), ValueType::text,
                        wanted[process_of(graph_, graph_.node(n).container)]);
  for (auto& [process, of_process] : wanted) {
    for (const std::string& name : of_process.order) {
      const ValueType type = of_process.types[name];
      if (std::find(std::begin(engine_words), std::end(engine_words), name) != std::end(engine_words)) continue;
      const auto declared = std::find_if(variables_.begin(), variables_.end(), [&, at = process](const auto& each) {
        return each.name == name && process_of(graph_, each.container) == at;
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
  for (ModelVariable& variable : variables_)
    if (variable.schema_type.empty()) variable.schema_type = schema_type_of(variable.type);
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

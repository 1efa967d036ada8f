#include "bpel/generate/content/model_content.hpp"

/// Data associations: what an activity reads and writes (docs/expressions.md, "Variables").
namespace echoflow::generate {

/// Data associations; `only`: of these inner names (a script's own). Lists that a loop runs through are the loop's.
Elements ModelContent::associations(NodeIndex node, graph::RelationKind kind, const std::set<std::string>* only) {
  const graph::Node& it = graph_.node(node);
  const Collections loop = collections_of(graph_, node);
  Element copies("assign");
  const bool reads = kind == graph::RelationKind::reads;
  for (const auto& relation : graph_.relations) {
    if (relation.kind != kind || relation.from != node) continue;
    const ModelVariable* outer = outer_of(relation);
    const ModelVariable* inner = variables_.find(it.container, relation.inner_name);
    const std::string& of_loop = reads ? loop.input_data : loop.output_data;
    if (!of_loop.empty() && inner == variables_.find(it.container, of_loop)) continue;
    for (const auto& [from, to] : relation.assignments) {
      const ModelVariable* target = variables_.find(it.container, trimmed(to.text));
      if (!target) target = assigned_to(relation, to);
      const auto value = xpath(from, it.container, target ? target->type : ValueType::unknown, it.id);
      if (value && target) copies.add(copy_to(*value, target->bpel));
      if (!target)
        refuse(it.id, relation.where,
               "an assignment of its data association writes to '" + trimmed(to.text) +
                   "', which is no variable: name a data object, a property, an input or an output");
    }
    if (!relation.assignments.empty() || !outer) continue;
    const ModelVariable* target = reads ? inner : outer;
    if (relation.transformation && target) {
      const ValueType wanted = target->has_parts() ? ValueType::unknown : target->type;
      if (const auto value = xpath(*relation.transformation, it.container, wanted, it.id))
        copies.add(copy_to(*value, target->bpel));
      continue;
    }
    if (!inner || inner == outer || (only && !only->contains(inner->name))) continue;
    const std::string source = "$" + (reads ? outer : inner)->bpel;
    const bool must = reads && is_required(relation);
    copies.add(copy_to(must ? source : "cx:given(" + source + ")", target->bpel, !must));
  }
  if (copies.children.empty()) return {};
  return {std::move(copies)};
}

/// Data around the activity: a node, or what a loop calls one item.
const ModelVariable* ModelContent::outer_of(const graph::Relation& relation) const {
  if (relation.to != graph::none) return variables_.of_node(relation.to);
  for (const graph::Attribute& attribute : relation.attributes)
    if (attribute.name == "item" && relation.from != graph::none)
      return variables_.find(graph_.node(relation.from).container, attribute.value);
  return nullptr;
}

/// Where `to` is an expression: a path that names the target alone is the target.
const ModelVariable* ModelContent::assigned_to(const graph::Relation& relation, const graph::Expression& to) const {
  const bool reads = relation.kind == graph::RelationKind::reads;
  const ContainerIndex where = graph_.node(relation.from).container;
  const ModelVariable* target = reads ? variables_.find(where, relation.inner_name) : outer_of(relation);
  std::string text = trimmed(to.text);
  for (const std::string_view begin : {"$", "${", "#{"})
    if (text.starts_with(begin)) text = text.substr(begin.size());
  if (text.ends_with("}")) text.pop_back();
  for (const std::string_view call : {"getDataObject(", "getDataInput(", "getDataOutput("})
    if (const auto at = text.find(call); at != std::string::npos && text.ends_with(")")) {
      text = trimmed(std::string_view(text).substr(at + call.size(), text.size() - at - call.size() - 1));
      if (text.size() > 1) text = text.substr(1, text.size() - 2);
    }
  const ModelVariable* named = variables_.find(where, text);
  return named || !text.empty() ? named : target;
}

// BPMN 2.0 §10.4.1 (input and output sets): without a value that an activity must have, it does not begin.
bool ModelContent::is_required(const graph::Relation& relation) const {
  const bool reads = relation.kind == graph::RelationKind::reads;
  const std::string_view end = reads ? "targetRef" : "sourceRef";
  const std::string_view member = reads ? "dataInputRefs" : "dataOutputRefs";
  for (const graph::Attribute& attribute : relation.attributes) {
    const NodeIndex data = attribute.name == end ? graph_.find(attribute.value) : graph::none;
    if (data == graph::none) continue;
    bool required = false;
    for (const graph::Attribute& set : graph_.node(data).attributes) {
      if (set.name == member) required = true;
      if (set.name.starts_with("optional") || set.name.starts_with("whileExecuting")) return false;
    }
    return required;
  }
  return false;
}

/// Transformations and assignments are done before what they make is sent.
Elements ModelContent::made_inputs(NodeIndex node) {
  for (const auto& relation : graph_.relations) {
    const bool made = relation.transformation || !relation.assignments.empty();
    if (relation.kind == graph::RelationKind::reads && relation.from == node && made)
      return associations(node, graph::RelationKind::reads, nullptr);
  }
  return {};
}

}  // namespace echoflow::generate

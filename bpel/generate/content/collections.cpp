#include <algorithm>

#include "bpel/generate/content/model_content.hpp"
#include "bpel/generate/names.hpp"
#include "models/base/namespaces.hpp"

/// Multi-instance activities over collections (docs/expressions.md, "Structures and lists").
namespace echoflow::generate {

namespace {

Element data_variable(const std::string& name) {
  return Element("variable", {{"name", name}, {"type", "tns:Data"}});
}

Element empty_list(const std::string& variable) {
  Element copy("copy");
  copy.add(Element("from")).add(Element("literal")).add(Element("tns:list"));
  copy.add(Element("to", {{"variable", variable}}));
  return copy;
}

Element declared(const ModelVariable* variable, const std::string& name) {
  if (!variable || variable->has_parts()) return data_variable(variable ? variable->bpel : name);
  return Element("variable", {{"name", variable->bpel}, {"type", "xsd:" + variable->schema_type}});
}

Element assign_of(Element copy) {
  Element assign("assign");
  assign.add(std::move(copy));
  return assign;
}

}  // namespace

Element ModelContent::transformed(const std::string& source, const std::string& arguments, const std::string& variable,
                                  const std::string& only_if) {
  transforms_ = true;
  std::string call = "bpel:doXslTransform('" + std::string(data_stylesheet_file) + "', " + source + ", " + arguments;
  call += only_if.empty() ? ")" : ")[" + only_if + "]";
  Element copy = copy_to(call, variable, !only_if.empty());
  copy.children.front().set("xmlns:bpel", std::string(ns::bpel));
  return copy;
}

/// The items of a loop's collection, as XPath.
std::optional<std::string> ModelContent::items_of(NodeIndex node, const Collections& collections) {
  const graph::Node& it = graph_.node(node);
  if (!collections.input) {
    const ModelVariable* data = variables_.find(it.container, collections.input_data);
    for (const auto& relation : graph_.relations) {
      const bool feeds = relation.kind == graph::RelationKind::reads && relation.from == node &&
                         relation.to != graph::none && variables_.find(it.container, relation.inner_name) == data;
      if (feeds && !relation.transformation && relation.assignments.empty()) data = variables_.of_node(relation.to);
    }
    if (data) return "$" + data->bpel + "/*";
    refuse(node, "its loop runs through '" + collections.input_data + "', which is no data of the process");
    return std::nullopt;
  }
  const Text text = text_of(graph_, *collections.input);
  auto items = Result<std::string>(fail(std::string("its loop has no collection")));
  if (const auto syntax = parse_expression(text.text, variables_.dialect(text)))
    items = items_xpath(*syntax, known(it.container, false));
  else
    items = fail(syntax.error());
  if (items) return std::move(*items);
  refuse(it.id, it.where, "the collection of its loop, '" + text.text + "': " + items.error().message);
  return std::nullopt;
}

void ModelContent::take_items(NodeIndex node, const Collections& collections, const std::string& items,
                              const std::string& counter, Instances& made) {
  if (collections.input_item.empty()) return;
  const ModelVariable* item = variables_.find(graph_.node(node).container, collections.input_item);
  const std::string name = item ? item->bpel : plain_name(collections.input_item);
  made.variables.push_back(declared(item, name));
  made.before.push_back(assign_of(copy_to("(" + items + ")[position() = $" + counter + "]", name)));
}

// BPMN 2.0 §10.3.8: what the instances give is collected in their order, and there when all are done.
void ModelContent::give_items(NodeIndex node, const Collections& collections, const std::string& counter,
                              Instances& made) {
  const graph::Node& it = graph_.node(node);
  const std::string& wished = collections.output_data.empty() ? collections.output_name : collections.output_data;
  if (wished.empty()) return;
  const ModelVariable* list = variables_.find(it.container, wished);
  for (const auto& relation : graph_.relations) {
    const bool takes = relation.kind == graph::RelationKind::writes && relation.from == node &&
                       relation.to != graph::none && variables_.find(it.container, relation.inner_name) == list;
    if (takes && !relation.transformation && relation.assignments.empty()) list = variables_.of_node(relation.to);
  }
  const ModelVariable* item = variables_.find(it.container, collections.output_item);
  if (!list || !list->has_parts() || (!item && !collections.output)) {
    refuse(node, "what its instances give is to be collected in '" + wished +
                     "': declare that as a collection, and name the item that each instance gives (outputDataItem)");
    return;
  }
  const std::string gathered = "gathered_" + plain_name(it.id);
  made.around.push_back(data_variable(gathered));
  made.first.push_back(assign_of(empty_list(gathered)));
  std::string value;
  if (collections.output) {
    const auto given = xpath(*collections.output, it.container, ValueType::unknown, it.id);
    if (!given) return;
    value = "'text', string(" + *given + ")";
    const Text text = text_of(graph_, *collections.output);
    const ModelVariable* named = variables_.find(it.container, text.text);
    if (named && named->has_parts()) value = "'value', $" + named->bpel;
  } else {
    made.variables.push_back(declared(item, item->bpel));
    value =
        item->has_parts() ? "'value', cx:given($" + item->bpel + ")" : "'text', string(cx:given($" + item->bpel + "))";
  }
  made.after.push_back(
      assign_of(transformed("$" + gathered, "'do', 'put', 'at', $" + counter + ", " + value, gathered)));
  made.last.push_back(assign_of(transformed("$" + gathered, "'do', 'close'", list->bpel)));
}

/// Completion conditions of tools speak of the numbers of instances.
void ModelContent::count_instances(NodeIndex node, Instances& made) {
  const auto& completion = graph_.node(node).as<graph::Activity>()->loop.completion;
  if (!completion || completion->text.find("nrOf") == std::string::npos) return;
  const std::string done = "completed_" + plain_name(graph_.node(node).id);
  const std::string all = "instances_" + plain_name(graph_.node(node).id);
  for (const std::string& name : {done, all})
    made.around.push_back(Element("variable", {{"name", name}, {"type", "xsd:decimal"}}));
  made.first.push_back(assign(done, "0"));
  made.first.push_back(assign(all, made.count));
  made.after.push_back(assign(done, "$" + done + " + 1"));
  loops_.back().done = "$" + done;
  loops_.back().count = "$" + all;
}

std::optional<Instances> ModelContent::instances(NodeIndex node, const std::string& counter) {
  const graph::Node& it = graph_.node(node);
  const graph::Loop& loop = it.as<graph::Activity>()->loop;
  const Collections collections = collections_of(graph_, node);
  Instances made;
  if (!collections.empty()) {
    const auto items = items_of(node, collections);
    if (!items) return std::nullopt;
    made.count = "count(" + *items + ")";
    take_items(node, collections, *items, counter, made);
  } else if (loop.cardinality) {
    auto count = number(*loop.cardinality, it.container, it.id);
    if (!count) return std::nullopt;
    made.count = std::move(*count);
  } else {
    refuse(node,
           "it says neither how many instances there are nor of what: give it a loop cardinality, or a collection "
           "(loopDataInputRef)");
    return std::nullopt;
  }
  give_items(node, collections, counter, made);
  loops_.push_back({node, {}, {}, {}, {}});
  for (const Elements* own : {&made.variables, &made.around})
    for (const Element& each : *own) loops_.back().names.insert("variable " + std::string(each.get("name")));
  count_instances(node, made);
  return made;
}

Elements ModelContent::end_of_instances() {
  Elements variables = std::move(loops_.back().variables);
  loops_.pop_back();
  return variables;
}

}  // namespace echoflow::generate

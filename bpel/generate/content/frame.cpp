#include <algorithm>

#include "bpel/generate/content/model_content.hpp"
#include "bpel/generate/names.hpp"
#include "models/base/namespaces.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::generate {

namespace {

Element import_of(std::string_view ns, const std::string& location) {
  return Element("import",
                 {{"namespace", std::string(ns)}, {"location", location}, {"importType", std::string(ns::wsdl)}});
}

/// A list is empty as long as nobody sets it.
Element typed_variable(const ModelVariable& variable) {
  if (!variable.has_parts())
    return Element("variable", {{"name", variable.bpel}, {"type", "xsd:" + variable.schema_type}});
  Element element("variable", {{"name", variable.bpel}, {"type", "tns:Data"}});
  if (variable.type == ValueType::list)
    element.add(Element("from")).add(Element("literal")).add(Element("tns:" + variable.bpel));
  return element;
}

std::string wsdl_file(const graph::ProcessGraph& graph) {
  return plain_name(graph.id.empty() ? graph.containers.front().id : graph.id) + ".wsdl";
}

}  // namespace

std::unique_ptr<Content> make_content(const graph::ProcessGraph& graph, Generated& generated) {
  return std::make_unique<ModelContent>(graph, generated);
}

Element copy_to(const std::string& xpath, const std::string& variable, bool optional) {
  Element copy("copy");
  if (optional) copy.set("ignoreMissingFromData", "yes");
  copy.add(with_text("from", xpath));
  copy.add(Element("to", {{"variable", variable}}));
  return copy;
}

ModelContent::ModelContent(const graph::ProcessGraph& graph, Generated& generated)
    : graph_(graph),
      generated_(generated),
      variables_(graph),
      keys_(correlation_keys(graph)),
      description_(target_namespace(graph)) {
  for (const ModelVariable& variable : variables_.all())
    if (variable.node != graph::none) generated_.sources[variable.bpel] = graph_.node(variable.node).id;
}

void ModelContent::refuse(const std::string& element, const SourceLocation& where, const std::string& why) {
  add_finding(generated_.findings, {"MODEL", Severity::error, "'" + element + "': " + why, where});
}
void ModelContent::warn(const std::string& element, const SourceLocation& where, const std::string& why) {
  add_finding(generated_.findings, {"MODEL", Severity::warning, "'" + element + "': " + why, where});
}
void ModelContent::refuse(NodeIndex node, const std::string& why) {
  refuse(graph_.node(node).id, graph_.node(node).where, why);
}

std::string ModelContent::name_of(NodeIndex node) const {
  const graph::Node& it = graph_.node(node);
  return plain_name(it.name.empty() ? std::string_view(it.id) : it.name.in(""));
}

void ModelContent::add_link(const std::string& name, Element link) {
  if (frame_.names.insert("link " + name).second) frame_.partner_links.push_back(std::move(link.set("name", name)));
}

void ModelContent::add_variable(const std::string& name, const std::string& attribute, const std::string& type,
                                const std::string& initial) {
  // Each instance of a loop has its own, since they may run side by side.
  auto& names = loops_.empty() ? frame_.names : loops_.back().names;
  if (!names.insert("variable " + name).second) return;
  Element variable("variable", {{"name", name}, {attribute, type}});
  if (!initial.empty()) variable.add(with_text("from", initial));
  (loops_.empty() ? frame_.variables : loops_.back().variables).push_back(std::move(variable));
}

Elements ModelContent::scope_variables(ContainerIndex container) {
  Elements declared;
  const bool called = graph_.containers[container].parent == graph::none && container != process_;
  for (const ModelVariable* variable : variables_.of(container)) {
    // A called process works on its caller's variables where they have the same names.
    const auto callers = variables_.of(process_);
    const bool shared = called && std::any_of(callers.begin(), callers.end(),
                                              [&](const ModelVariable* each) { return each->bpel == variable->bpel; });
    if (!shared) declared.push_back(typed_variable(*variable));
  }
  return declared;
}

Elements ModelContent::process_frame(ContainerIndex process, Elements own) {
  Elements elements = kpis(process);
  Element extensions("extensions");
  extensions.add(Element("extension", {{"namespace", std::string(ns::cx)}, {"mustUnderstand", "yes"}}));
  if (frame_.people)
    extensions.add(Element("extension", {{"namespace", std::string(ns::b4p)}, {"mustUnderstand", "yes"}}));
  elements.push_back(std::move(extensions));
  if (!description_.empty()) elements.push_back(import_of(target_namespace(graph_), wsdl_file(graph_)));
  if (frame_.signals) elements.push_back(import_of(ns::cx, "echoflow-cx.wsdl"));
  Element links("partnerLinks");
  links.children = std::move(frame_.partner_links);
  if (!links.children.empty()) elements.push_back(std::move(links));
  Element variables("variables");
  for (const ModelVariable* variable : variables_.of(process)) variables.add(typed_variable(*variable));
  for (Element& each : frame_.variables) variables.add(std::move(each));
  for (Element& each : own) variables.add(std::move(each));
  if (!variables.children.empty()) elements.push_back(std::move(variables));
  Element sets("correlationSets");
  if (frame_.conversation)
    sets.add(Element("correlationSet", {{"name", "conversation"}, {"properties", "tns:conversation"}}));
  for (Element& each : key_sets()) sets.add(std::move(each));
  for (const auto& [name, property] : frame_.correlation_sets)
    sets.add(Element("correlationSet", {{"name", name}, {"properties", std::string(property)}}));
  if (!sets.children.empty()) elements.push_back(std::move(sets));
  frame_ = {};
  return elements;
}

void ModelContent::finish() {
  if (!description_.empty()) generated_.files[wsdl_file(graph_)] = description_.text();
  if (transforms_) generated_.files[std::string(data_stylesheet_file)] = data_stylesheet_text();
}

}  // namespace echoflow::generate

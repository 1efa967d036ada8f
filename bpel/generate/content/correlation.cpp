#include "bpel/generate/content/correlation.hpp"

#include <algorithm>

#include "bpel/generate/content/model_content.hpp"
#include "bpel/generate/names.hpp"
#include "models/xml/reader.hpp"

/// Correlation keys of a model as correlation sets.
namespace echoflow::generate {

namespace {

using graph::Attribute;

std::string local(std::string_view reference) {
  const std::string text = trimmed(reference);
  const auto colon = text.rfind(':');
  return colon == std::string::npos ? text : text.substr(colon + 1);
}

/// Elements of the model that the graph keeps as XML text.
template <class Visit>
void for_each_kept(const std::vector<Attribute>& attributes, std::string_view name, const Visit& visit) {
  for (const Attribute& attribute : attributes) {
    if (attribute.name != name) continue;
    const auto document = xml::read(attribute.value);
    if (document && document->document_element() != xml::no_node) visit(*document, document->document_element());
  }
}

template <class Visit>
void for_each_child(const xml::Document& document, xml::NodeIndex of, std::string_view name, const Visit& visit) {
  for (auto n = document.first_child_element(of); n != xml::no_node; n = document.next_sibling_element(n))
    if (document.local_name(n) == name) visit(n);
}

/// A path of plain steps, "/order/id" or "order.id", as XPath; "" for anything else.
std::string step_path(std::string_view written) {
  std::string text = trimmed(written);
  if ((text.starts_with("${") || text.starts_with("#{")) && text.ends_with("}")) text = text.substr(2, text.size() - 3);
  while (text.starts_with("/") || text.starts_with("$") || text.starts_with("=")) text.erase(0, 1);
  std::string path;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("/."), text.size());
    std::string step = local(text.substr(0, end));
    text.erase(0, std::min(end + 1, text.size()));
    const bool attribute = step.starts_with("@");
    if (attribute) step.erase(0, 1);
    if (step.empty() || plain_name(step) != step) return {};
    path += path.empty() ? "" : "/";
    path += (attribute ? "@*[local-name() = '" : "*[local-name() = '") + step + "']";
  }
  return path;
}

CorrelationKey::Property property_of(const graph::Definition& definition) {
  CorrelationKey::Property property;
  property.name = plain_name(definition.name.empty() ? std::string_view(definition.id) : definition.name.in(""));
  for_each_kept(definition.attributes, "correlationPropertyRetrievalExpression",
                [&](const xml::Document& document, xml::NodeIndex root) {
                  const std::string message = local(document.attribute(root, "messageRef").value_or(""));
                  for_each_child(document, root, "messagePath", [&](xml::NodeIndex path) {
                    const std::string text = document.string_value(path);
                    std::string xpath = step_path(text);
                    if (xpath.empty()) property.unread = text;
                    property.paths[message] = std::move(xpath);
                  });
                });
  return property;
}

}  // namespace

bool CorrelationKey::covers(const std::string& message) const {
  return !properties.empty() && std::all_of(properties.begin(), properties.end(), [&](const Property& property) {
    const auto found = property.paths.find(message);
    return found != property.paths.end() && !found->second.empty();
  });
}

std::string first_step(const std::string& xpath) {
  const auto begin = xpath.find('\'');
  return begin == std::string::npos ? std::string() : xpath.substr(begin + 1, xpath.find('\'', begin + 1) - begin - 1);
}

// BPMN 2.0 §8.3.3 (correlation): a key is an ordered set of properties, each with an expression for each message.
std::vector<CorrelationKey> correlation_keys(const graph::ProcessGraph& graph) {
  std::vector<CorrelationKey> keys;
  for_each_kept(graph.attributes, "correlationKey", [&](const xml::Document& document, xml::NodeIndex root) {
    CorrelationKey key;
    const std::string name(document.attribute(root, "name").value_or(""));
    const std::string id(document.attribute(root, "id").value_or(""));
    key.name = "key_" + plain_name(name.empty() ? id : name);
    for (const auto& each : keys)
      if (each.name == key.name) key.name += "_" + std::to_string(keys.size() + 1);
    for_each_child(document, root, "correlationPropertyRef", [&](xml::NodeIndex reference) {
      const auto found = graph.definitions.find(local(document.string_value(reference)));
      if (found != graph.definitions.end()) key.properties.push_back(property_of(found->second));
    });
    keys.push_back(std::move(key));
  });
  return keys;
}

bool binds_correlation(const graph::Container& process) {
  bool binds = false;
  for_each_kept(process.attributes, "correlationSubscription", [&](const xml::Document& document, xml::NodeIndex root) {
    for_each_child(document, root, "correlationPropertyBinding", [&](xml::NodeIndex) { binds = true; });
  });
  return binds;
}

/// The keys that the message carries, on an activity that takes or gives it.
void ModelContent::correlate_keys(Element& activity, NodeIndex node, const std::string& message,
                                  const std::string& described, bool answers) {
  for (const CorrelationKey& key : keys_) {
    for (const auto& property : key.properties)
      if (const auto path = property.paths.find(message); path != property.paths.end() && path->second.empty())
        refuse(node, "the messagePath '" + property.unread + "' of the correlation property " + property.name +
                         " is not understood: write a path of names, such as order/number");
    if (!key.covers(message)) continue;
    for (const auto& property : key.properties)
      description_.alias(property.name, described, property.paths.at(message));
    frame_.keys.insert(key.name);
    auto all = std::find_if(activity.children.begin(), activity.children.end(),
                            [](const Element& each) { return each.name == "correlations"; });
    if (all == activity.children.end())
      all = activity.children.insert(activity.children.begin(), Element("correlations"));
    Element& one = all->add(Element("correlation", {{"set", key.name}, {"initiate", "join"}}));
    if (answers) one.set("pattern", "request");
  }
}

/// Variables that a key is read from in a message that the process gives, where they have the names of its paths.
std::vector<const ModelVariable*> ModelContent::key_variables(NodeIndex node, const std::string& message) const {
  std::vector<const ModelVariable*> found;
  for (const CorrelationKey& key : keys_) {
    if (!key.covers(message)) continue;
    for (const auto& property : key.properties)
      if (const auto* variable = variables_.find(graph_.node(node).container, first_step(property.paths.at(message))))
        found.push_back(variable);
  }
  return found;
}

Elements ModelContent::key_sets() {
  Elements sets;
  for (const CorrelationKey& key : keys_) {
    if (!frame_.keys.contains(key.name)) continue;
    std::string properties;
    for (const auto& property : key.properties) properties += (properties.empty() ? "tns:" : " tns:") + property.name;
    sets.push_back(Element("correlationSet", {{"name", key.name}, {"properties", properties}}));
  }
  return sets;
}

}  // namespace echoflow::generate

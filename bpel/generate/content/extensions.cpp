#include "bpel/generate/content/extensions.hpp"

#include "bpel/generate/content/texts.hpp"
#include "models/base/namespaces.hpp"
#include "models/cx/namespaces.hpp"
#include "models/xml/reader.hpp"

namespace echoflow::generate {

namespace {

struct Known {
  std::string_view ns;
  std::string_view prefix;
};
constexpr Known known[] = {{ns::cx, "cx:"}, {ns::htd, "htd:"}, {ns::htt, "htt:"}, {ns::b4p, "b4p:"}};
constexpr int deepest = 32;

std::string prefixed(const xml::Document& document, xml::NodeIndex node) {
  for (const Known& each : known)
    if (each.ns == document.namespace_uri(node))
      return std::string(each.prefix) + std::string(document.local_name(node));
  if (document.namespace_uri(node) == ns::xml) return "xml:" + std::string(document.local_name(node));
  return std::string(document.local_name(node));
}

Element element_of(const xml::Document& document, xml::NodeIndex node, int depth) {
  Element element(prefixed(document, node));
  for (auto a = document.first_attribute(node); a != xml::no_node; a = document.next_sibling(a))
    element.set(prefixed(document, a), std::string(document.value(a)));
  for (auto child = document.first_child(node); child != xml::no_node; child = document.next_sibling(child)) {
    if (document.kind(child) == xml::NodeKind::element && depth < deepest)
      element.add(element_of(document, child, depth + 1));
    else if (document.kind(child) == xml::NodeKind::text)
      element.text += document.value(child);
  }
  element.text = trimmed(element.text);
  return element;
}

}  // namespace

std::vector<Element> extensions_of(const std::vector<graph::Attribute>& attributes, std::string_view name) {
  return extensions_of(attributes, name, ns::cx);
}

std::vector<Element> extensions_of(const std::vector<graph::Attribute>& attributes, std::string_view name,
                                   std::string_view of_namespace) {
  const std::string expanded = "{" + std::string(of_namespace) + "}" + std::string(name);
  std::vector<Element> found;
  for (const graph::Attribute& attribute : attributes) {
    if (attribute.name != expanded) continue;
    const auto document = xml::read(attribute.value);
    if (document && document->document_element() != xml::no_node)
      found.push_back(element_of(*document, document->document_element(), 0));
  }
  return found;
}

}  // namespace echoflow::generate

#include "bpel/wsdl/reader.hpp"

#include "bpel/source/document.hpp"
#include "bpel/source/text.hpp"
#include "bpel/wsdl/namespaces.hpp"

namespace echoflow::wsdl {

void Reader::read() {
  const auto root = document().document_element();
  for (auto child = document().first_child_element(root); child != xml::no_node;
       child = document().next_sibling_element(child)) {
    if (is(child, ns::wsdl, "message")) {
      read_message(child);
    } else if (is(child, ns::wsdl, "portType")) {
      read_port_type(child);
    } else if (is(child, ns::wsdl, "binding")) {
      read_binding(child);
    } else if (is(child, ns::wsdl, "service")) {
      read_service(child);
    } else if (is(child, ns::plnktype, "partnerLinkType") || is(child, old_plnktype, "partnerLinkType")) {
      read_partner_link_type(child);
    } else if (is(child, ns::varprop, "property")) {
      read_property(child);
    } else if (is(child, ns::varprop, "propertyAlias")) {
      read_property_alias(child);
    }
  }
}

SourceLocation Reader::where(xml::NodeIndex node) const {
  return source::location_of(document(), node, file_.path);
}

std::vector<xml::NodeIndex> Reader::children(xml::NodeIndex parent, std::string_view ns, std::string_view local) const {
  std::vector<xml::NodeIndex> out;
  for (auto child = document().first_child_element(parent); child != xml::no_node;
       child = document().next_sibling_element(child))
    if (is(child, ns, local)) out.push_back(child);
  return out;
}

bool Reader::is(xml::NodeIndex node, std::string_view ns, std::string_view local) const {
  return document().local_name(node) == local && document().namespace_uri(node) == ns;
}

std::string Reader::tag(xml::NodeIndex node) const {
  std::string out = "<" + std::string(document().local_name(node));
  if (const auto name = text(node, "name"); !name.empty()) out += " name=\"" + name + "\"";
  return out + ">";
}

std::string Reader::text(xml::NodeIndex node, std::string_view attribute) const {
  return std::string(source::trimmed(document().attribute(node, attribute).value_or("")));
}

std::string Reader::required_text(xml::NodeIndex node, std::string_view attribute) {
  auto value = text(node, attribute);
  if (value.empty()) report(node, tag(node) + " lacks the attribute " + std::string(attribute) + "; add it.");
  return value;
}

QName Reader::qname(xml::NodeIndex node, std::string_view attribute) {
  const auto value = text(node, attribute);
  if (value.empty()) return {};
  if (auto name = document().resolve_qname(node, value)) return *name;
  report(node, "The attribute " + std::string(attribute) + " of " + tag(node) + " is \"" + value +
                   "\"; it must be a qualified name whose prefix is declared.");
  return {"", value};
}

QName Reader::required_qname(xml::NodeIndex node, std::string_view attribute) {
  required_text(node, attribute);
  return qname(node, attribute);
}

void Reader::report(xml::NodeIndex node, std::string message, Severity severity) {
  add_finding(findings_, {"WSDL", severity, std::move(message), where(node)});
}

}  // namespace echoflow::wsdl

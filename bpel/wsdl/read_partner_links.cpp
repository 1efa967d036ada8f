// What WS-BPEL adds to WSDL: partner link types, properties and their aliases.
#include "bpel/source/text.hpp"
#include "bpel/wsdl/namespaces.hpp"
#include "bpel/wsdl/reader.hpp"

namespace echoflow::wsdl {

// WS-BPEL 2.0 §6.1 Partner Link Types
void Reader::read_partner_link_type(xml::NodeIndex node) {
  PartnerLinkType out{defined_name(node), {}, where(node)};
  for (auto child = document().first_child_element(node); child != xml::no_node;
       child = document().next_sibling_element(child))
    if (is(child, ns::plnktype, "role") || is(child, old_plnktype, "role")) out.roles.push_back(read_role(child));
  if (out.roles.empty()) report(node, tag(node) + " has no role; add one or two.");
  if (out.roles.size() > 2) report(node, tag(node) + " has more than two roles; keep one or two.");
  out_.partner_link_types.push_back(std::move(out));
}

Role Reader::read_role(xml::NodeIndex node) {
  Role out;
  out.name = required_text(node, "name");
  out.where = where(node);
  // BPEL4WS 1.1 named the portType in an element of its own.
  for (const auto uri : {ns::plnktype, old_plnktype})
    if (const auto nested = document().find_child(node, uri, "portType"); nested != xml::no_node)
      out.port_type = required_qname(nested, "name");
  if (out.port_type.empty()) out.port_type = required_qname(node, "portType");
  return out;
}

// WS-BPEL 2.0 §7.2 Defining Properties. Whether type or element is given is SA00019's to check.
void Reader::read_property(xml::NodeIndex node) {
  out_.properties.push_back({defined_name(node), qname(node, "type"), qname(node, "element"), where(node)});
}

// WS-BPEL 2.0 §7.3 Defining Property Aliases. Which attributes go together is SA00020's to check.
void Reader::read_property_alias(xml::NodeIndex node) {
  PropertyAlias out;
  out.property = required_qname(node, "propertyName");
  out.message_type = qname(node, "messageType");
  out.part = text(node, "part");
  out.type = qname(node, "type");
  out.element = qname(node, "element");
  out.where = where(node);
  if (const auto query = document().find_child(node, ns::varprop, "query"); query != xml::no_node)
    out.query = read_query(query);
  out_.aliases.push_back(std::move(out));
}

Query Reader::read_query(xml::NodeIndex node) {
  Query out;
  out.language = text(node, "queryLanguage");
  out.text = document().string_value(node);
  out.document = file_.document;
  out.element = node;
  out.where = where(node);
  if (source::trimmed(out.text).empty())
    report(node, "The query is empty; write its expression into it, or remove it.");
  return out;
}

}  // namespace echoflow::wsdl

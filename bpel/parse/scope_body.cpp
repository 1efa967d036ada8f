#include "bpel/parse/scope_body.hpp"

#include "bpel/parse/copy.hpp"
#include "bpel/parse/handlers.hpp"

namespace echoflow::parse {
namespace {

using Need = Attributes::Need;

// WS-BPEL 2.0 §6.2 Partner Links
ast::PartnerLink read_partner_link(Context& context, xml::NodeIndex node) {
  ast::PartnerLink out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.name = attributes.ncname("name", Need::required);
  out.type = attributes.qname("partnerLinkType", Need::required).value_or(QName{});
  out.my_role = attributes.ncname("myRole");
  out.partner_role = attributes.ncname("partnerRole");
  out.initialize_partner_role = attributes.yes_no("initializePartnerRole");
  Children children(context, node, out);
  return out;
}

ast::MessageExchange read_message_exchange(Context& context, xml::NodeIndex node) {
  ast::MessageExchange out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.name = attributes.ncname("name", Need::required);
  Children children(context, node, out);
  return out;
}

// WS-BPEL 2.0 §8.1 Variables. Which of the three types is given is SA00025's to check.
ast::Variable read_variable(Context& context, xml::NodeIndex node) {
  ast::Variable out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.name = attributes.ncname("name", Need::required);
  out.message_type = attributes.qname("messageType");
  out.type = attributes.qname("type");
  out.element = attributes.qname("element");
  Children children(context, node, out);
  if (const auto from = children.optional("from"); from != xml::no_node) out.from = read_from(context, from);
  return out;
}

// WS-BPEL 2.0 §9.1 Message Correlation
ast::CorrelationSet read_correlation_set(Context& context, xml::NodeIndex node) {
  ast::CorrelationSet out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.name = attributes.ncname("name", Need::required);
  out.properties = attributes.qnames("properties", Need::required);
  Children children(context, node, out);
  return out;
}

template <class Item>
void read_all(Context& context, Children& children, std::string_view name, std::string_view item,
              Item (*read_item)(Context&, xml::NodeIndex), std::vector<Item>& out) {
  const auto node = children.optional(name);
  if (node == xml::no_node) return;
  ast::Element container;
  Attributes attributes(context, node, container);
  Children items(context, node, container);
  for (const auto child : items.at_least_one(item)) out.push_back(read_item(context, child));
}

}  // namespace

void read_declarations(Context& context, Children& children, ast::ScopeBody& out) {
  read_all(context, children, "partnerLinks", "partnerLink", read_partner_link, out.partner_links);
  read_all(context, children, "messageExchanges", "messageExchange", read_message_exchange, out.message_exchanges);
  read_all(context, children, "variables", "variable", read_variable, out.variables);
  read_all(context, children, "correlationSets", "correlationSet", read_correlation_set, out.correlation_sets);
}

void read_body_fault_handlers(Context& context, Children& children, ast::ScopeBody& out) {
  if (const auto node = children.optional("faultHandlers"); node != xml::no_node)
    out.fault_handlers = read_fault_handlers(context, node);
}

void read_body_event_handlers(Context& context, Children& children, ast::ScopeBody& out) {
  if (const auto node = children.optional("eventHandlers"); node != xml::no_node)
    out.event_handlers = read_event_handlers(context, node);
}

}  // namespace echoflow::parse

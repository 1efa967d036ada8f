#include "bpel/parse/messages.hpp"

#include "bpel/parse/foreign.hpp"
#include "bpel/source/text.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::parse {
namespace {

using Need = Attributes::Need;

ast::Correlation read_correlation(Context& context, xml::NodeIndex node, CorrelationPattern pattern) {
  ast::Correlation out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.set = attributes.ncname("set", Need::required);
  out.initiate = attributes.one_of("initiate", {"yes", "join", "no"});
  if (pattern == CorrelationPattern::allowed)
    out.pattern = attributes.one_of("pattern", {"request", "response", "request-response"});
  Children children(context, node, out);
  return out;
}

ast::FromPart read_from_part(Context& context, xml::NodeIndex node) {
  ast::FromPart out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.part = attributes.ncname("part", Need::required);
  out.to_variable = attributes.ncname("toVariable", Need::required);
  Children children(context, node, out);
  return out;
}

ast::ToPart read_to_part(Context& context, xml::NodeIndex node) {
  ast::ToPart out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.part = attributes.ncname("part", Need::required);
  out.from_variable = attributes.ncname("fromVariable", Need::required);
  Children children(context, node, out);
  return out;
}

ast::InboundFilter read_filter(const Context& context, xml::NodeIndex node) {
  ast::InboundFilter out;
  out.when = attribute_expression(context, node, "when", ns::cx);
  const auto channels = context.document().find_attribute(node, ns::cx, "channels");
  if (channels == xml::no_node) return out;
  out.channels = std::string(source::trimmed(context.document().value(channels)));
  out.channels_where = context.where(channels);
  return out;
}

// A container with at least one `item`; `read_item` is called for each.
template <class ReadItem>
bool read_container(Context& context, Children& children, std::string_view name, std::string_view item,
                    ReadItem read_item) {
  const auto node = children.optional(name);
  if (node == xml::no_node) return false;
  ast::Element container;
  Attributes attributes(context, node, container);
  Children items(context, node, container);
  for (const auto child : items.at_least_one(item)) read_item(child);
  return true;
}

}  // namespace

bool read_correlations(Context& context, Children& children, CorrelationPattern pattern,
                       std::vector<ast::Correlation>& out) {
  return read_container(context, children, "correlations", "correlation",
                        [&](xml::NodeIndex node) { out.push_back(read_correlation(context, node, pattern)); });
}

bool read_from_parts(Context& context, Children& children, std::vector<ast::FromPart>& out) {
  return read_container(context, children, "fromParts", "fromPart",
                        [&](xml::NodeIndex node) { out.push_back(read_from_part(context, node)); });
}

bool read_to_parts(Context& context, Children& children, std::vector<ast::ToPart>& out) {
  return read_container(context, children, "toParts", "toPart",
                        [&](xml::NodeIndex node) { out.push_back(read_to_part(context, node)); });
}

void read_inbound_attributes(Attributes& attributes, ast::InboundMessage& out) {
  out.partner_link = attributes.ncname("partnerLink", Need::required);
  out.port_type = attributes.qname("portType");
  out.operation = attributes.ncname("operation", Need::required);
  out.message_exchange = attributes.ncname("messageExchange");
  out.variable = attributes.ncname("variable");
}

void read_inbound_elements(Context& context, Children& children, ast::InboundMessage& out) {
  out.filter = read_filter(context, out.origin.element);
  out.has_correlations = read_correlations(context, children, CorrelationPattern::forbidden, out.correlations);
  out.has_from_parts = read_from_parts(context, children, out.from_parts);
}

}  // namespace echoflow::parse

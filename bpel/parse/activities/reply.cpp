#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/messages.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §10.4 Providing Web Service Operations
void read(Context& context, xml::NodeIndex node, ast::Reply& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  out.partner_link = attributes.ncname("partnerLink", Attributes::Need::required);
  out.port_type = attributes.qname("portType");
  out.operation = attributes.ncname("operation", Attributes::Need::required);
  out.variable = attributes.ncname("variable");
  out.fault_name = attributes.qname("faultName");
  out.message_exchange = attributes.ncname("messageExchange");
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  read_correlations(context, children, CorrelationPattern::forbidden, out.correlations);
  out.has_to_parts = read_to_parts(context, children, out.to_parts);
}

}  // namespace echoflow::parse

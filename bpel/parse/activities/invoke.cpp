#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/handlers.hpp"
#include "bpel/parse/messages.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §10.3 Invoking Web Service Operations
void read(Context& context, xml::NodeIndex node, ast::Invoke& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  out.partner_link = attributes.ncname("partnerLink", Attributes::Need::required);
  out.port_type = attributes.qname("portType");
  out.operation = attributes.ncname("operation", Attributes::Need::required);
  out.input_variable = attributes.ncname("inputVariable");
  out.output_variable = attributes.ncname("outputVariable");
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  read_correlations(context, children, CorrelationPattern::allowed, out.correlations);
  out.fault_handlers.origin = out.origin;
  read_catches(context, children, out.fault_handlers);
  out.compensation_handler = read_handler(context, children, "compensationHandler");
  out.has_to_parts = read_to_parts(context, children, out.to_parts);
  out.has_from_parts = read_from_parts(context, children, out.from_parts);
}

}  // namespace echoflow::parse

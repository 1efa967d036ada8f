#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §10.6 Signaling Internal Faults
void read(Context& context, xml::NodeIndex node, ast::Throw& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  out.fault_name = attributes.qname("faultName", Attributes::Need::required).value_or(QName{});
  out.fault_variable = attributes.ncname("faultVariable");
  Children children(context, node, out);
  read_standard_elements(context, children, out);
}

}  // namespace echoflow::parse

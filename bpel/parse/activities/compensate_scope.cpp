#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §12.4.3.1 Compensation of a specific scope
void read(Context& context, xml::NodeIndex node, ast::CompensateScope& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  out.target = attributes.ncname("target", Attributes::Need::required);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
}

}  // namespace echoflow::parse

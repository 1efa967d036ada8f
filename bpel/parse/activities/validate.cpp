#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §8.1 Variables: validate
void read(Context& context, xml::NodeIndex node, ast::Validate& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  out.variables = attributes.ncnames("variables", Attributes::Need::required);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
}

}  // namespace echoflow::parse

#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/handlers.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §10.7 Delayed Execution
void read(Context& context, xml::NodeIndex node, ast::Wait& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  read_for_or_until(context, children, node, true, out.for_, out.until);
}

}  // namespace echoflow::parse

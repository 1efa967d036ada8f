#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §10.8 Doing Nothing
void read(Context& context, xml::NodeIndex node, ast::Empty& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
}

}  // namespace echoflow::parse

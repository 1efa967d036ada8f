#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §10.10 Immediately Ending a Process
void read(Context& context, xml::NodeIndex node, ast::Exit& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
}

}  // namespace echoflow::parse

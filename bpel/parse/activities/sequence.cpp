#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §11.1 Sequential Processing
void read(Context& context, xml::NodeIndex node, ast::Sequence& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  out.activities = children.activities();
}

}  // namespace echoflow::parse

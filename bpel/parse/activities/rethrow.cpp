#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §10.11 Propagating Faults
void read(Context& context, xml::NodeIndex node, ast::Rethrow& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
}

}  // namespace echoflow::parse

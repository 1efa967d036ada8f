#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/expressions.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §11.3 Repetitive Execution: While
void read(Context& context, xml::NodeIndex node, ast::While& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  out.condition = read_required_expression(context, children, "condition");
  out.activity = children.activity();
}

}  // namespace echoflow::parse

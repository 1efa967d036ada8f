#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/expressions.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §11.4 Repetitive Execution: Repeat Until
void read(Context& context, xml::NodeIndex node, ast::RepeatUntil& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  out.activity = children.activity();
  out.condition = read_required_expression(context, children, "condition");
}

}  // namespace echoflow::parse

#include "bpel/parse/activity.hpp"
#include "bpel/parse/foreign.hpp"

namespace echoflow::parse {

void read(Context& context, xml::NodeIndex node, ast::Measure& out) {
  out.kpi = foreign_attribute(context, node, "kpi");
  out.value = attribute_expression(context, node, "value");
  out.group = attribute_expression(context, node, "group");
}

}  // namespace echoflow::parse

#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/expressions.hpp"

namespace echoflow::parse {

namespace {

ast::If::Branch read_branch(Context& context, xml::NodeIndex node, bool with_condition) {
  ast::If::Branch out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  Children children(context, node, out);
  if (with_condition) out.condition = read_required_expression(context, children, "condition");
  out.activity = children.activity();
  return out;
}

}  // namespace

// WS-BPEL 2.0 §11.2 Conditional Behavior
void read(Context& context, xml::NodeIndex node, ast::If& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  ast::If::Branch first;
  first.origin = out.origin;
  first.condition = read_required_expression(context, children, "condition");
  first.activity = children.activity();
  out.branches.push_back(std::move(first));
  for (const auto branch : children.many("elseif")) out.branches.push_back(read_branch(context, branch, true));
  if (const auto branch = children.optional("else"); branch != xml::no_node)
    out.branches.push_back(read_branch(context, branch, false));
}

}  // namespace echoflow::parse

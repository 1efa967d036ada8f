#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/expressions.hpp"

namespace echoflow::parse {

namespace {

ast::ForEach::Branches read_branches(Context& context, xml::NodeIndex node) {
  ast::ForEach::Branches out;
  out.origin = context.origin(node);
  ast::Element ignored;
  Attributes attributes(context, node, ignored);
  out.language = attributes.text_or_empty("expressionLanguage");
  out.successful_branches_only = attributes.yes_no("successfulBranchesOnly");
  out.text = own_text(context.document(), node);
  return out;
}

void read_completion_condition(Context& context, xml::NodeIndex node, ast::ForEach& out) {
  out.has_completion_condition = true;
  ast::Element container;
  Attributes attributes(context, node, container);
  Children children(context, node, container);
  const auto branches = children.optional("branches");
  if (branches != xml::no_node) out.branches = read_branches(context, branches);
}

}  // namespace

// WS-BPEL 2.0 §11.7 Processing Multiple Branches
void read(Context& context, xml::NodeIndex node, ast::ForEach& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  out.counter_name = attributes.ncname("counterName", Attributes::Need::required);
  out.parallel = attributes.yes_no("parallel", Attributes::Need::required);
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  out.start = read_required_expression(context, children, "startCounterValue");
  out.final = read_required_expression(context, children, "finalCounterValue");
  if (const auto condition = children.optional("completionCondition"); condition != xml::no_node)
    read_completion_condition(context, condition, out);
  out.activity = children.scope_activity();
}

}  // namespace echoflow::parse

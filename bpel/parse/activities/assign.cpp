#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/copy.hpp"

namespace echoflow::parse {

namespace {

// An operation of a foreign language: what counts is the element inside, or the shell itself when it is empty.
ast::ExtensionElement read_extension_operation(Context& context, xml::NodeIndex node) {
  ast::Element shell;
  Attributes attributes(context, node, shell);
  Children children(context, node, shell);
  if (!shell.extension_elements.empty()) return std::move(shell.extension_elements.front());
  return {context.origin(node), context.document().qname(node)};
}

}  // namespace

// WS-BPEL 2.0 §8.4 Assignment
void read(Context& context, xml::NodeIndex node, ast::Assign& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  out.validate = attributes.yes_no("validate");
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  for (const auto operation : children.at_least_one_of({"copy", "extensionAssignOperation"})) {
    if (context.is_bpel(operation, "copy")) {
      out.operations.emplace_back(read_copy(context, operation));
    } else {
      out.operations.emplace_back(read_extension_operation(context, operation));
    }
  }
}

}  // namespace echoflow::parse

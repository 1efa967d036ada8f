#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/handlers.hpp"
#include "bpel/parse/scope_body.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §12 Scopes
void read(Context& context, xml::NodeIndex node, ast::Scope& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  out.isolated = attributes.yes_no("isolated");
  out.body.exit_on_standard_fault = attributes.yes_no("exitOnStandardFault");
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  read_declarations(context, children, out.body);
  read_body_fault_handlers(context, children, out.body);
  out.compensation_handler = read_handler(context, children, "compensationHandler");
  out.termination_handler = read_handler(context, children, "terminationHandler");
  read_body_event_handlers(context, children, out.body);
  out.body.activity = children.activity();
}

}  // namespace echoflow::parse

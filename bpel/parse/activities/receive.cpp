#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/messages.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §10.4 Providing Web Service Operations
void read(Context& context, xml::NodeIndex node, ast::Receive& out) {
  out.message.origin = out.origin;
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  read_inbound_attributes(attributes, out.message);
  out.create_instance = attributes.yes_no("createInstance");
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  read_inbound_elements(context, children, out.message);
}

}  // namespace echoflow::parse

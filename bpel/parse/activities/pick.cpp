#include "bpel/parse/activity.hpp"
#include "bpel/parse/attributes.hpp"
#include "bpel/parse/children.hpp"
#include "bpel/parse/handlers.hpp"

namespace echoflow::parse {

// WS-BPEL 2.0 §11.5 Selective Event Processing
void read(Context& context, xml::NodeIndex node, ast::Pick& out) {
  Attributes attributes(context, node, out);
  read_standard_attributes(attributes, out);
  out.create_instance = attributes.yes_no("createInstance");
  Children children(context, node, out);
  read_standard_elements(context, children, out);
  for (const auto message : children.at_least_one("onMessage"))
    out.on_messages.push_back(read_on_message(context, message));
  for (const auto alarm : children.many("onAlarm")) out.on_alarms.push_back(read_pick_alarm(context, alarm));
}

}  // namespace echoflow::parse

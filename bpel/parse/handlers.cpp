#include "bpel/parse/handlers.hpp"

#include "bpel/parse/attributes.hpp"
#include "bpel/parse/expressions.hpp"
#include "bpel/parse/messages.hpp"

namespace echoflow::parse {
namespace {

ast::Catch read_catch(Context& context, xml::NodeIndex node) {
  ast::Catch out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  out.fault_name = attributes.qname("faultName");
  out.fault_variable = attributes.ncname("faultVariable");
  out.fault_message_type = attributes.qname("faultMessageType");
  out.fault_element = attributes.qname("faultElement");
  Children children(context, node, out);
  out.activity = children.activity();
  return out;
}

ast::OnEvent read_on_event(Context& context, xml::NodeIndex node) {
  ast::OnEvent out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  read_inbound_attributes(attributes, out);
  out.message_type = attributes.qname("messageType");
  out.element = attributes.qname("element");
  Children children(context, node, out);
  read_inbound_elements(context, children, out);
  out.activity = children.scope_activity();
  return out;
}

ast::OnAlarm read_event_alarm(Context& context, xml::NodeIndex node) {
  ast::OnAlarm out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  Children children(context, node, out);
  read_for_or_until(context, children, node, false, out.for_, out.until);
  out.repeat_every = read_optional_expression(context, children, "repeatEvery");
  if (!out.for_ && !out.until && !out.repeat_every)
    context.error(node, context.tag(node) + " has no time; add a <for>, an <until> or a <repeatEvery>.");
  out.activity = children.scope_activity();
  return out;
}

}  // namespace

// WS-BPEL 2.0 §12.5 Fault Handlers
void read_catches(Context& context, Children& children, ast::FaultHandlers& out) {
  for (const auto node : children.many("catch")) out.catches.push_back(read_catch(context, node));
  const auto node = children.optional("catchAll");
  if (node == xml::no_node) return;
  out.catch_all = std::make_unique<ast::CatchAll>();
  out.catch_all->origin = context.origin(node);
  Attributes attributes(context, node, *out.catch_all);
  Children content(context, node, *out.catch_all);
  out.catch_all->activity = content.activity();
}

ast::FaultHandlers read_fault_handlers(Context& context, xml::NodeIndex node) {
  ast::FaultHandlers out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  Children children(context, node, out);
  read_catches(context, children, out);  // that there is one at all is SA00080
  return out;
}

// WS-BPEL 2.0 §12.7 Event Handlers
ast::EventHandlers read_event_handlers(Context& context, xml::NodeIndex node) {
  ast::EventHandlers out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  Children children(context, node, out);  // that there is one at all is SA00083
  for (const auto event : children.many("onEvent")) out.on_events.push_back(read_on_event(context, event));
  for (const auto alarm : children.many("onAlarm")) out.on_alarms.push_back(read_event_alarm(context, alarm));
  return out;
}

std::unique_ptr<ast::Handler> read_handler(Context& context, Children& children, std::string_view name) {
  const auto node = children.optional(name);
  if (node == xml::no_node) return nullptr;
  auto out = std::make_unique<ast::Handler>();
  out->origin = context.origin(node);
  Attributes attributes(context, node, *out);
  Children content(context, node, *out);
  out->activity = content.activity();
  return out;
}

ast::OnMessage read_on_message(Context& context, xml::NodeIndex node) {
  ast::OnMessage out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  read_inbound_attributes(attributes, out);
  Children children(context, node, out);
  read_inbound_elements(context, children, out);
  out.activity = children.activity();
  return out;
}

ast::OnAlarm read_pick_alarm(Context& context, xml::NodeIndex node) {
  ast::OnAlarm out;
  out.origin = context.origin(node);
  Attributes attributes(context, node, out);
  Children children(context, node, out);
  read_for_or_until(context, children, node, true, out.for_, out.until);
  out.activity = children.activity();
  return out;
}

void read_for_or_until(Context& context, Children& children, xml::NodeIndex parent, bool required,
                       std::optional<ast::Expression>& for_, std::optional<ast::Expression>& until) {
  for_ = read_optional_expression(context, children, "for");
  until = read_optional_expression(context, children, "until");
  if (for_ && until) {
    context.error(until->origin.element,
                  context.tag(parent) + " must have either <for> or <until>, not both; remove one.");
  } else if (required && !for_ && !until) {
    context.error(parent, context.tag(parent) + " has no time; add a <for> or an <until>.");
  }
}

}  // namespace echoflow::parse

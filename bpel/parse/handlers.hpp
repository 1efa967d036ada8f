#pragma once
#include <memory>

#include "bpel/parse/children.hpp"

namespace echoflow::parse {

/// The catch* and catchAll? below <faultHandlers>, or inline in an invoke.
void read_catches(Context& context, Children& children, ast::FaultHandlers& out);
ast::FaultHandlers read_fault_handlers(Context& context, xml::NodeIndex node);
ast::EventHandlers read_event_handlers(Context& context, xml::NodeIndex node);
/// <compensationHandler> or <terminationHandler>; null when there is none.
std::unique_ptr<ast::Handler> read_handler(Context& context, Children& children, std::string_view name);

/// <onMessage> and <onAlarm> of a pick.
ast::OnMessage read_on_message(Context& context, xml::NodeIndex node);
ast::OnAlarm read_pick_alarm(Context& context, xml::NodeIndex node);

/// Exactly one of <for> and <until>: `required` when its absence must be reported.
void read_for_or_until(Context& context, Children& children, xml::NodeIndex parent, bool required,
                       std::optional<ast::Expression>& for_, std::optional<ast::Expression>& until);

}  // namespace echoflow::parse

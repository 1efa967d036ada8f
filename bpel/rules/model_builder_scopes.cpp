#include "bpel/rules/model_builder.hpp"

namespace echoflow::rules {

void ModelBuilder::read(const ast::Scope& scope, Site& site) {
  read_body(scope.body, site);
  if (scope.compensation_handler)
    handler(SiteKind::compensation_handler, site, *scope.compensation_handler, scope.compensation_handler->activity);
  if (scope.termination_handler)
    handler(SiteKind::termination_handler, site, *scope.termination_handler, scope.termination_handler->activity);
}

void ModelBuilder::read_body(const ast::ScopeBody& body, Site& site) {
  site.body = &body;
  for (const auto& variable : body.variables)
    site.variables.push_back({variable.name, VariableOrigin::declared, variable.message_type, variable.type,
                              variable.element, variable.origin.where});
  for (const auto& variable : body.variables)
    if (variable.from) read_copy(nullptr, *variable.from, nullptr, site);
  if (body.fault_handlers) read_fault_handlers(*body.fault_handlers, site, false);
  if (body.event_handlers) read_event_handlers(*body.event_handlers, site);
  child(body.activity, site);
}

void ModelBuilder::read_fault_handlers(const ast::FaultHandlers& handlers, Site& site, bool is_inline) {
  model_.fault_handlers_.push_back({&site, &handlers, is_inline});
  for (const auto& handler : handlers.catches) {
    Site& catch_site = add_site(SiteKind::catch_, &site, handler);
    // The fault variable is declared implicitly in its <catch> (§12.5).
    if (!handler.fault_variable.empty())
      catch_site.variables.push_back({handler.fault_variable,
                                      VariableOrigin::fault,
                                      handler.fault_message_type,
                                      {},
                                      handler.fault_element,
                                      handler.origin.where});
    child(handler.activity, catch_site);
    catch_site.last = model_.sites_.size() - 1;
  }
  if (handlers.catch_all) handler(SiteKind::catch_all, site, *handlers.catch_all, handlers.catch_all->activity);
}

void ModelBuilder::read_event_handlers(const ast::EventHandlers& handlers, Site& site) {
  for (const auto& event : handlers.on_events) read_on_event(event, site);
  for (const auto& alarm : handlers.on_alarms) {
    expression(alarm.for_, ExpressionUse::time, site);
    expression(alarm.until, ExpressionUse::time, site);
    expression(alarm.repeat_every, ExpressionUse::time, site);
    handler(SiteKind::on_alarm, site, alarm, alarm.activity);
  }
}

// WS-BPEL 2.0 §12.7.1: the variables of an <onEvent> are declared implicitly in its associated scope, where its partner
// link, correlation sets and message exchange are looked for first.
void ModelBuilder::read_on_event(const ast::OnEvent& event, Site& site) {
  Site& event_site = add_site(SiteKind::on_event, &site, event);
  event_site.on_event = &event;
  Site* scope = child(event.activity, event_site);
  event_site.last = model_.sites_.size() - 1;
  Site& home = scope != nullptr ? *scope : event_site;
  if (!event.variable.empty())
    home.variables.push_back(
        {event.variable, VariableOrigin::on_event, event.message_type, {}, event.element, event.origin.where});
  for (const auto& part : event.from_parts)
    home.variables.push_back({part.to_variable, VariableOrigin::on_event, {}, {}, {}, part.origin.where});
  add(inbound(MessageActivityKind::on_event, event, home, event));
}

}  // namespace echoflow::rules

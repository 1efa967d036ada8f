#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

void Compiler::declare_partner_link(program::Scope& scope, const ast::PartnerLink& link, Environment& names) {
  program::PartnerLinkDecl declaration;
  declaration.name = link.name;
  declaration.type = link.type;
  declaration.my_role = link.my_role;
  declaration.partner_role = link.partner_role;
  declaration.initialize_partner_role = link.initialize_partner_role == ast::YesNo::yes;
  declaration.scope = names.scope;
  if (const wsdl::PartnerLinkType* type = source.definitions.partner_link_type(link.type)) {
    if (const wsdl::Role* role = type->role(link.my_role)) declaration.my_port_type = role->port_type;
    if (const wsdl::Role* role = type->role(link.partner_role)) declaration.partner_port_type = role->port_type;
  }
  if (!declaration.my_port_type.empty())
    if (const wsdl::PortType* port_type = source.definitions.port_type(declaration.my_port_type))
      declaration.my_wsdl_file = port_type->where.file;
  configure_partner(declaration);
  const auto id = static_cast<program::PartnerLinkId>(program_->partner_links.size());
  program_->partner_links.push_back(std::move(declaration));
  scope.partner_links.push_back(id);
  names.partner_links[link.name] = id;
}

void Compiler::declare_partner_links(program::Scope& scope, const ast::ScopeBody& body, Environment& names) {
  for (const auto& link : body.partner_links) declare_partner_link(scope, link, names);
}

void Compiler::declare_all(program::Scope& scope, const ast::ScopeBody& body, Environment& names, const Place& inner) {
  for (const auto& exchange : body.message_exchanges) {
    const auto id = static_cast<program::MessageExchangeId>(program_->message_exchanges.size());
    program_->message_exchanges.push_back({exchange.name, names.scope});
    scope.message_exchanges.push_back(id);
    names.message_exchanges[exchange.name] = id;
  }
  for (const auto& set : body.correlation_sets) {
    const auto id = static_cast<program::CorrelationSetId>(program_->correlation_sets.size());
    program_->correlation_sets.push_back({set.name, set.properties, names.scope});
    scope.correlation_sets.push_back(id);
    names.correlation_sets[set.name] = id;
  }
  for (const auto& variable : body.variables) {
    program::VariableId id = program::none;
    if (variable.message_type)
      id = declare_message_variable(variable.name, *variable.message_type, names, variable.origin.where);
    else if (variable.element)
      id = declare_element_variable(variable.name, *variable.element, names);
    else if (variable.type)
      id = declare_typed_variable(variable.name, *variable.type, names);
    else
      error("BPEL", variable.origin.where,
            "The variable '" + variable.name + "' has no messageType, type or element; give it one.");
    if (id == program::none || !variable.from) continue;
    // WS-BPEL 2.0 §8.1: an inline <from> is a virtual assign at the start of the scope.
    program::Copy copy;
    copy.from = from(*variable.from, inner);
    copy.to = program::ToVariable{id, program_->variables[id].is_message ? program::none : 0u, nullptr};
    copy.where = variable.from->origin.where;
    scope.initializers.push_back({id, std::move(copy)});
  }
}

void Compiler::scope_body(program::Scope& scope, NodeId id, const ast::ScopeBody& body, Environment& names,
                          Place inner) {
  inner.names = &names;
  declare_all(scope, body, names, inner);
  if (body.event_handlers) event_handlers(scope, *body.event_handlers, names, inner);
  scope.activity = activity(body.activity, inner);
  Place handler = inner;
  handler.handler_scope = id;
  if (body.fault_handlers) fault_handlers(scope, *body.fault_handlers, names, handler);
}

// WS-BPEL 2.0 §10.4.1: the process, the scope of an onEvent and that of a parallel forEach have a default message
// exchange.
void Compiler::declare_default_exchange(program::Scope& scope, Environment& names) {
  const auto id = static_cast<program::MessageExchangeId>(program_->message_exchanges.size());
  program_->message_exchanges.push_back({"", names.scope});
  scope.message_exchanges.push_back(id);
  names.message_exchanges[""] = id;
}

// WS-BPEL 2.0 §12.5: the fault variable is declared implicitly and seen by its catch alone.
void Compiler::fault_handlers(program::Scope& scope, const ast::FaultHandlers& handlers, const Environment& outer,
                              const Place& place) {
  scope.has_fault_handlers = !handlers.empty();
  for (const auto& source_catch : handlers.catches) {
    program::Catch compiled;
    Environment names{&outer, outer.scope};
    compiled.where = source_catch.origin.where;
    if (source_catch.fault_name) compiled.fault_name = *source_catch.fault_name;
    if (source_catch.fault_message_type)
      compiled.message_type = message_type(*source_catch.fault_message_type, compiled.where);
    if (source_catch.fault_element) compiled.element = *source_catch.fault_element;
    if (!source_catch.fault_variable.empty()) {
      if (source_catch.fault_message_type)
        compiled.fault_variable = declare_message_variable(source_catch.fault_variable,
                                                           *source_catch.fault_message_type, names, compiled.where);
      else if (source_catch.fault_element)
        compiled.fault_variable =
            declare_element_variable(source_catch.fault_variable, *source_catch.fault_element, names);
      else
        error("BPEL", compiled.where,
              "The fault variable '" + source_catch.fault_variable +
                  "' needs faultMessageType or faultElement; add one.");
    }
    Place inner = place;
    inner.names = &names;
    compiled.activity = activity(source_catch.activity, inner);
    scope.catches.push_back(std::move(compiled));
  }
  if (handlers.catch_all) {
    Place inner = place;
    inner.names = &outer;
    scope.catch_all = activity(handlers.catch_all->activity, inner);
  }
}

void Compiler::event_handlers(program::Scope& scope, const ast::EventHandlers& handlers, const Environment& outer,
                              const Place& place) {
  Place inner = place;
  inner.names = &outer;
  for (const auto& event : handlers.on_events) scope.on_events.push_back(on_event(event, inner));
  // Entries point into the vector, which does not grow any more.
  for (std::uint32_t i = 0; i < scope.on_events.size(); ++i)
    add_entry(place.scope, i, false, scope.on_events[i].inbound);
  for (const auto& alarm : handlers.on_alarms)
    scope.on_alarms.push_back({deadline(alarm.for_, alarm.until, alarm.repeat_every, inner),
                               activity(alarm.activity, inner), alarm.origin.path, alarm.origin.where});
}

// WS-BPEL 2.0 §12.7.1: variable, message exchange, correlation sets and partner links of an onEvent are looked up in
// the associated scope first, and the variable (or the toVariables of its fromParts) is declared there implicitly.
program::OnEvent Compiler::on_event(const ast::OnEvent& event, const Place& place) {
  program::OnEvent compiled;
  compiled.element_id = event.origin.path;
  compiled.where = event.origin.where;
  if (!event.activity || event.activity->kind != ast::ActivityKind::scope) {
    error("BPEL", compiled.where, "<onEvent> must contain a <scope>; wrap its activity in one.");
    return compiled;
  }
  auto declare_implicit = [&](Environment& names, program::Scope& scope, const Place& inside) {
    declare_default_exchange(scope, names);
    const program::OperationRef reference =
        operation(partner_link(event.partner_link, inside, compiled.where), event.operation, true, compiled.where);
    const bool known = reference.input != program::none;
    if (!event.variable.empty()) {
      if (event.element)
        declare_element_variable(event.variable, *event.element, names);
      else if (event.message_type)
        declare_message_variable(event.variable, *event.message_type, names, compiled.where);
      else if (known)
        declare_message_variable(event.variable, program_->message_types[reference.input].name, names, compiled.where);
    }
    for (const auto& part : event.from_parts) {
      const std::uint32_t index = known ? program_->message_types[reference.input].part(part.part) : program::none;
      if (index != program::none)
        declare_part_variable(part.to_variable,
                              program::PartType(program_->message_types[reference.input].parts[index]), names);
    }
  };
  compiled.scope = scope_with(static_cast<const ast::Scope&>(*event.activity), place, declare_implicit,
                              [&](const Place& inside) { compiled.inbound = inbound(event, inside); });
  return compiled;
}

}  // namespace echoflow::compile

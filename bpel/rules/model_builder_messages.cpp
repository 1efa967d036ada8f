#include "bpel/rules/model_builder.hpp"

namespace echoflow::rules {

MessageActivity ModelBuilder::inbound(MessageActivityKind kind, const ast::InboundMessage& message, const Site& site,
                                      const ast::Element& element) {
  MessageActivity out;
  out.kind = kind;
  out.site = &site;
  out.element = &element;
  out.partner_link = message.partner_link;
  out.operation = message.operation;
  out.message_exchange = message.message_exchange;
  out.port_type = message.port_type;
  out.correlations = &message.correlations;
  out.incoming = Incoming{message.variable, &message.from_parts, message.has_from_parts, nullptr};
  return out;
}

void ModelBuilder::add(MessageActivity activity) {
  // The variables of an <onEvent> are declarations; elsewhere they are references.
  if (activity.incoming && activity.kind != MessageActivityKind::on_event) {
    variable_reference(activity.incoming->variable, *activity.site, *activity.element);
    for (const auto& part : *activity.incoming->parts) variable_reference(part.to_variable, *activity.site, part);
  }
  if (activity.outgoing) {
    variable_reference(activity.outgoing->variable, *activity.site, *activity.element);
    for (const auto& part : *activity.outgoing->parts) variable_reference(part.from_variable, *activity.site, part);
  }
  model_.message_activities_.push_back(std::move(activity));
}

void ModelBuilder::read(const ast::Receive& receive, Site& site) {
  auto activity = inbound(MessageActivityKind::receive, receive.message, site, receive);
  activity.creates_instance = receive.create_instance == ast::YesNo::yes;
  if (activity.creates_instance) model_.start_activities_.push_back(&site);
  add(std::move(activity));
}

void ModelBuilder::read(const ast::Reply& reply, Site& site) {
  MessageActivity out;
  out.kind = MessageActivityKind::reply;
  out.site = &site;
  out.element = &reply;
  out.partner_link = reply.partner_link;
  out.operation = reply.operation;
  out.message_exchange = reply.message_exchange;
  out.port_type = reply.port_type;
  out.correlations = &reply.correlations;
  out.fault_name = reply.fault_name;
  out.outgoing = Outgoing{reply.variable, &reply.to_parts, reply.has_to_parts, nullptr};
  add(std::move(out));
}

void ModelBuilder::read(const ast::Invoke& invoke, Site& site) {
  MessageActivity out;
  out.kind = MessageActivityKind::invoke;
  out.site = &site;
  out.element = &invoke;
  out.partner_link = invoke.partner_link;
  out.operation = invoke.operation;
  out.port_type = invoke.port_type;
  out.correlations = &invoke.correlations;
  out.outgoing = Outgoing{invoke.input_variable, &invoke.to_parts, invoke.has_to_parts, nullptr};
  out.incoming = Incoming{invoke.output_variable, &invoke.from_parts, invoke.has_from_parts, nullptr};
  add(std::move(out));
  if (!invoke.fault_handlers.empty()) read_fault_handlers(invoke.fault_handlers, site, true);
  if (invoke.compensation_handler)
    handler(SiteKind::compensation_handler, site, *invoke.compensation_handler, invoke.compensation_handler->activity);
}

// WS-BPEL 2.0 §6.2, §10.3, §10.4: the partner link's type and role imply the port type, and with it the operation's
// messages.
void ModelBuilder::resolve(MessageActivity& activity) const {
  const auto& definitions = loaded_.definitions;
  activity.link = model_.partner_link(*activity.site, activity.partner_link);
  if (activity.link == nullptr) return;
  const auto* type = definitions.partner_link_type(activity.link->type);
  if (type == nullptr) return;
  const bool is_invoke = activity.kind == MessageActivityKind::invoke;
  activity.role = type->role(is_invoke ? activity.link->partner_role : activity.link->my_role);
  if (activity.role == nullptr) return;
  activity.resolved_port_type = definitions.port_type(activity.role->port_type);
  if (activity.resolved_port_type == nullptr) return;
  const auto* operation = activity.resolved_port_type->operation(activity.operation);
  activity.resolved_operation = operation;
  if (operation == nullptr) return;
  const auto message = [&](const std::optional<wsdl::OperationMessage>& m) {
    return m ? definitions.message(m->message) : nullptr;
  };
  if (activity.is_inbound()) {
    activity.incoming->message = message(operation->input);
  } else if (is_invoke) {
    activity.outgoing->message = message(operation->input);
    activity.incoming->message = message(operation->output);
  } else if (!activity.fault_name) {
    activity.outgoing->message = message(operation->output);
  } else {
    for (const auto& fault : operation->faults)
      if (fault.name == activity.fault_name->local) activity.outgoing->message = definitions.message(fault.message);
  }
}

// The variables that the <fromPart>s of an <onEvent> declare are of their part's type.
void ModelBuilder::type_event_variables() {
  for (const auto& activity : model_.message_activities_) {
    if (activity.kind != MessageActivityKind::on_event || activity.incoming->message == nullptr) continue;
    auto& home = model_.sites_[activity.site->index];
    for (const auto& from_part : *activity.incoming->parts) {
      const auto* part = activity.incoming->message->part(from_part.part);
      if (part == nullptr) continue;
      for (auto& variable : home.variables) {
        if (variable.origin != VariableOrigin::on_event || variable.name != from_part.to_variable) continue;
        if (!part->element.empty())
          variable.element = part->element;
        else if (!part->type.empty())
          variable.type = part->type;
      }
    }
  }
}

// --- links ---------------------------------------------------------------------------------------------------------

void ModelBuilder::link_end(const std::string& name, const Site& site, const ast::Element& element, bool is_source) {
  pending_ends_.push_back({name, {&site, &element}, is_source});
}

// WS-BPEL 2.0 §11.6.1: a name means the link of the nearest enclosing flow that declares it; a flow does not enclose
// itself.
void ModelBuilder::resolve_links() {
  for (const auto& pending : pending_ends_) {
    ResolvedLink* found = nullptr;
    for (const Site* site = pending.end.site->parent; site != nullptr && found == nullptr; site = site->parent)
      for (auto& link : model_.links_)
        if (link.flow == site && link.link->name == pending.name && found == nullptr) found = &link;
    if (found == nullptr)
      model_.unresolved_links_.push_back({pending.end, pending.name});
    else
      (pending.is_source ? found->sources : found->targets).push_back(pending.end);
  }
}

}  // namespace echoflow::rules

#include "engine/behaviors/messages.hpp"

#include <algorithm>
#include <set>

#include "engine/behaviors/correlations.hpp"
#include "engine/behaviors/event_handlers.hpp"
#include "engine/behaviors/exchanges.hpp"
#include "engine/behaviors/faults.hpp"
#include "engine/behaviors/values.hpp"

namespace echoflow::engine::messages {

using program::ActivityKind;
using program::Inbound;

namespace {

ActivityId names_of(const Activity& waiter) {
  return waiter.scope_data ? waiter.id : waiter.scope;
}

ActivityId partner_link_owner(const StepContext& context, ActivityId names, program::PartnerLinkId link) {
  const Activity* owner = find_scope(context.state(), names, context.program().partner_links[link].scope);
  return owner == nullptr ? 0 : owner->id;
}

using SetKey = std::pair<ActivityId, program::CorrelationSetId>;
std::set<SetKey> set_instances(const StepContext& context, ActivityId names, const Inbound& inbound) {
  std::set<SetKey> sets;
  for (const auto& correlation : inbound.correlations)
    sets.insert({correlations::find_set(context, names, correlation.set).scope, correlation.set});
  return sets;
}

// Two that filter in different ways do not compete: each message goes to the first whose filter lets it through.
bool same_filter(const Inbound& a, const Inbound& b) {
  return (a.filter ? a.filter->digest : "") == (b.filter ? b.filter->digest : "");
}

bool same_port(const StepContext& context, ActivityId names, const Inbound& a, ActivityId other_names,
               const Inbound& b) {
  return a.operation.operation == b.operation.operation && a.operation.partner_link == b.operation.partner_link &&
         partner_link_owner(context, names, a.operation.partner_link) ==
             partner_link_owner(context, other_names, b.operation.partner_link);
}

// WS-BPEL 2.0 §10.4: two that wait for the same partner link, operation and correlation sets.
bool conflicts(const StepContext& context, const Activity& waiter, std::uint32_t branch, const Inbound& inbound,
               ActivityId names, const std::string& key) {
  for (const auto& [id, other] : context.state().subscriptions) {
    if (other.key != key || (other.activity == waiter.id && other.branch == branch)) continue;
    const Activity* holder = context.find(other.activity);
    if (holder == nullptr) continue;
    const Inbound& theirs = exchanges::inbound_of(context.program(), holder->node, other.branch);
    if (same_port(context, names, inbound, names_of(*holder), theirs) &&
        set_instances(context, names, inbound) == set_instances(context, names_of(*holder), theirs))
      return true;
  }
  return false;
}

// WS-BPEL 2.0 §10.4.1: one open request for a partner link, operation and message exchange at a time.
std::optional<Fault> open_exchange(StepContext& context, const Activity& waiter, std::uint32_t branch,
                                   const Inbound& inbound, ActivityId names, ExchangeId exchange) {
  if (exchange == 0 || inbound.operation.one_way()) return std::nullopt;
  const Activity* exchange_scope =
      find_scope(context.state(), names, context.program().message_exchanges[inbound.message_exchange].scope);
  const ActivityId link_scope = partner_link_owner(context, names, inbound.operation.partner_link);
  if (exchanges::find(context, names, inbound.operation, inbound.message_exchange) != nullptr) {
    Fault fault = standard_fault("conflictingRequest", "A request to " + inbound.operation.operation +
                                                           " is still open in the same message exchange.");
    context.send_fault(exchange, waiter.id, fault);
    return fault;
  }
  context.emit(records::ExchangeOpened{exchange, waiter.node, branch, link_scope, inbound.operation.partner_link,
                                       exchange_scope == nullptr ? 0 : exchange_scope->id, inbound.message_exchange});
  return std::nullopt;
}

/// A request that names where it wants its answer (WS-Addressing) initialises a partner role that has no endpoint.
void take_reply_address(StepContext& context, const Inbound& inbound, ActivityId names, const Message& message) {
  const auto& declared = context.program().partner_links[inbound.operation.partner_link];
  if (message.reply_to.empty() || declared.partner_role.empty()) return;
  auto link = find_partner_link(context, names, inbound.operation.partner_link);
  if (link.scope == nullptr || link.endpoint.service_ref || !link.endpoint.address.empty()) return;
  context.emit(
      records::PartnerLinkAssigned{link.scope->id, inbound.operation.partner_link, nullptr, {message.reply_to}});
}

}  // namespace

std::optional<Fault> wait_for(StepContext& context, const Activity& waiter, std::uint32_t branch,
                              const Inbound& inbound, ActivityId names) {
  if (auto fault = correlations::check_initiated(context, names, inbound.correlations)) return fault;
  auto key = correlations::key_of(context, names, inbound);
  if (conflicts(context, waiter, branch, inbound, names, key))
    return standard_fault("conflictingReceive", "Another activity waits already for " + inbound.operation.operation +
                                                    " with the same partner link and correlation sets.");
  context.open_subscription(waiter, branch, inbound, std::move(key));
  return std::nullopt;
}

std::optional<Fault> take(StepContext& context, const Activity& waiter, std::uint32_t branch, const Inbound& inbound,
                          ActivityId names, const Message& message, ExchangeId exchange) {
  context.emit(records::MessageReceived{waiter.id, branch, exchange, {message.message_id}});
  if (auto fault = open_exchange(context, waiter, branch, inbound, names, exchange)) return fault;
  if (auto fault = correlations::apply_to_message(context, names, inbound.correlations, message)) return fault;
  take_reply_address(context, inbound, names, message);
  store_parts(context, names, inbound.variable, inbound.from_parts, message.parts);
  return std::nullopt;
}

bool is_started_by(const StepContext& context, const Activity& activity, std::uint32_t& branch) {
  if (!context.start_message || context.start_message->node != activity.node) return false;
  branch = context.start_message->branch;
  return true;
}

// WS-BPEL 2.0 §12.1: a scope that contains the start activity installs its event handlers when that has completed.
bool start_activity_completed(StepContext& context, const Activity& activity) {
  std::vector<ActivityId> around;
  for (const Activity* scope = context.find(activity.scope); scope != nullptr; scope = context.find(scope->scope))
    around.push_back(scope->id);
  for (auto scope = around.rbegin(); scope != around.rend(); ++scope)
    if (!event_handlers::enable(context, *scope)) return false;
  return true;
}

bool awaits_start(const StepContext& context, NodeId scope) {
  if (!context.start_message) return false;
  for (NodeId at = context.start_message->node; at != program::none; at = context.program().node(at).parent)
    if (at == scope) return true;
  return false;
}

Result<Parts, Fault> outbound_parts(const StepContext& context, ActivityId names, program::MessageTypeId type,
                                    program::VariableId variable,
                                    const std::vector<program::PartFromVariable>& to_parts, const std::string& place) {
  const auto& program = context.program();
  Parts parts(type == program::none ? 0 : program.message_types[type].parts.size());
  auto missing = [&](const std::string& name) {
    return fail(
        standard_fault("uninitializedVariable", place + " needs a value in variable " + name + ". Assign one before."));
  };
  for (const auto& from : to_parts) {
    const Parts* source = find_variable(program, context.state(), names, from.variable);
    if (source == nullptr || source->empty() || !source->front()) return missing(program.variables[from.variable].name);
    parts[from.part] = values::fit_part(program.message_types[type].parts[from.part], source->front());
  }
  if (variable == program::none) return parts;
  const Parts* source = find_variable(program, context.state(), names, variable);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (source == nullptr || i >= source->size() || !(*source)[i]) return missing(program.variables[variable].name);
    parts[i] = (*source)[i];
  }
  return parts;
}

void store_parts(StepContext& context, ActivityId names, program::VariableId variable,
                 const std::vector<program::PartToVariable>& from_parts, const Parts& parts) {
  const auto& program = context.program();
  if (variable != program::none) {
    const Activity* owner = find_scope(context.state(), names, program.variables[variable].scope);
    if (owner != nullptr) context.emit(records::VariableSet{owner->id, variable, parts});
  }
  for (const auto& to : from_parts) {
    const Activity* owner = find_scope(context.state(), names, program.variables[to.variable].scope);
    if (owner == nullptr || to.part >= parts.size()) continue;
    const auto& target = program.message_types[program.variables[to.variable].type].parts.front();
    context.emit(records::VariablePartSet{owner->id, to.variable, 0, values::fit_part(target, parts[to.part])});
  }
}

PartnerLinkRef find_partner_link(const StepContext& context, ActivityId names, program::PartnerLinkId partner_link) {
  const auto& declared = context.program().partner_links[partner_link];
  const Activity* owner = find_scope(context.state(), names, declared.scope);
  if (owner == nullptr) return {};
  auto position = position_of(context.program().as<program::Scope>(owner->node).partner_links, partner_link);
  EndpointReference endpoint = owner->scope_data->partner_links[position];
  if (!endpoint.service_ref && endpoint.address.empty()) endpoint.address = declared.partner_address;
  return {owner, std::move(endpoint)};
}

bool raise_if_ambiguous(StepContext& context, ActivityId waiter_id, std::uint32_t branch, const Message& message,
                        ExchangeId exchange) {
  const Activity& waiter = *context.find(waiter_id);
  const Inbound& inbound = exchanges::inbound_of(context.program(), waiter.node, branch);
  std::vector<ActivityId> matching;
  for (const auto& [id, other] : context.state().subscriptions) {
    if (other.activity == waiter_id && other.branch == branch) continue;
    const Activity* holder = context.find(other.activity);
    if (holder == nullptr) continue;
    const Inbound& theirs = exchanges::inbound_of(context.program(), holder->node, other.branch);
    if (same_port(context, names_of(waiter), inbound, names_of(*holder), theirs) && same_filter(inbound, theirs) &&
        correlations::matches(context, names_of(*holder), theirs.correlations, message))
      matching.push_back(other.activity);
  }
  if (matching.empty()) return false;
  const Fault fault =
      standard_fault("ambiguousReceive", "The message to " + inbound.operation.operation +
                                             " matches several activities that wait with different correlation sets.");
  context.emit(records::MessageReceived{waiter_id, branch, exchange, {message.message_id}});
  // The request to an event handler belongs to the scope that it does not get.
  if (!waiter.scope_data)
    (void)open_exchange(context, waiter, branch, inbound, names_of(waiter), exchange);
  else if (exchange != 0)
    context.send_fault(exchange, waiter_id, fault);
  matching.insert(matching.begin(), waiter_id);
  for (ActivityId id : matching) {
    const Activity* faulted = context.find(id);
    if (faulted == nullptr) continue;
    if (faulted->scope_data) {
      // Its handler may run already, for another of those that match.
      if (is_in_normal_processing(*faulted)) faults::reach_scope(context, id, id, fault);
    } else {
      context.close_subscriptions(id);
      context.cancel_timers(id);
      faults::raise(context, id, fault);
    }
  }
  return true;
}

}  // namespace echoflow::engine::messages

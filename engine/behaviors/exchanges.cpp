#include "engine/behaviors/exchanges.hpp"

namespace echoflow::engine::exchanges {

using program::ActivityKind;

const program::Inbound& inbound_of(const Program& program, NodeId node, std::uint32_t branch) {
  const program::Node& at = program.node(node);
  if (at.kind == ActivityKind::receive) return program.as<program::Receive>(node).inbound;
  if (at.kind == ActivityKind::pick) return program.as<program::Pick>(node).on_messages[branch].inbound;
  return program.as<program::Scope>(node).on_events[branch].inbound;
}

const program::OperationRef& operation_of(const Program& program, const instances::Exchange& exchange) {
  return inbound_of(program, exchange.node, exchange.branch).operation;
}

const instances::Exchange* find(const StepContext& context, ActivityId names, const program::OperationRef& operation,
                                program::MessageExchangeId message_exchange) {
  const Program& program = context.program();
  const Activity* link_scope = find_scope(context.state(), names, program.partner_links[operation.partner_link].scope);
  const Activity* exchange_scope =
      find_scope(context.state(), names, program.message_exchanges[message_exchange].scope);
  if (link_scope == nullptr || exchange_scope == nullptr) return nullptr;
  for (const auto& open : context.state().exchanges) {
    if (open.partner_link == operation.partner_link && open.partner_link_scope == link_scope->id &&
        open.message_exchange == message_exchange && open.exchange_scope == exchange_scope->id &&
        operation_of(program, open).operation == operation.operation)
      return &open;
  }
  return nullptr;
}

bool has_orphans(const StepContext& context, ActivityId scope) {
  for (const auto& open : context.state().exchanges)
    if (open.partner_link_scope == scope || open.exchange_scope == scope) return true;
  return false;
}

void abandon(StepContext& context, ActivityId scope, const Fault& fault) {
  std::vector<ExchangeId> orphans;
  for (const auto& open : context.state().exchanges)
    if (open.partner_link_scope == scope || open.exchange_scope == scope) orphans.push_back(open.id);
  for (ExchangeId exchange : orphans) context.send_fault(exchange, 0, fault);
}

Fault missing_reply(const StepContext& context, const Activity& scope) {
  std::string operations;
  for (const auto& open : context.state().exchanges) {
    if (open.partner_link_scope != scope.id && open.exchange_scope != scope.id) continue;
    operations += (operations.empty() ? "" : ", ") + operation_of(context.program(), open).operation;
  }
  return standard_fault("missingReply",
                        context.node_of(scope).element_id + " ends without a reply to " + operations + ".");
}

}  // namespace echoflow::engine::exchanges

#pragma once
#include "engine/core/step_context.hpp"

/// WS-BPEL 2.0 §10.4.1: inbound requests that are still to be replied to.
namespace echoflow::engine::exchanges {

/// The operation of an open exchange.
const program::OperationRef& operation_of(const Program& program, const instances::Exchange& exchange);
/// The inbound side of a receive, pick or scope.
const program::Inbound& inbound_of(const Program& program, NodeId node, std::uint32_t branch);

/// The open exchange that this operation and message exchange belong to, seen from a scope; null when none is open.
const instances::Exchange* find(const StepContext& context, ActivityId names, const program::OperationRef& operation,
                                program::MessageExchangeId message_exchange);
bool has_orphans(const StepContext& context, ActivityId scope);
/// The scope goes away: requests that only it could answer get this fault.
void abandon(StepContext& context, ActivityId scope, const Fault& fault);

Fault missing_reply(const StepContext& context, const Activity& scope);

}  // namespace echoflow::engine::exchanges

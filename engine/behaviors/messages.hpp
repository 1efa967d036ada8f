#pragma once
#include "engine/core/step_context.hpp"

/// WS-BPEL 2.0 §10: what receive, pick, event handlers, reply and invoke share.
namespace echoflow::engine::messages {

/// An activity begins to wait for a message. `names`: the scope instance in which its names are looked up.
std::optional<Fault> wait_for(StepContext& context, const Activity& waiter, std::uint32_t branch,
                              const program::Inbound& inbound, ActivityId names);

/// A message is taken: correlation, open request, variables. `names` as above (for an event handler: its new scope).
std::optional<Fault> take(StepContext& context, const Activity& waiter, std::uint32_t branch,
                          const program::Inbound& inbound, ActivityId names, const Message& message,
                          ExchangeId exchange);

/// True when the start message is for this activity; `branch` is set to the one that takes it.
bool is_started_by(const StepContext& context, const Activity& activity, std::uint32_t& branch);
/// The start activity has its message: from now on the event handlers of the scopes around it run. False when one
/// faulted.
bool start_activity_completed(StepContext& context, const Activity& activity);
/// True while the start activity within this scope node has not taken its message.
bool awaits_start(const StepContext& context, NodeId scope);

/// Parts to send: of a variable, or of toParts. uninitializedVariable when a part has no value.
Result<Parts, Fault> outbound_parts(const StepContext& context, ActivityId names, program::MessageTypeId type,
                                    program::VariableId variable,
                                    const std::vector<program::PartFromVariable>& to_parts, const std::string& place);
/// Parts that came, into a variable or fromParts.
void store_parts(StepContext& context, ActivityId names, program::VariableId variable,
                 const std::vector<program::PartToVariable>& from_parts, const Parts& parts);

/// The partner's endpoint of a partner link as seen from a scope; empty when not initialised.
struct PartnerLinkRef {
  const Activity* scope = nullptr;
  EndpointReference endpoint;
};
PartnerLinkRef find_partner_link(const StepContext& context, ActivityId names, program::PartnerLinkId partner_link);

/// An inbound message matches several activities that wait with different correlation sets: all of them fault (§10.4).
bool raise_if_ambiguous(StepContext& context, ActivityId waiter, std::uint32_t branch, const Message& message,
                        ExchangeId exchange);

}  // namespace echoflow::engine::messages

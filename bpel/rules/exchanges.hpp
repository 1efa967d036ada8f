#pragma once
#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

/// Whether an inbound activity and a reply are about the same partner link and operation.
bool same_operation(const MessageActivity& inbound, const MessageActivity& reply);
/// Whether they also use the same message exchange, so that the one can be the other's answer.
bool same_exchange(const Model& model, const MessageActivity& inbound, const MessageActivity& reply);

}  // namespace echoflow::rules

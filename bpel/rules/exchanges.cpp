#include "bpel/rules/exchanges.hpp"

namespace echoflow::rules {

bool same_operation(const MessageActivity& inbound, const MessageActivity& reply) {
  return inbound.link != nullptr && inbound.link == reply.link && inbound.operation == reply.operation;
}

// WS-BPEL 2.0 §10.4.1
bool same_exchange(const Model& model, const MessageActivity& inbound, const MessageActivity& reply) {
  const auto* exchange = model.message_exchange(*inbound.site, inbound.message_exchange);
  return same_operation(inbound, reply) && exchange != nullptr &&
         exchange == model.message_exchange(*reply.site, reply.message_exchange);
}

}  // namespace echoflow::rules

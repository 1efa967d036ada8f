#include "engine/activities/behavior.hpp"
#include "engine/behaviors/correlations.hpp"
#include "engine/behaviors/exchanges.hpp"
#include "engine/behaviors/messages.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §10.4.
class ReplyBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    if (auto fault = send(context, activity))
      faults::raise(context, activity.id, std::move(*fault));
    else
      completion::complete(context, activity);
  }
  static std::optional<Fault> send(StepContext& context, const Activity& activity) {
    const auto& node = definition<program::Reply>(context, activity);
    const auto* open = exchanges::find(context, activity.scope, node.operation, node.message_exchange);
    if (open == nullptr) return standard_fault("missingRequest", node.element_id + " has no open request to reply to.");
    const ExchangeId exchange = open->id;
    auto parts = messages::outbound_parts(context, activity.scope, node.message_type, node.variable, node.to_parts,
                                          node.element_id);
    if (!parts) return std::move(parts.error());
    const QName type =
        node.message_type == program::none ? QName{} : context.program().message_types[node.message_type].name;
    Message message{type, std::move(*parts), {}, {}};
    if (auto fault = correlations::apply_to_message(context, activity.scope, node.correlations, message)) return fault;
    if (node.fault_name.empty())
      context.send_reply(exchange, activity.id, std::move(message));
    else
      context.send_fault(exchange, activity.id,
                         Fault{node.fault_name, type, std::move(message.parts), "Replied by " + node.element_id + "."});
    return std::nullopt;
  }
};

}  // namespace

const ActivityBehavior& reply_behavior() {
  static const ReplyBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

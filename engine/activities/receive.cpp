#include "engine/activities/behavior.hpp"
#include "engine/behaviors/messages.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §10.4.
class ReceiveBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    std::uint32_t branch = 0;
    if (messages::is_started_by(context, activity, branch)) {
      const StartMessage start = *context.start_message;
      context.start_message.reset();
      if (!take(context, activity, *start.message, start.exchange)) return;
      const ActivityId id = activity.id;
      if (messages::start_activity_completed(context, activity)) completion::complete(context, *context.find(id));
      return;
    }
    const auto& inbound = definition<program::Receive>(context, activity).inbound;
    if (auto fault = messages::wait_for(context, activity, 0, inbound, activity.scope))
      faults::raise(context, activity.id, std::move(*fault));
  }
  void message_arrived(StepContext& context, const Activity& activity, std::uint32_t, const Message& message,
                       ExchangeId exchange) const override {
    context.close_subscription(activity.id, 0);
    if (take(context, activity, message, exchange)) completion::complete(context, activity);
  }
  void cancel(StepContext& context, const Activity& activity) const override {
    context.close_subscriptions(activity.id);
  }

  static bool take(StepContext& context, const Activity& activity, const Message& message, ExchangeId exchange) {
    const auto& inbound = definition<program::Receive>(context, activity).inbound;
    auto fault = messages::take(context, activity, 0, inbound, activity.scope, message, exchange);
    if (fault) faults::raise(context, activity.id, std::move(*fault));
    return !fault;
  }
};

}  // namespace

const ActivityBehavior& receive_behavior() {
  static const ReceiveBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

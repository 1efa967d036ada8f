#include "engine/activities/behavior.hpp"
#include "engine/behaviors/messages.hpp"
#include "engine/behaviors/partner_calls.hpp"
#include "engine/behaviors/task_requests.hpp"
#include "engine/behaviors/values.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL4People 1.1 §5: it behaves as an invoke of the partner that keeps the tasks.
class PeopleActivityBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    if (auto fault = send(context, activity)) return faults::raise(context, activity.id, std::move(*fault));
    if (definition<program::PeopleActivity>(context, activity).task.is_notification)
      completion::complete(context, activity);
  }
  void answered(StepContext& context, const Activity& activity, const Message& message) const override {
    const auto& node = definition<program::PeopleActivity>(context, activity);
    context.emit(records::InvokeAnswered{activity.id, message.parts});
    // A task that was skipped has no output: the variables stay as they are.
    if (!message.parts.empty() && node.output != program::none)
      messages::store_parts(context, activity.scope, node.output_variable, node.from_parts,
                            fitted(context.program().message_types[node.output], message.parts));
    completion::complete(context, activity);
  }
  /// With the variables as they are now.
  void retry(StepContext& context, const Activity& activity) const override {
    if (auto fault = send(context, activity)) faults::raise(context, activity.id, std::move(*fault));
  }
  void cancel(StepContext& context, const Activity& activity) const override {
    partner_calls::abandon(context, activity);
  }

  /// People fill forms: what comes is given the shape that the variables have.
  static Parts fitted(const program::MessageType& type, Parts parts) {
    parts.resize(type.parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = values::fit_part(type.parts[i], parts[i]);
    return parts;
  }
  static std::optional<Fault> send(StepContext& context, const Activity& activity) {
    const auto& node = definition<program::PeopleActivity>(context, activity);
    auto request = task_requests::evaluate(context, activity, node);
    if (!request) return std::move(request.error());
    auto input = messages::outbound_parts(context, activity.scope, node.input, node.input_variable, node.to_parts,
                                          node.element_id);
    if (!input) return std::move(input.error());
    Message message{context.program().message_types[node.operation.input].name, {cx::to_document(*request)}, {}, {}};
    message.parts.insert(message.parts.end(), input->begin(), input->end());
    context.request_invoke(activity, std::string(cx::address_of_tasks), std::move(message), node.task.is_notification);
    return std::nullopt;
  }
};

}  // namespace

const ActivityBehavior& people_activity_behavior() {
  static const PeopleActivityBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

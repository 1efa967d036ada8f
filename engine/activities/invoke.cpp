#include "engine/activities/behavior.hpp"
#include "engine/behaviors/correlations.hpp"
#include "engine/behaviors/messages.hpp"
#include "engine/behaviors/partner_calls.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §10.3.
class InvokeBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    if (auto fault = send(context, activity, true)) return faults::raise(context, activity.id, std::move(*fault));
    if (definition<program::Invoke>(context, activity).operation.one_way()) completion::complete(context, activity);
  }
  void answered(StepContext& context, const Activity& activity, const Message& message) const override {
    const auto& node = definition<program::Invoke>(context, activity);
    context.emit(records::InvokeAnswered{activity.id, message.parts});
    if (auto fault = correlations::apply_to_message(context, activity.scope, response_correlations(node), message))
      return faults::raise(context, activity.id, std::move(*fault));
    messages::store_parts(context, activity.scope, node.output_variable, node.from_parts, message.parts);
    completion::complete(context, activity);
  }
  /// With the variables as they are now; the correlation sets were settled by the first attempt.
  void retry(StepContext& context, const Activity& activity) const override {
    if (auto fault = send(context, activity, false)) faults::raise(context, activity.id, std::move(*fault));
  }
  void cancel(StepContext& context, const Activity& activity) const override {
    partner_calls::abandon(context, activity);
  }
  /// With pattern="request-response" the request initiates a set; the response must agree with it.
  static std::vector<program::Correlation> response_correlations(const program::Invoke& node) {
    auto list = node.response_correlations;
    for (auto& response : list)
      for (const auto& request : node.request_correlations)
        if (request.set == response.set) response.initiate = program::Initiate::no;
    return list;
  }
  static std::optional<Fault> send(StepContext& context, const Activity& activity, bool correlates) {
    const auto& node = definition<program::Invoke>(context, activity);
    const auto& program = context.program();
    auto link = messages::find_partner_link(context, activity.scope, node.operation.partner_link);
    if (!link.endpoint.service_ref && link.endpoint.address.empty())
      return standard_fault("uninitializedPartnerRole",
                            "Partner link " + program.partner_links[node.operation.partner_link].name +
                                " has no partner endpoint. Assign one or give an address in the WSDL or descriptor.");
    auto parts = messages::outbound_parts(context, activity.scope, node.operation.input, node.input_variable,
                                          node.to_parts, node.element_id);
    if (!parts) return std::move(parts.error());
    const QName type =
        node.operation.input == program::none ? QName{} : program.message_types[node.operation.input].name;
    Message message{type, std::move(*parts), {}, {}};
    if (correlates)
      if (auto fault = correlations::apply_to_message(context, activity.scope, node.request_correlations, message))
        return fault;
    context.request_invoke(activity, link.endpoint.address, std::move(message), node.operation.one_way());
    return std::nullopt;
  }
};

}  // namespace

const ActivityBehavior& invoke_behavior() {
  static const InvokeBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

#include "bpel/rules/message_type_match.hpp"

#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 §10.3, §10.4
bool can_hold(const Variable& variable, const wsdl::Message& message) {
  if (variable.message_type) return *variable.message_type == message.name;
  return variable.element && message.parts.size() == 1 && message.parts.front().element == *variable.element;
}

void check_can_hold(const RuleContext& context, const MessageActivity& activity, const std::string& variable,
                    const wsdl::Message* message, Findings& findings) {
  if (variable.empty() || message == nullptr) return;
  const auto* declared = context.model.variable(*activity.site, variable);
  if (declared == nullptr || can_hold(*declared, *message)) return;
  findings.add(activity.where(), "The variable " + quoted(variable) + " of " + tag(*activity.element) +
                                     " cannot hold the message " + quoted(message->name) + " of the operation " +
                                     quoted(activity.operation) + "; use a variable of that messageType" +
                                     (message->parts.size() == 1 && !message->parts.front().element.empty()
                                          ? ", or of the element " + quoted(message->parts.front().element) + "."
                                          : "."));
}

}  // namespace echoflow::rules

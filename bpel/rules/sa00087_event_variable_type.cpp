#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

bool is_type_of(const ast::OnEvent& event, const wsdl::Message& message) {
  if (event.message_type) return *event.message_type == message.name;
  return message.parts.size() == 1 && message.parts.front().element == *event.element;
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00087 (§12.7.1): the messageType of an onEvent is the operation's input, or its element is
// that of the input's one part.
void check_sa00087(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    if (activity.kind != MessageActivityKind::on_event || activity.incoming->message == nullptr) continue;
    const auto& event = static_cast<const ast::OnEvent&>(*activity.element);
    if (!event.message_type && !event.element) continue;
    const auto& message = *activity.incoming->message;
    if (is_type_of(event, message)) continue;
    findings.add(activity.where(), "The variable of <onEvent> is of " +
                                       quoted(event.message_type ? *event.message_type : *event.element) +
                                       ", but the operation " + quoted(activity.operation) + " receives the message " +
                                       quoted(message.name) + "; use that messageType" +
                                       (message.parts.size() == 1 && !message.parts.front().element.empty()
                                            ? ", or the element " + quoted(message.parts.front().element) + "."
                                            : "."));
  }
}

}  // namespace echoflow::rules

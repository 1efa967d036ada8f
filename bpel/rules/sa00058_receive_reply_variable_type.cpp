#include "bpel/rules/message_type_match.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00058 (§10.4, §11.5): the variable of a receive, an onMessage or a reply is of the
// operation's message type: its input, its output, or the fault that the reply names.
void check_sa00058(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    const bool receives =
        activity.kind == MessageActivityKind::receive || activity.kind == MessageActivityKind::on_message;
    if (receives) check_can_hold(context, activity, activity.incoming->variable, activity.incoming->message, findings);
    if (activity.kind == MessageActivityKind::reply)
      check_can_hold(context, activity, activity.outgoing->variable, activity.outgoing->message, findings);
  }
}

}  // namespace echoflow::rules

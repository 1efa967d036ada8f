#include "bpel/rules/message_type_match.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00048 (§10.3): inputVariable and outputVariable are of the operation's message types.
void check_sa00048(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    if (activity.kind != MessageActivityKind::invoke) continue;
    check_can_hold(context, activity, activity.outgoing->variable, activity.outgoing->message, findings);
    check_can_hold(context, activity, activity.incoming->variable, activity.incoming->message, findings);
  }
}

}  // namespace echoflow::rules

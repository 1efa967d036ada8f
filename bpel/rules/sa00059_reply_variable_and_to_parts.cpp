#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00059 (§10.4): a reply has a variable or <toParts>, not both.
void check_sa00059(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities())
    if (activity.kind == MessageActivityKind::reply && activity.outgoing->has_parts &&
        !activity.outgoing->variable.empty())
      findings.add(activity.where(), tag(*activity.element) + " has both variable and <toParts>; keep one of them.");
}

}  // namespace echoflow::rules

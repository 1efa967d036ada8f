#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00051 (§10.3.1): an invoke has inputVariable or <toParts>, not both.
void check_sa00051(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities())
    if (activity.kind == MessageActivityKind::invoke && activity.outgoing->has_parts &&
        !activity.outgoing->variable.empty())
      findings.add(activity.where(),
                   tag(*activity.element) + " has both inputVariable and <toParts>; keep one of them.");
}

}  // namespace echoflow::rules

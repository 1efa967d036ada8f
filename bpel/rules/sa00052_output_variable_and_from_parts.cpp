#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00052 (§10.3.1): an invoke has outputVariable or <fromParts>, not both.
void check_sa00052(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities())
    if (activity.kind == MessageActivityKind::invoke && activity.incoming->has_parts &&
        !activity.incoming->variable.empty())
      findings.add(activity.where(),
                   tag(*activity.element) + " has both outputVariable and <fromParts>; keep one of them.");
}

}  // namespace echoflow::rules

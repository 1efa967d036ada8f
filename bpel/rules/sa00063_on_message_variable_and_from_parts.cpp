#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00063 (§11.5): onMessage has a variable or <fromParts>, not both.
void check_sa00063(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities())
    if (activity.kind == MessageActivityKind::on_message && activity.incoming->has_parts &&
        !activity.incoming->variable.empty())
      findings.add(activity.where(), tag(*activity.element) + " has both variable and <fromParts>; keep one of them.");
}

}  // namespace echoflow::rules

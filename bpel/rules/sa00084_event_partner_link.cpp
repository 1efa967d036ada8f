#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00084 (§12.7.1): the partner link of an onEvent is looked for in its associated scope
// first, then in the scopes around; what is found must have a myRole to receive by.
void check_sa00084(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    if (activity.kind != MessageActivityKind::on_event) continue;
    if (activity.link != nullptr && !activity.link->my_role.empty()) continue;
    const std::string what =
        tag(*activity.element) + " uses the partner link " + quoted(activity.partner_link) + ", which ";
    findings.add(
        activity.where(),
        what + (activity.link == nullptr ? "is declared neither in its scope nor in one around it; declare it."
                                         : "in the nearest scope that declares it has no myRole; give it one there, "
                                           "or rename the inner one."));
  }
}

}  // namespace echoflow::rules

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00005 (§5.2): a portType that is written must be the one that the partner link's role
// implies: partnerRole for an invoke, myRole for all others.
void check_sa00005(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    if (!activity.port_type || activity.link == nullptr) continue;
    const bool is_invoke = activity.kind == MessageActivityKind::invoke;
    const auto& role = is_invoke ? activity.link->partner_role : activity.link->my_role;
    const std::string kind = is_invoke ? "partnerRole" : "myRole";
    if (role.empty()) {
      findings.add(activity.where(), "The portType of " + tag(*activity.element) +
                                         " cannot match, since the partner link " + quoted(activity.partner_link) +
                                         " has no " + kind + "; use another partner link or give this one a " + kind +
                                         ".");
    } else if (activity.role != nullptr && activity.role->port_type != *activity.port_type) {
      findings.add(activity.where(), "The portType of " + tag(*activity.element) + " is " +
                                         quoted(*activity.port_type) + ", but the " + kind + " of the partner link " +
                                         quoted(activity.partner_link) + " is of the portType " +
                                         quoted(activity.role->port_type) + "; correct or remove the attribute.");
    }
  }
}

}  // namespace echoflow::rules

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00037 (§8.4): an endpoint reference can only be assigned to a partner link with a
// partnerRole.
void check_sa00037(const RuleContext& context, Findings& findings) {
  for (const auto& copy : context.model.copies()) {
    if (copy.to == nullptr) continue;
    const auto* reference = std::get_if<ast::PartnerLinkReference>(&copy.to->variant);
    if (reference == nullptr) continue;
    const auto* link = context.model.partner_link(*copy.site, reference->partner_link);
    if (link != nullptr && link->partner_role.empty())
      findings.add(copy.to->origin.where, "An endpoint reference is assigned to the partner link " +
                                              quoted(link->name) +
                                              ", which has no partnerRole; give it one or assign to another.");
  }
}

}  // namespace echoflow::rules

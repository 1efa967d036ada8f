#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00017 (§6.2): initializePartnerRole, with either value, needs a partnerRole.
void check_sa00017(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.body == nullptr) continue;
    for (const auto& link : site.body->partner_links)
      if (link.initialize_partner_role != ast::YesNo::unset && link.partner_role.empty())
        findings.add(link.origin.where,
                     "The partner link " + quoted(link.name) +
                         " has initializePartnerRole but no partnerRole; remove the one or add the other.");
  }
}

}  // namespace echoflow::rules

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00016 (§6.2): a partner link has myRole, partnerRole or both.
void check_sa00016(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.body == nullptr) continue;
    for (const auto& link : site.body->partner_links)
      if (link.my_role.empty() && link.partner_role.empty())
        findings.add(link.origin.where, "The partner link " + quoted(link.name) +
                                            " has neither myRole nor partnerRole; give it at least one of them.");
  }
}

}  // namespace echoflow::rules

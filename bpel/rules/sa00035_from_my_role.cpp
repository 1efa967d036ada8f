#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00035 (§8.4): endpointReference="myRole" needs a partner link with myRole.
void check_sa00035(const RuleContext& context, Findings& findings) {
  for (const auto& copy : context.model.copies()) {
    const auto* reference = std::get_if<ast::PartnerLinkReference>(&copy.from->variant);
    if (reference == nullptr || reference->endpoint_reference != "myRole") continue;
    const auto* link = context.model.partner_link(*copy.site, reference->partner_link);
    if (link != nullptr && link->my_role.empty())
      findings.add(copy.from->origin.where,
                   "The myRole's endpoint reference of the partner link " + quoted(link->name) +
                       " is copied, but it has no myRole; give it one or " + "correct endpointReference.");
  }
}

}  // namespace echoflow::rules

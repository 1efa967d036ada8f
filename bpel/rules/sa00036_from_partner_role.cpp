#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00036 (§8.4): endpointReference="partnerRole" needs a partner link with partnerRole.
void check_sa00036(const RuleContext& context, Findings& findings) {
  for (const auto& copy : context.model.copies()) {
    const auto* reference = std::get_if<ast::PartnerLinkReference>(&copy.from->variant);
    if (reference == nullptr || reference->endpoint_reference != "partnerRole") continue;
    const auto* link = context.model.partner_link(*copy.site, reference->partner_link);
    if (link != nullptr && link->partner_role.empty())
      findings.add(copy.from->origin.where,
                   "The partnerRole's endpoint reference of the partner link " + quoted(link->name) +
                       " is copied, but it has no partnerRole; give it one or " + "correct endpointReference.");
  }
}

}  // namespace echoflow::rules

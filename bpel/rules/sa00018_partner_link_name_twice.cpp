#include "bpel/rules/duplicates.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00018 (§6.2): the partner links of one process or scope have different names.
void check_sa00018(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites())
    if (site.body != nullptr) report_duplicates(site.body->partner_links, "partner link", *site.element, findings);
}

}  // namespace echoflow::rules

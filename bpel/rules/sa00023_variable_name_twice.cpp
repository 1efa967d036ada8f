#include "bpel/rules/duplicates.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00023 (§8.1): the variables of one process or scope have different names.
void check_sa00023(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites())
    if (site.body != nullptr) report_duplicates(site.body->variables, "variable", *site.element, findings);
}

}  // namespace echoflow::rules

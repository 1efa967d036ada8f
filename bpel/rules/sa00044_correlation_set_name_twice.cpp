#include "bpel/rules/duplicates.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00044 (§9.1): the correlation sets of one process or scope have different names.
void check_sa00044(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites())
    if (site.body != nullptr)
      report_duplicates(site.body->correlation_sets, "correlation set", *site.element, findings);
}

}  // namespace echoflow::rules

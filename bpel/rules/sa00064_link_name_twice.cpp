#include "bpel/rules/duplicates.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00064 (§11.6): the links of one flow have different names.
void check_sa00064(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites())
    if (site.is(ast::ActivityKind::flow))
      report_duplicates(static_cast<const ast::Flow&>(*site.activity).links, "link", *site.element, findings);
}

}  // namespace echoflow::rules

#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00006 (§5.2, §11.6): a rethrow is allowed only inside a fault handler.
void check_sa00006(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites())
    if (site.is(ast::ActivityKind::rethrow) && nearest_above(site, is_fault_handler) == nullptr)
      findings.add(site.where(),
                   "<rethrow> stands outside of any <catch> and <catchAll>, so there is no fault to throw again; move "
                   "it into a fault handler or use <throw>.");
}

}  // namespace echoflow::rules

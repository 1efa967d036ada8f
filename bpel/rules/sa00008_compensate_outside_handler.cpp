#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00008 (§5.2, §12.4.3): compensate is allowed only inside a fault, compensation or
// termination handler.
void check_sa00008(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites())
    if (site.is(ast::ActivityKind::compensate) && nearest_above(site, is_fct_handler) == nullptr)
      findings.add(
          site.where(),
          "<compensate> stands outside of any fault, compensation and termination handler; move it into one of these.");
}

}  // namespace echoflow::rules

#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00080 (§12.5): <faultHandlers> has at least one handler.
void check_sa00080(const RuleContext& context, Findings& findings) {
  for (const auto& site : context.model.fault_handlers())
    if (!site.is_inline && site.handlers->empty())
      findings.add(site.handlers->origin.where, "<faultHandlers> is empty; add a <catch> or <catchAll>, or remove it.");
}

}  // namespace echoflow::rules

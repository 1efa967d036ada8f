#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00079 (§12.4.4.3): the scope that is the activity of a fault, compensation or termination
// handler has no compensation handler, as nothing could ever call it.
void check_sa00079(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (!site.is(ast::ActivityKind::scope) || !is_fct_handler(*site.parent)) continue;
    const auto& handler = static_cast<const ast::Scope&>(*site.activity).compensation_handler;
    if (handler != nullptr)
      findings.add(handler->origin.where, "The <compensationHandler> of the root scope of " +
                                              tag(*site.parent->element) + " can never be called; remove it.");
  }
}

}  // namespace echoflow::rules

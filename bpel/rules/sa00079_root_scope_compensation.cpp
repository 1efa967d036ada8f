#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

namespace {

// The scope's handler, or the inline one of an invoke, which is a scope of its own (§10.3).
const ast::Handler* compensation_handler(const Site& site) {
  if (site.is(ast::ActivityKind::scope))
    return static_cast<const ast::Scope&>(*site.activity).compensation_handler.get();
  if (site.is(ast::ActivityKind::invoke))
    return static_cast<const ast::Invoke&>(*site.activity).compensation_handler.get();
  return nullptr;
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00079 (§12.4.4.3): the scope that is the activity of a fault, compensation or termination
// handler has no compensation handler, as nothing could ever call it.
void check_sa00079(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.parent == nullptr || !is_fct_handler(*site.parent)) continue;
    if (const auto* handler = compensation_handler(site))
      findings.add(handler->origin.where, "The <compensationHandler> of the root scope of " +
                                              tag(*site.parent->element) + " can never be called; remove it.");
  }
}

}  // namespace echoflow::rules

#include <algorithm>

#include "bpel/rules/enclosed_scopes.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

bool has_handlers(const ast::Scope& scope) {
  return scope.compensation_handler != nullptr || scope.body.fault_handlers.has_value();
}

// A scope without handlers has default ones (§12.5.1), which compensate what is completed inside of it.
bool can_be_compensated(const Site& site) {
  if (!is_scope(site)) return false;
  if (site.is(ast::ActivityKind::invoke)) return true;
  if (has_handlers(static_cast<const ast::Scope&>(*site.activity))) return true;
  const auto inner = immediately_enclosed_scopes(site);
  return std::any_of(inner.begin(), inner.end(), [](const Site* scope) { return can_be_compensated(*scope); });
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00078 (§12.4.3.1): the target of a compensateScope is a scope or an invoke with a fault
// handler or a compensation handler. A scope without them is accepted where its default handler has something to
// compensate.
void check_sa00078(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (!site.is(ast::ActivityKind::compensate_scope)) continue;
    const auto& target = static_cast<const ast::CompensateScope&>(*site.activity).target;
    std::vector<const Site*> named = compensation_targets(site);
    std::erase_if(named, [&](const Site* scope) { return activity_name(*scope) != target; });
    if (named.empty() || std::any_of(named.begin(), named.end(), [](const Site* s) { return can_be_compensated(*s); }))
      continue;
    findings.add(site.where(),
                 "The target " + tag(*named.front()->element) +
                     " has neither a fault handler nor a compensation handler; add a <compensationHandler> to " +
                     "it, or compensate another scope.");
  }
}

}  // namespace echoflow::rules

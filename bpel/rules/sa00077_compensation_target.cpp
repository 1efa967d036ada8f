#include <algorithm>

#include "bpel/rules/enclosed_scopes.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00077 (§12.4.3.1): the target of a compensateScope is a scope right below the scope whose
// handler it stands in, event handlers included.
void check_sa00077(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (!site.is(ast::ActivityKind::compensate_scope) || nearest_above(site, is_fct_handler) == nullptr) continue;
    const auto& target = static_cast<const ast::CompensateScope&>(*site.activity).target;
    const auto scopes = compensation_targets(site);
    const auto is_target = [&](const Site* scope) { return activity_name(*scope) == target; };
    if (std::any_of(scopes.begin(), scopes.end(), is_target)) continue;
    findings.add(site.where(), "The target " + quoted(target) +
                                   " is no scope immediately inside of the scope that this "
                                   "handler belongs to; name one that is.");
  }
}

}  // namespace echoflow::rules

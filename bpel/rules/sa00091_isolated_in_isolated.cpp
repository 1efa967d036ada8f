#include "bpel/rules/rule.hpp"

namespace echoflow::rules {
namespace {

bool is_isolated(const Site& site) {
  return site.is(ast::ActivityKind::scope) &&
         static_cast<const ast::Scope&>(*site.activity).isolated == ast::YesNo::yes;
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00091 (§12.8): isolated scopes contain no isolated scopes, at whatever depth.
void check_sa00091(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (!is_isolated(site)) continue;
    if (const Site* outer = nearest_above(site, is_isolated))
      findings.add(site.where(), tag(*site.element) + " is isolated, and so is " + tag(*outer->element) +
                                     " around it; set isolated=\"no\" on one of them.");
  }
}

}  // namespace echoflow::rules

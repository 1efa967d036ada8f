#include <algorithm>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00086 (§12.7.1): the variables of an onEvent are declared by it, and not again in its
// scope.
void check_sa00086(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.body == nullptr || site.parent == nullptr || site.parent->kind != SiteKind::on_event) continue;
    for (const auto& variable : site.body->variables) {
      const auto is_same = [&](const Variable& v) {
        return v.origin == VariableOrigin::on_event && v.name == variable.name;
      };
      if (std::any_of(site.variables.begin(), site.variables.end(), is_same))
        findings.add(variable.origin.where, "The variable " + quoted(variable.name) +
                                                " is declared by the <onEvent> of this scope already; remove this "
                                                "declaration or rename one of them.");
    }
  }
}

}  // namespace echoflow::rules

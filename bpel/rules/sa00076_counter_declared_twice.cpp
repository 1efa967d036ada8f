#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00076 (§11.7): the scope of a forEach declares no variable of the counter's name.
void check_sa00076(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.body == nullptr || site.parent == nullptr || !site.parent->is(ast::ActivityKind::for_each)) continue;
    const auto& for_each = static_cast<const ast::ForEach&>(*site.parent->activity);
    for (const auto& variable : site.body->variables)
      if (variable.name == for_each.counter_name)
        findings.add(variable.origin.where, "The variable " + quoted(variable.name) +
                                                " has the name of the counter of its <forEach>; rename one of them.");
  }
}

}  // namespace echoflow::rules

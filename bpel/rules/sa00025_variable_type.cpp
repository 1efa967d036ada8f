#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00025 (§8.1): a variable has exactly one of messageType, type and element.
void check_sa00025(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.body == nullptr) continue;
    for (const auto& variable : site.body->variables) {
      const int kinds = variable.message_type.has_value() + variable.type.has_value() + variable.element.has_value();
      if (kinds == 1) continue;
      findings.add(variable.origin.where, "The variable " + quoted(variable.name) + " has " +
                                              (kinds == 0 ? "none" : "more than one") +
                                              " of messageType, type and element; give it exactly one of them.");
    }
  }
}

}  // namespace echoflow::rules

#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00090 (§12.7.1): the variable of an onEvent has either a messageType or an element.
void check_sa00090(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (site.on_event == nullptr) continue;
    const auto& event = *site.on_event;
    const int types = event.message_type.has_value() + event.element.has_value();
    if (event.variable.empty() || types == 1) continue;
    findings.add(site.where(), types == 0 ? "<onEvent> has a variable without a type; add messageType or element."
                                          : "<onEvent> has both messageType and element; keep one of them.");
  }
}

}  // namespace echoflow::rules

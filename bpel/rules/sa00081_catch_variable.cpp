#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00081 (§12.5): a fault variable has a type, and a type has a fault variable.
void check_sa00081(const RuleContext& context, Findings& findings) {
  for (const auto& site : context.model.fault_handlers())
    for (const auto& handler : site.handlers->catches) {
      const int types = handler.fault_message_type.has_value() + handler.fault_element.has_value();
      const bool has_variable = !handler.fault_variable.empty();
      if (types == (has_variable ? 1 : 0)) continue;
      findings.add(handler.origin.where,
                   types == 0  ? "The <catch> has a faultVariable without a type; add faultMessageType or faultElement."
                   : types > 1 ? "The <catch> has both faultMessageType and faultElement; keep one of them, with a "
                                 "faultVariable."
                               : "The <catch> has a type but no faultVariable; add one or remove the type.");
    }
}

}  // namespace echoflow::rules

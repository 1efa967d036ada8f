#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00019 (§7.2): a property has a type or an element, not both.
void check_sa00019(const RuleContext& context, Findings& findings) {
  for (const auto& property : context.loaded.definitions.properties) {
    if (property.type.empty() != property.element.empty()) continue;
    findings.add(property.where, "The property " + quoted(property.name) + " has " +
                                     (property.type.empty() ? "neither type nor element; add one of them."
                                                            : "both type and element; keep one of them."));
  }
}

}  // namespace echoflow::rules

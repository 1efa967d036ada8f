#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00020 (§7.3): an alias is for a messageType with a part, or for a type, or for an element.
void check_sa00020(const RuleContext& context, Findings& findings) {
  for (const auto& alias : context.loaded.definitions.aliases) {
    const bool message_type = !alias.message_type.empty(), part = !alias.part.empty();
    const int kinds = (message_type || part) + !alias.type.empty() + !alias.element.empty();
    if (kinds == 1 && message_type == part) continue;
    findings.add(alias.where, "The alias of the property " + quoted(alias.property) +
                                  " must have either messageType and part, or type alone, or element alone; "
                                  "correct its attributes.");
  }
}

}  // namespace echoflow::rules

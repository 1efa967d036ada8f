#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/text.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00033 (§8.4): the expression of a to begins with a variable.
void check_sa00033(const RuleContext& context, Findings& findings) {
  const auto& expressions = context.model.expressions();
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    const auto* facts = context.expressions.of(i);
    if (facts == nullptr || expressions[i].use != ExpressionUse::to || facts->begins_with_variable) continue;
    findings.add(expressions[i].expression->origin.where,
                 "Nothing can be assigned to " + quoted(source::trimmed(expressions[i].expression->text)) +
                     ", since it does not begin with a variable; begin it with $variable.");
  }
}

}  // namespace echoflow::rules

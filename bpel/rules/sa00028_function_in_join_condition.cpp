#include "bpel/rules/variable_mentions.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00028 (§8.2.5): join conditions call no functions of WS-BPEL.
void check_sa00028(const RuleContext& context, Findings& findings) {
  const auto& expressions = context.model.expressions();
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    const auto* facts = context.expressions.of(i);
    if (facts == nullptr || expressions[i].use != ExpressionUse::join_condition) continue;
    for (const auto& call : facts->calls)
      if (is_bpel_call(call))
        findings.add(
            expressions[i].expression->origin.where,
            "The join condition calls " + call.written +
                "(); it may only combine the states of the activity's incoming links, so test data in the links' " +
                "transition conditions.");
  }
}

}  // namespace echoflow::rules

#include <algorithm>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/text.hpp"

namespace echoflow::rules {
namespace {

bool is_integer(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00074 (§11.7): startCounterValue and finalCounterValue give an xsd:unsignedInt. Decided for
// constants that are no integers at all; an integer that is negative or too large raises bpel:invalidExpressionValue at
// run time, which a process may catch, and is not refused here.
void check_sa00074(const RuleContext& context, Findings& findings) {
  const auto& expressions = context.model.expressions();
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    const auto* facts = context.expressions.of(i);
    if (facts == nullptr || expressions[i].use != ExpressionUse::counter || facts->constant == ConstantKind::none)
      continue;
    if (facts->constant != ConstantKind::boolean && is_integer(source::trimmed(facts->constant_text))) continue;
    findings.add(expressions[i].expression->origin.where,
                 "The counter value " + quoted(source::trimmed(expressions[i].expression->text)) +
                     " is no integer; write an expression that gives an xsd:unsignedInt.");
  }
}

}  // namespace echoflow::rules

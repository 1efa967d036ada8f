#include <algorithm>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/text.hpp"

namespace echoflow::rules {
namespace {

bool is_incoming(const ast::Activity& activity, const std::string& name) {
  if (!activity.targets) return false;
  const auto& targets = activity.targets->targets;
  return std::any_of(targets.begin(), targets.end(), [&](const auto& target) { return target.link_name == name; });
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00073 (§11.6.2): a join condition combines the activity's incoming links by and, or and
// not().
void check_sa00073(const RuleContext& context, Findings& findings) {
  const auto& expressions = context.model.expressions();
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    const auto* facts = context.expressions.of(i);
    if (facts == nullptr || expressions[i].use != ExpressionUse::join_condition) continue;
    const auto& where = expressions[i].expression->origin.where;
    const std::string what = "The join condition " + quoted(source::trimmed(expressions[i].expression->text));
    if (!facts->only_boolean_operators)
      findings.add(where,
                   what + " may only combine $link names with and, or, not() and parentheses; move everything else " +
                       "into the transition conditions of the links.");
    for (const auto& name : facts->variables)
      if (!is_incoming(*expressions[i].site->activity, name))
        findings.add(where, what + " names $" + name +
                                ", which is no incoming link of the activity; name a link of its " + "<targets>.");
  }
}

}  // namespace echoflow::rules

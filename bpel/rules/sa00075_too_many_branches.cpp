#include <charconv>
#include <optional>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/text.hpp"

namespace echoflow::rules {
namespace {

std::optional<long long> integer_constant(const RuleContext& context, const ast::Expression& expression) {
  const auto* facts = context.expressions.of(expression);
  if (facts == nullptr || facts->constant != ConstantKind::number) return std::nullopt;
  long long value = 0;
  const auto& text = facts->constant_text;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00075 (§11.7): no more branches can be asked for than there are. Decided where the
// counter's values and the branches are integer constants.
void check_sa00075(const RuleContext& context, Findings& findings) {
  for (const Site& site : context.model.sites()) {
    if (!site.is(ast::ActivityKind::for_each)) continue;
    const auto& for_each = static_cast<const ast::ForEach&>(*site.activity);
    if (!for_each.start || !for_each.final || !for_each.branches) continue;
    const auto start = integer_constant(context, *for_each.start);
    const auto final = integer_constant(context, *for_each.final);
    const auto branches = integer_constant(context, *for_each.branches);
    if (!start || !final || !branches || *start < 0 || *final < *start || *branches <= *final - *start + 1) continue;
    findings.add(for_each.branches->origin.where, tag(for_each) + " runs its scope " +
                                                      std::to_string(*final - *start + 1) + " times, but its " +
                                                      "completionCondition waits for " + std::to_string(*branches) +
                                                      " branches; ask for no more than there are.");
  }
}

}  // namespace echoflow::rules

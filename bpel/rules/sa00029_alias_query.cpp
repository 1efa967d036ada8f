#include "bpel/rules/variable_mentions.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00029 (§8.2.6): the query of a property alias names no variables and calls no functions of
// WS-BPEL.
void check_sa00029(const RuleContext& context, Findings& findings) {
  const auto& aliases = context.loaded.definitions.aliases;
  for (std::size_t i = 0; i < aliases.size(); ++i) {
    const auto* facts = context.expressions.of_alias(i);
    if (facts == nullptr) continue;
    const std::string what = "The query of the alias of the property " + quoted(aliases[i].property);
    for (const auto& name : facts->variables)
      findings.add(aliases[i].query->where, what + " uses the variable $" + name +
                                                "; it sees the message alone, so begin the path at its part.");
    for (const auto& call : facts->calls)
      if (is_bpel_call(call))
        findings.add(aliases[i].query->where, what + " calls " + call.written + "(); use functions of XPath only.");
  }
}

}  // namespace echoflow::rules

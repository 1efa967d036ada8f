#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "bpel/source/text.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00027 (§8.2.4): an expression has no context node, so that its location paths must start
// from a variable. Predicates and later steps have a context node of their own; queries have one, too. An expression
// that is one bare name is not told from a misspelt value, and raises bpel:subLanguageExecutionFault at run time, which
// a process may catch.
void check_sa00027(const RuleContext& context, Findings& findings) {
  const auto& expressions = context.model.expressions();
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    const auto* facts = context.expressions.of(i);
    if (facts == nullptr || !facts->reads_context_node || facts->is_bare_name) continue;
    if (expressions[i].use == ExpressionUse::query) continue;
    findings.add(
        expressions[i].expression->origin.where,
        "The expression " + quoted(source::trimmed(expressions[i].expression->text)) +
            " has a path that does not start from a variable, and there is no context node here; begin the path " +
            "with $variable.");
  }
}

}  // namespace echoflow::rules

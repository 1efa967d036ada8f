#include "bpel/rules/rule.hpp"
#include "bpel/rules/understood.hpp"
#include "bpel/rules/words.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::rules {
namespace {

void check_language(const std::string& language, const SourceLocation& where, Findings& findings) {
  if (understood_language(language)) return;
  findings.add(where, "The expression or query language " + quoted(language) + " is not supported; use XPath 1.0 (" +
                          std::string(ns::xpath1_sublang) + ") or XPath 2.0 (" + std::string(ns::xpath2_sublang) +
                          ").");
}

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00004 (§5.2): every language that is mentioned must be supported, also a default that no
// expression makes use of.
void check_sa00004(const RuleContext& context, Findings& findings) {
  const auto& process = context.loaded.process;
  check_language(process.expression_language, process.origin.where, findings);
  check_language(process.query_language, process.origin.where, findings);
  for (const auto& used : context.model.expressions())
    check_language(used.expression->language, used.expression->origin.where, findings);
  for (const auto& alias : context.loaded.definitions.aliases)
    if (alias.query) check_language(alias.query->language, alias.query->where, findings);
}

}  // namespace echoflow::rules

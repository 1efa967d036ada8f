#include "bpel/rules/call_checks.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00039 (§8.4): the style sheet's URI in bpel:doXslTransform is a string literal.
void check_sa00039(const RuleContext& context, Findings& findings) {
  for_each_bpel_call(context, "doXslTransform", [&](const FunctionCall& call, const SourceLocation& where) {
    if (!call.arguments.empty() && call.arguments[0].literal) return;
    findings.add(where,
                 "The first argument of " + call.written + "() must be the style sheet's URI as a quoted string.");
  });
}

}  // namespace echoflow::rules

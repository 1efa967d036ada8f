#include "bpel/rules/call_checks.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00031 (§8.3): the second argument of bpel:getVariableProperty is a QName.
void check_sa00031(const RuleContext& context, Findings& findings) {
  for_each_bpel_call(context, "getVariableProperty", [&](const FunctionCall& call, const SourceLocation& where) {
    if (call.arguments.size() < 2 || !call.arguments[1].literal || is_qname(*call.arguments[1].literal)) return;
    findings.add(where, "The second argument of " + call.written + "() is " + quoted(*call.arguments[1].literal) +
                            ", which is no qualified name; write the property's name as 'prefix:name'.");
  });
}

}  // namespace echoflow::rules

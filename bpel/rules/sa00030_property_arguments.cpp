#include "bpel/rules/call_checks.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00030 (§8.3): the arguments of bpel:getVariableProperty are two string literals.
void check_sa00030(const RuleContext& context, Findings& findings) {
  for_each_bpel_call(context, "getVariableProperty", [&](const FunctionCall& call, const SourceLocation& where) {
    bool sound = call.arguments.size() == 2;
    for (const auto& argument : call.arguments) sound = sound && argument.literal.has_value();
    if (!sound)
      findings.add(where, call.written +
                              "() takes the names of a variable and of a property as two quoted strings; write " +
                              call.written + "('variable', 'prefix:property').");
  });
}

}  // namespace echoflow::rules

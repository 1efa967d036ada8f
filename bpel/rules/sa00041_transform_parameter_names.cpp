#include "bpel/rules/call_checks.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00041 (§8.4): the parameters' names in bpel:doXslTransform are string literals and QNames.
void check_sa00041(const RuleContext& context, Findings& findings) {
  for_each_bpel_call(context, "doXslTransform", [&](const FunctionCall& call, const SourceLocation& where) {
    for (std::size_t i = 2; i < call.arguments.size(); i += 2) {
      const auto& name = call.arguments[i].literal;
      if (name && is_qname(*name)) continue;
      findings.add(where, "Argument " + std::to_string(i + 1) + " of " + call.written +
                              "() must be a parameter's name, written as a quoted qualified name.");
    }
  });
}

}  // namespace echoflow::rules

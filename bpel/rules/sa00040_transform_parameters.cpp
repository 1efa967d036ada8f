#include "bpel/rules/call_checks.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00040 (§8.4): the parameters of bpel:doXslTransform come in pairs of a name and a value.
void check_sa00040(const RuleContext& context, Findings& findings) {
  for_each_bpel_call(context, "doXslTransform", [&](const FunctionCall& call, const SourceLocation& where) {
    if (call.arguments.size() >= 2 && call.arguments.size() % 2 == 0) return;
    findings.add(where,
                 call.written + "() has " + std::to_string(call.arguments.size()) +
                     " arguments; after the style sheet and the source each parameter needs its name and its value.");
  });
}

}  // namespace echoflow::rules

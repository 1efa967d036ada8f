#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00046 (§9.2): a correlation of an invoke has a pattern if and only if there is a response.
void check_sa00046(const RuleContext& context, Findings& findings) {
  for (const auto& activity : context.model.message_activities()) {
    if (activity.kind != MessageActivityKind::invoke || activity.resolved_operation == nullptr) continue;
    const bool has_response = activity.resolved_operation->output.has_value();
    for (const auto& correlation : *activity.correlations) {
      const bool has_pattern =
          correlation.origin.document->attribute(correlation.origin.element, "pattern").has_value();
      if (has_pattern == has_response) continue;
      findings.add(
          correlation.origin.where,
          "The correlation " + quoted(correlation.set) + " of the " +
              (has_response ? "request-response invoke has no pattern; add pattern=\"request\", \"response\" or "
                              "\"request-response\"."
                            : "one-way invoke has a pattern, but there is no response; remove the attribute."));
    }
  }
}

}  // namespace echoflow::rules

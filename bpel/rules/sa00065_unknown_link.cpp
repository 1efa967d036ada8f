#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00065 (§11.6.1): a source or target names a link of a flow around its activity.
void check_sa00065(const RuleContext& context, Findings& findings) {
  for (const auto& unresolved : context.model.unresolved_links())
    findings.add(unresolved.end.element->origin.where,
                 "The link " + quoted(unresolved.name) + " is not declared in any <flow> around " +
                     tag(*unresolved.end.site->element) + "; declare it there or correct the name.");
}

}  // namespace echoflow::rules

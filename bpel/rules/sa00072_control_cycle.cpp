#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00072 (§11.6.1): no activity waits for itself through links, sequences and what it
// encloses.
void check_sa00072(const RuleContext& context, Findings& findings) {
  for (const auto& link : context.model.links())
    for (const auto& source : link.sources)
      for (const auto& target : link.targets) {
        if (!context.order.after_begin(*target.site).ends(*source.site)) continue;
        findings.add(source.element->origin.where,
                     "The link " + quoted(link.link->name) + " closes a circle: " + tag(*source.site->element) +
                         " can only end after its target " + tag(*target.site->element) +
                         " has begun, which waits for it; remove the link or turn it round.");
      }
}

}  // namespace echoflow::rules

#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

// WS-BPEL 2.0 Appendix B, SA00062 (§11.5): a pick that creates instances waits for messages only.
void check_sa00062(const RuleContext& context, Findings& findings) {
  for (const Site* start : context.model.start_activities())
    for (const Site* branch : start->children)
      if (branch->kind == SiteKind::pick_alarm)
        findings.add(branch->where(),
                     "A <pick> with createInstance=\"yes\" has an <onAlarm>, but only messages can start a "
                     "process; remove the <onAlarm> or set createInstance=\"no\".");
}

}  // namespace echoflow::rules

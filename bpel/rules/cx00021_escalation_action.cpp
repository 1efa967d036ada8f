#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
// WS-HumanTask 1.1 §4.6: an escalation does one thing.
void check_cx00021(const RuleContext& context, Findings& findings) {
  for_each_escalation(context, [&](const ast::Escalation& escalation) {
    if (escalation.actions() == 1) return;
    findings.add(escalation.origin.where,
                 "The escalation " + quoted(escalation.name) + " does " +
                     (escalation.actions() == 0 ? "nothing" : std::to_string(escalation.actions()) + " things") +
                     "; give it one of <htd:notification>, <htd:localNotification>, <htd:reassignment>, "
                     "<cx:raisePriority> and <cx:taskEvent>.");
  });
}

}  // namespace echoflow::rules

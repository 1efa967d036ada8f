#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
// WS-HumanTask 1.1 §4.6: a deadline is a duration or a point in time.
void check_cx00020(const RuleContext& context, Findings& findings) {
  for_each_task(context, [&](const ast::HumanTask& task) {
    for (const auto& deadline : task.deadlines) {
      const std::string what = deadline.is_start ? "<htd:startDeadline>" : "<htd:completionDeadline>";
      if (!deadline.for_ && !deadline.until)
        findings.add(deadline.origin.where, what + " has no time; add a <htd:for> or an <htd:until>.");
      if (deadline.for_ && deadline.until)
        findings.add(deadline.origin.where, what + " has both <htd:for> and <htd:until>; remove one.");
    }
  });
}

}  // namespace echoflow::rules

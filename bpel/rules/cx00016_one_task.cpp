#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
// WS-BPEL4People 1.1 §5: a people activity has one task or notification, inline or by reference.
void check_cx00016(const RuleContext& context, Findings& findings) {
  for_each_people_activity(context, [&](const ast::PeopleActivity& activity, const Site& site) {
    const auto count = activity.tasks.size() + activity.references.size();
    if (count == 0)
      findings.add(site.where(), tag(activity) +
                                     " has no task; give it a <htd:task>, or a <b4p:localTask> that names "
                                     "one of <b4p:humanInteractions>.");
    if (count > 1)
      findings.add(site.where(), tag(activity) + " has " + std::to_string(count) +
                                     " tasks; keep one, and give the others activities of their own.");
  });
}

}  // namespace echoflow::rules

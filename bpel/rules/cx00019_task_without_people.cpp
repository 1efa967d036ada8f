#include <algorithm>

#include "bpel/ast/find_task.hpp"
#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

bool has_role(const std::vector<ast::PeopleAssignment>& people, std::string_view role) {
  return std::any_of(people.begin(), people.end(), [&](const ast::PeopleAssignment& one) { return one.role == role; });
}

}  // namespace

// WS-HumanTask 1.1 §3.1: somebody must be able to do a task, and a notification needs somebody to tell.
void check_cx00019(const RuleContext& context, Findings& findings) {
  for_each_people_activity(context, [&](const ast::PeopleActivity& activity, const Site&) {
    const auto* task = ast::task_of(context.loaded.process, activity);
    if (task == nullptr) return;
    const std::string_view role = task->is_notification ? "recipients" : "potentialOwners";
    bool anybody = has_role(task->people, role);
    for (const auto& reference : activity.references) anybody = anybody || has_role(reference.people, role);
    if (!task->is_notification) anybody = anybody || (task->routing && !task->routing->queue.empty());
    if (anybody) return;
    findings.add(
        activity.origin.where,
        task->is_notification
            ? "The notification " + quoted(task->name) +
                  " goes to nobody; add <htd:recipients> to its <htd:peopleAssignments>."
            : "Nobody may do the task " + quoted(task->name) +
                  "; add <htd:potentialOwners> to its <htd:peopleAssignments>, or a queue to its <cx:routing>.");
  });
  for_each_escalation(context, [&](const ast::Escalation& escalation) {
    for (const auto& notification : escalation.notifications)
      if (!has_role(notification.people, "recipients"))
        findings.add(notification.origin.where, "The notification " + quoted(notification.name) +
                                                    " goes to nobody; add <htd:recipients> to its "
                                                    "<htd:peopleAssignments>.");
  });
}

}  // namespace echoflow::rules

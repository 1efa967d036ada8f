#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

bool is_blank(const ast::PeopleFrom& from) {
  if (!from.logical_group.empty() || !from.users.empty() || !from.groups.empty()) return false;
  return !from.expression || from.expression->text.find_first_not_of(" \t\r\n") == std::string::npos;
}

void check_people(const std::vector<ast::PeopleAssignment>& people, Findings& findings) {
  for (const auto& assignment : people) {
    if (assignment.from.empty())
      findings.add(assignment.origin.where,
                   "<htd:" + assignment.role + "> names nobody; add a <htd:from>, or remove it.");
    for (const auto& from : assignment.from)
      if (is_blank(from))
        findings.add(from.origin.where,
                     "<htd:from> names nobody; give it a <htd:literal> with users or groups, the attribute "
                     "logicalPeopleGroup, or an expression.");
  }
}

}  // namespace

// WS-HumanTask 1.1 §3.1: an assignment says who.
void check_cx00024(const RuleContext& context, Findings& findings) {
  for_each_task(context, [&](const ast::HumanTask& task) { check_people(task.people, findings); });
  for_each_people_activity(context, [&](const ast::PeopleActivity& activity, const Site&) {
    for (const auto& reference : activity.references) check_people(reference.people, findings);
  });
  for_each_escalation(context, [&](const ast::Escalation& escalation) {
    for (const auto& notification : escalation.notifications) check_people(notification.people, findings);
    check_people(escalation.reassignments, findings);
  });
}

}  // namespace echoflow::rules

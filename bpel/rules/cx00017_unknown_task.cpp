#include "bpel/ast/find_task.hpp"
#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

void check_reference(const RuleContext& context, const std::string& reference, bool is_notification,
                     const SourceLocation& where, Findings& findings) {
  if (reference.empty() || ast::find_task(context.loaded.process, reference, is_notification) != nullptr) return;
  const std::string what = is_notification ? "notification" : "task";
  findings.add(where, "There is no " + what + " " + quoted(reference) +
                          " in <b4p:humanInteractions>; declare it under <" + "htd:" + what +
                          "s>, or correct the reference.");
}

}  // namespace

// WS-BPEL4People 1.1 §5.2: references to tasks and notifications of the process.
void check_cx00017(const RuleContext& context, Findings& findings) {
  for_each_people_activity(context, [&](const ast::PeopleActivity& activity, const Site&) {
    for (const auto& reference : activity.references)
      check_reference(context, reference.reference, reference.is_notification, reference.origin.where, findings);
  });
  for_each_escalation(context, [&](const ast::Escalation& escalation) {
    for (const auto& reference : escalation.notification_references)
      check_reference(context, reference, true, escalation.origin.where, findings);
  });
}

}  // namespace echoflow::rules

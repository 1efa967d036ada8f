#include "bpel/ast/find_task.hpp"
#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
// WS-HumanTask 1.1 §4.2: the interface of a task is an operation of a WSDL; parts can be named only when there is one.
void check_cx00023(const RuleContext& context, Findings& findings) {
  for_each_task(context, [&](const ast::HumanTask& task) {
    if (!task.port_type) return;
    const auto* port_type = context.loaded.definitions.port_type(*task.port_type);
    if (port_type == nullptr)
      findings.add(task.origin.where, "The interface of task " + quoted(task.name) + " names the portType " +
                                          quoted(*task.port_type) +
                                          ", which no imported WSDL defines; import it or correct the name.");
    else if (port_type->operation(task.operation) == nullptr)
      findings.add(task.origin.where, "The portType " + quoted(*task.port_type) + " has no operation " +
                                          quoted(task.operation) + "; correct the interface of task " +
                                          quoted(task.name) + ".");
  });
  for_each_people_activity(context, [&](const ast::PeopleActivity& activity, const Site& site) {
    const auto* task = ast::task_of(context.loaded.process, activity);
    if (task == nullptr || task->port_type || (!activity.has_to_parts && !activity.has_from_parts)) return;
    findings.add(site.where(), tag(activity) + " names parts, but the task " + quoted(task->name) +
                                   " has no <htd:interface> that says which there are; add one, or use inputVariable "
                                   "and outputVariable.");
  });
}

}  // namespace echoflow::rules

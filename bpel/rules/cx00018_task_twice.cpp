#include <map>

#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
// WS-HumanTask 1.1 §4: the name of a task means one in a process, since it names its work lists and statistics.
void check_cx00018(const RuleContext& context, Findings& findings) {
  std::map<std::string, const ast::HumanTask*> seen;
  for_each_task(context, [&](const ast::HumanTask& task) {
    const auto [first, is_new] = seen.try_emplace(task.name, &task);
    if (!is_new && !task.name.empty())
      findings.add(task.origin.where, "The name " + quoted(task.name) + " is that of the task in line " +
                                          std::to_string(first->second->origin.where.line) +
                                          " already; give one of the two another name.");
  });
}

}  // namespace echoflow::rules

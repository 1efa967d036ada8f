#include <map>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
// The name of a KPI means one in a process.
void check_cx00009(const RuleContext& context, Findings& findings) {
  std::map<std::string, const ast::Kpi*> seen;
  for (const auto& kpi : context.loaded.process.kpis) {
    const auto [first, is_new] = seen.try_emplace(kpi.name, &kpi);
    if (!is_new && !kpi.name.empty())
      findings.add(kpi.origin.where, "The KPI " + quoted(kpi.name) + " is declared in line " +
                                         std::to_string(first->second->origin.where.line) +
                                         " already; give one of the two another name.");
  }
}

}  // namespace echoflow::rules

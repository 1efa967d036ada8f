#include <algorithm>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
// A <cx:measure> gives values to a KPI of the process that takes them.
void check_cx00014(const RuleContext& context, Findings& findings) {
  const auto& kpis = context.loaded.process.kpis;
  for (const auto& site : context.model.sites()) {
    if (!site.is(ast::ActivityKind::measure)) continue;
    const auto& name = static_cast<const ast::Measure&>(*site.activity).kpi;
    if (name.empty()) continue;
    const auto kpi = std::find_if(kpis.begin(), kpis.end(), [&](const ast::Kpi& one) { return one.name == name; });
    if (kpi == kpis.end())
      findings.add(site.where(), "<cx:measure> names the KPI " + quoted(name) +
                                     ", which is not declared; add a <cx:kpi> of this name under <process>.");
    else if (kpi->measure != "value" && !kpi->measure.empty())
      findings.add(site.where(), "<cx:measure> gives values to the KPI " + quoted(name) +
                                     ", which takes none; write measure=\"value\" in its <cx:kpi>.");
  }
}

}  // namespace echoflow::rules

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "models/cx/kpi_built_in.hpp"

namespace echoflow::rules {
// The measures that the server has itself.
void check_cx00013(const RuleContext& context, Findings& findings) {
  for (const auto& kpi : context.loaded.process.kpis) {
    if (kpi.measure != "builtIn" || kpi.built_in.empty()) continue;
    if (const auto use = cx::parse_kpi_built_in(kpi.built_in); !use)
      findings.add(kpi.origin.where, "The KPI " + quoted(kpi.name) + ": " + use.error().message);
  }
}

}  // namespace echoflow::rules

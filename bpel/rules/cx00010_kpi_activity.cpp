#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

void check_name(const RuleContext& context, const ast::Kpi& kpi, const std::string& name, std::string_view attribute,
                Findings& findings) {
  if (name.empty()) return;
  std::size_t count = 0;
  for (const auto& site : context.model.sites())
    if (site.activity != nullptr && site.activity->name == name) ++count;
  if (count == 1) return;
  findings.add(kpi.origin.where, "The attribute " + std::string(attribute) + " of KPI " + quoted(kpi.name) + " names " +
                                     (count == 0 ? "no activity" : std::to_string(count) + " activities") + " called " +
                                     quoted(name) + "; give one activity this name, or correct the attribute.");
}

}  // namespace

// The activities from which and to which is measured.
void check_cx00010(const RuleContext& context, Findings& findings) {
  for (const auto& kpi : context.loaded.process.kpis) {
    check_name(context, kpi, kpi.from, "from", findings);
    check_name(context, kpi, kpi.to, "to", findings);
    check_name(context, kpi, kpi.of, "of", findings);
  }
}

}  // namespace echoflow::rules

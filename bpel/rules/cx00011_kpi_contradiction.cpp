#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

/// An attribute that another one of this KPI needs, or makes meaningless; "" when all fits.
std::string contradiction(const ast::Kpi& kpi) {
  const bool duration = kpi.measure == "duration", count = kpi.measure == "count", built_in = kpi.measure == "builtIn";
  const auto windows = !kpi.window.empty() + !kpi.last.empty() + !kpi.period.empty();
  if (count && kpi.of.empty()) return "counts an activity but does not say which; add the attribute of";
  if (built_in && kpi.built_in.empty())
    return "does not say which measure of the server it is; add the attribute builtIn";
  if (!duration && (!kpi.from.empty() || !kpi.to.empty()))
    return "has from or to, which only a duration has; remove them, or write measure=\"duration\"";
  if (!count && !kpi.of.empty()) return "has of, which only a count has; remove it, or write measure=\"count\"";
  if (!built_in && !kpi.built_in.empty())
    return "has builtIn but is none of the server's measures; remove it, or write measure=\"builtIn\"";
  if (windows > 1) return "has more than one of window, last and period; keep one";
  if (kpi.aggregate == "percentile" && kpi.percentile.empty())
    return "is a percentile but does not say which; add the attribute percentile";
  if (!kpi.percentile.empty() && !kpi.aggregate.empty() && kpi.aggregate != "percentile")
    return "has a percentile and another aggregate; remove one of the two";
  if (kpi.critical.empty() && kpi.warning.empty() && !kpi.hysteresis.empty())
    return "has a hysteresis but no level that it could hold; add warning or critical, or remove it";
  return {};
}

}  // namespace

// What a <cx:kpi> says must fit together.
void check_cx00011(const RuleContext& context, Findings& findings) {
  for (const auto& kpi : context.loaded.process.kpis)
    if (const auto what = contradiction(kpi); !what.empty())
      findings.add(kpi.origin.where, "The KPI " + quoted(kpi.name) + " " + what + ".");
}

}  // namespace echoflow::rules

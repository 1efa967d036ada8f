#include <algorithm>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"
#include "models/cx/kpi_built_in.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::rules {
namespace {

bool is_known(const ast::Process& process, const std::string& name) {
  if (cx::parse_kpi_built_in(name)) return true;
  return std::any_of(process.kpis.begin(), process.kpis.end(), [&](const ast::Kpi& kpi) { return kpi.name == name; });
}

}  // namespace

// cx:kpi() and cx:level() read the process's own KPIs and the server's.
void check_cx00015(const RuleContext& context, Findings& findings) {
  const auto& expressions = context.model.expressions();
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    const auto* facts = context.expressions.of(i);
    if (facts == nullptr) continue;
    for (const auto& call : facts->calls) {
      if (call.name.ns != ns::cx || call.arguments.empty() || !call.arguments[0].literal) continue;
      const auto& name = *call.arguments[0].literal;
      if (!is_known(context.loaded.process, name))
        findings.add(expressions[i].expression->origin.where,
                     call.written + "() asks for the KPI " + quoted(name) +
                         ", which neither the process declares nor the server has; declare it with <cx:kpi>.");
    }
  }
}

}  // namespace echoflow::rules

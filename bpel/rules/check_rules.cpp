#include "bpel/rules/check_rules.hpp"

#include <algorithm>
#include <tuple>

#include "bpel/rules/rule.hpp"

namespace echoflow::rules {
namespace {

struct Rule {
  const char* id;
  void (*check)(const RuleContext&, Findings&);
};

constexpr Rule rules[] = {
#define ECHOFLOW_RULE(number) {"SA" #number, &check_sa##number},
#include "bpel/rules/rules.def"
#define ECHOFLOW_CX_RULE(number) {"CX" #number, &check_cx##number},
#include "bpel/rules/cx_rules.def"
};

auto place(const Diagnostic& d) {
  return std::tie(d.where.file, d.where.line, d.where.column, d.rule, d.message);
}

}  // namespace

Diagnostics check_rules(const parse::LoadedProcess& loaded, Imports imports) {
  const Model model(loaded);
  const ControlOrder order(model);
  const ExpressionTable expressions(loaded, model);
  const ImportScope scope(loaded, imports);
  const RuleContext context{loaded, model, order, expressions, scope};
  Diagnostics out;
  for (const Rule& rule : rules) {
    Findings findings(rule.id, out);
    rule.check(context, findings);
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return place(a) < place(b); });
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace echoflow::rules

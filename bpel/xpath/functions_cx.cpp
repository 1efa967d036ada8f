// cx:given: a variable that may have no value yet. cx:kpi and cx:level: the present figures of KPIs. The functions of
// WS-HumanTask 1.1 §7.2 that the conditions of escalations may call. Both read what the host hands in: nothing is
// fetched while an expression runs.
#include <charconv>
#include <limits>

#include "bpel/xpath/evaluator.hpp"

namespace echoflow::xpath {
namespace {

// Of a variable without a value: nothing, where the variable itself would be a fault.
Sequence given(Evaluator& e, const Expr& call, const Focus& focus) {
  const Expr& value = *call.children[0];
  if (value.op == Op::variable && !e.scope().variable_part(value.variable.id, value.variable.part)) return {};
  return e.evaluate(value, focus);
}

std::optional<cx::KpiReading> reading(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto name = e.string(*call.children[0], focus);
  const auto group = call.children.size() > 1 ? e.string(*call.children[1], focus) : std::string();
  return e.scope().kpi(name, group);
}

// A figure that there is not yet compares with nothing.
Sequence kpi(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto found = reading(e, call, focus);
  return single(Item::of(found ? found->value : std::numeric_limits<double>::quiet_NaN()));
}

Sequence level(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto found = reading(e, call, focus);
  return single(Item::of(found ? found->level : std::string("normal")));
}

std::string task_fact(Evaluator& e, const Expr& call) {
  auto fact = e.scope().task_fact(call.function->name);
  if (!fact)
    raise_fault("subLanguageExecutionFault",
                std::string(call.function->name) + "() can be asked in the condition of an escalation only.");
  return *std::move(fact);
}

Sequence fact(Evaluator& e, const Expr& call, const Focus&) {
  return single(Item::of(task_fact(e, call)));
}

Sequence priority(Evaluator& e, const Expr& call, const Focus&) {
  const auto text = task_fact(e, call);
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return single(Item::of(static_cast<double>(number)));
}

constexpr Function cx_table[] = {
    {"given", 1, 1, Kind::unknown, given},
    {"kpi", 1, 2, Kind::number, kpi},
    {"level", 1, 2, Kind::string, level},
};
constexpr Function task_table[] = {
    {"getTaskPriority", 0, 0, Kind::number, priority},
    {"getActualOwner", 0, 0, Kind::string, fact},
    {"getState", 0, 0, Kind::string, fact},
};

}  // namespace

std::span<const Function> cx_functions() {
  return cx_table;
}

std::span<const Function> task_functions() {
  return task_table;
}

}  // namespace echoflow::xpath

#include "bpel/rules/model_builder.hpp"
#include "bpel/rules/task_parts.hpp"

namespace echoflow::rules {

// WS-BPEL4People 1.1 §5: the expressions of a task see what the people activity sees.
void ModelBuilder::read(const ast::PeopleActivity& activity, Site& site) {
  variable_reference(activity.input_variable, site, activity);
  variable_reference(activity.output_variable, site, activity);
  for (const auto& part : activity.to_parts) variable_reference(part.from_variable, site, part);
  for (const auto& part : activity.from_parts) variable_reference(part.to_variable, site, part);
  const auto add = [&](const ast::Expression& found) { expression(found, ExpressionUse::condition, site); };
  if (const auto* task = ast::task_of(loaded_.process, activity)) for_each_expression(*task, add);
  for (const auto& reference : activity.references) {
    if (reference.priority) add(*reference.priority);
    for_each_expression(reference.people, add);
  }
}

void ModelBuilder::read(const ast::Measure& measure, Site& site) {
  expression(measure.value, ExpressionUse::condition, site);
  expression(measure.group, ExpressionUse::condition, site);
}

}  // namespace echoflow::rules

#include "bpel/rules/task_parts.hpp"

namespace echoflow::rules {
namespace {

void visit_if(const std::optional<ast::Expression>& expression, const OnExpression& visit) {
  if (expression) visit(*expression);
}

void visit_sources(const std::vector<ast::PeopleFrom>& sources, const OnExpression& visit) {
  for (const auto& from : sources) visit_if(from.expression, visit);
}

void visit_base(const ast::HumanTaskBase& task, const OnExpression& visit) {
  visit_if(task.priority, visit);
  if (task.presentation)
    for (const auto& parameter : task.presentation->parameters) visit(parameter.value);
  for_each_expression(task.people, visit);
}

}  // namespace

void for_each_expression(const std::vector<ast::PeopleAssignment>& people, const OnExpression& visit) {
  for (const auto& assignment : people) visit_sources(assignment.from, visit);
}

void for_each_expression(const ast::HumanTask& task, const OnExpression& visit) {
  visit_base(task, visit);
  visit_sources(task.delegates, visit);
  if (task.context)
    for (const auto* expression : {&task.context->customer, &task.context->case_id, &task.context->feedback,
                                   &task.context->channel, &task.context->language})
      visit_if(*expression, visit);
  for (const auto& deadline : task.deadlines) {
    visit_if(deadline.for_, visit);
    visit_if(deadline.until, visit);
    for (const auto& escalation : deadline.escalations) {
      visit_if(escalation.condition, visit);
      for (const auto& notification : escalation.notifications) visit_base(notification, visit);
      for_each_expression(escalation.reassignments, visit);
    }
  }
}

}  // namespace echoflow::rules

#include "models/cx/task_definition.hpp"

namespace echoflow::cx {
namespace {

class Collector {
 public:
  std::vector<const Expression*> found;

  void add(const Expression* expression) {
    if (expression != nullptr) found.push_back(expression);
  }
  void add(const Presentation& presentation) {
    for (const auto& parameter : presentation.parameters) add(parameter.value);
  }
  void add(const std::vector<PeopleSource>& sources) {
    for (const auto& source : sources) add(source.expression);
  }
  void add(const std::vector<PeopleAssignment>& people) {
    for (const auto& assignment : people) add(assignment.from);
  }
  void add(const Notification& notification) {
    add(notification.priority);
    add(notification.presentation);
    add(notification.people);
  }
  void add(const Reassignment& reassignment) { add(reassignment.potential_owners); }
  void add(const RaisePriority&) {}
  void add(const ThrowTaskEvent&) {}
};

}  // namespace

std::vector<const Expression*> expressions_of(const TaskDefinition& task) {
  Collector all;
  all.add(task.priority);
  all.add(task.presentation);
  all.add(task.people);
  all.add(task.delegates);
  for (const auto* expression : {task.customer, task.case_id, task.feedback, task.channel, task.language})
    all.add(expression);
  for (const auto& deadline : task.deadlines) {
    all.add(deadline.for_);
    all.add(deadline.until);
    for (const auto& escalation : deadline.escalations)
      std::visit([&](const auto& action) { all.add(action); }, escalation.action);
  }
  return std::move(all.found);
}

}  // namespace echoflow::cx

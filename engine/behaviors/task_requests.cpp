#include "engine/behaviors/task_requests.hpp"

#include <algorithm>
#include <cmath>

#include "engine/behaviors/evaluation.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::engine::task_requests {

using cx::TaskRequest;
using Named = std::vector<std::pair<std::string, std::string>>;
using Members = std::vector<std::string>;

namespace {

constexpr std::int32_t middle_priority = 5;

Fault invalid(const Expression& expression, const std::string& text, const char* wanted) {
  return standard_fault("invalidExpressionValue",
                        "\"" + text + "\" from " + expression.text() + " is no " + wanted + ".");
}

void add_member(Members& members, std::string member) {
  const auto begin = member.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return;
  member = member.substr(begin, member.find_last_not_of(" \t\r\n") - begin + 1);
  if (std::find(members.begin(), members.end(), member) == members.end()) members.push_back(std::move(member));
}

/// The users and groups of an htt:organizationalEntity, wherever it stands; false when the element holds none.
bool add_entity(Members& members, const xml::Document& document, xml::NodeIndex node) {
  if (document.kind(node) != xml::NodeKind::element && document.kind(node) != xml::NodeKind::document) return false;
  const bool typed = document.namespace_uri(node) == ns::htt;
  if (typed && document.local_name(node) == "user") return add_member(members, document.string_value(node)), true;
  if (typed && document.local_name(node) == "group")
    return add_member(members, "group:" + document.string_value(node)), true;
  bool any = false;
  for (auto child = document.first_child_element(node); child != xml::no_node;
       child = document.next_sibling_element(child))
    any = add_entity(members, document, child) || any;
  return any;
}

/// The first fault ends it: what is evaluated after that does not count.
class Evaluator {
 public:
  Evaluator(const StepContext& context, const Activity& activity) : scope_(evaluation_for(context, activity)) {}
  std::optional<Fault> fault;

  std::string text(const Expression* expression) {
    if (expression == nullptr) return {};
    return value(expression->evaluate_string(scope_));
  }
  // WS-HumanTask 1.1 §4.5: 0 is the highest priority, 10 the lowest.
  std::int32_t priority(const Expression* expression) {
    if (expression == nullptr) return middle_priority;
    const double number = value(expression->evaluate_number(scope_));
    if (number >= 0 && number <= 10 && number == std::floor(number)) return static_cast<std::int32_t>(number);
    keep(invalid(*expression, text(expression), "whole number from 0 to 10"));
    return middle_priority;
  }
  Named parameters(const cx::Presentation& presentation) {
    Named list;
    for (const auto& parameter : presentation.parameters) list.emplace_back(parameter.name, text(parameter.value));
    return list;
  }
  // WS-HumanTask 1.1 §3.1.
  Members members(const std::vector<cx::PeopleSource>& sources) {
    Members all;
    for (const auto& source : sources) {
      for (const auto& user : source.users) add_member(all, user);
      for (const auto& group : source.groups) add_member(all, "group:" + group);
      if (!source.logical_group.empty()) add_member(all, "group:" + source.logical_group);
      if (source.expression != nullptr) add_items(all, value(source.expression->evaluate(scope_)));
    }
    return all;
  }
  std::vector<TaskRequest::People> people(const std::vector<cx::PeopleAssignment>& assignments) {
    std::vector<TaskRequest::People> list;
    for (const auto& assignment : assignments) list.push_back({assignment.role, members(assignment.from)});
    return list;
  }
  TaskRequest::Deadline deadline(const cx::TaskDeadline& definition) {
    TaskRequest::Deadline out;
    if (definition.for_ != nullptr) {
      const auto written = text(definition.for_);
      auto duration = parse_duration(written);
      if (duration)
        out.for_ = *duration;
      else
        keep(invalid(*definition.for_, written, "xsd:duration"));
    } else if (definition.until != nullptr) {
      const auto written = text(definition.until);
      auto until = parse_deadline(written);
      if (until)
        out.until = *until;
      else
        keep(invalid(*definition.until, written, "xsd:dateTime or xsd:date"));
    }
    for (const auto& escalation : definition.escalations)
      std::visit([&](const auto& action) { out.escalations.push_back(this->escalation(action)); }, escalation.action);
    return out;
  }

 private:
  using Escalated = TaskRequest::Deadline::Escalation;
  Escalated escalation(const cx::Notification& notification) {
    return {priority(notification.priority), parameters(notification.presentation), people(notification.people)};
  }
  Escalated escalation(const cx::Reassignment& reassignment) {
    return {middle_priority, {}, {{cx::HumanRole::potential_owners, members(reassignment.potential_owners)}}};
  }
  Escalated escalation(const cx::RaisePriority&) { return {}; }
  Escalated escalation(const cx::ThrowTaskEvent&) { return {}; }

  static void add_items(Members& all, const program::Sequence& items) {
    for (const auto& item : items) {
      const auto* node = std::get_if<xml::NodeRef>(&item);
      if (node == nullptr || !add_entity(all, *node->document, node->node)) add_member(all, program::to_string(item));
    }
  }
  void keep(Fault why) {
    if (!fault) fault = std::move(why);
  }
  template <class T>
  T value(Result<T, Fault> result) {
    if (result) return std::move(*result);
    keep(std::move(result.error()));
    return T{};
  }

  Evaluation scope_;
};

}  // namespace

Result<TaskRequest, Fault> evaluate(const StepContext& context, const Activity& activity,
                                    const program::PeopleActivity& node) {
  const auto& task = node.task;
  Evaluator evaluator(context, activity);
  TaskRequest request;
  request.name = task.name;
  request.skipable = node.skipable;
  request.priority = evaluator.priority(task.priority);
  request.parameters = evaluator.parameters(task.presentation);
  request.people = evaluator.people(task.people);
  request.delegates = evaluator.members(task.delegates);
  request.customer = evaluator.text(task.customer);
  request.case_id = evaluator.text(task.case_id);
  request.feedback = evaluator.text(task.feedback);
  request.channel = evaluator.text(task.channel);
  request.language = evaluator.text(task.language);
  for (const auto& deadline : task.deadlines) request.deadlines.push_back(evaluator.deadline(deadline));
  if (evaluator.fault) return fail(std::move(*evaluator.fault));
  return request;
}

}  // namespace echoflow::engine::task_requests

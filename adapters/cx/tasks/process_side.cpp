#include "adapters/cx/tasks/process_side.hpp"

#include "models/cx/task_request.hpp"

namespace echoflow::tasks {

namespace {

HumanRole role_of(cx::HumanRole role) {
  switch (role) {
    case cx::HumanRole::task_initiator:
      return HumanRole::task_initiator;
    case cx::HumanRole::task_stakeholders:
      return HumanRole::task_stakeholders;
    case cx::HumanRole::potential_owners:
      return HumanRole::potential_owners;
    case cx::HumanRole::excluded_owners:
      return HumanRole::excluded_owners;
    case cx::HumanRole::business_administrators:
      return HumanRole::business_administrators;
    case cx::HumanRole::recipients:
      return HumanRole::notification_recipients;
  }
  return HumanRole::task_stakeholders;
}

using Parameters = std::vector<std::pair<std::string, std::string>>;

std::vector<LocalText> texts(const std::vector<cx::LocalText>& from, const Parameters& parameters) {
  std::vector<LocalText> to;
  for (const auto& each : from) to.push_back({each.language, {with_parameters(each.text, parameters)}});
  return to;
}

Presentation presentation(const cx::Presentation& from, const Parameters& parameters) {
  return {texts(from.names, parameters), texts(from.subjects, parameters), texts(from.descriptions, parameters)};
}

People members(const std::vector<cx::TaskRequest::People>& people, cx::HumanRole role) {
  for (const auto& each : people)
    if (each.role == role) return each.members;
  return {};
}

Escalation escalation(const cx::Escalation& from, const cx::TaskRequest::Deadline::Escalation& values) {
  Escalation to;
  to.name = from.name;
  to.conditional = from.condition != nullptr;
  if (const auto* notification = std::get_if<cx::Notification>(&from.action)) {
    to.kind = EscalationKind::notification;
    to.people = members(values.people, cx::HumanRole::recipients);
    to.presentation = presentation(notification->presentation, values.parameters);
  } else if (std::holds_alternative<cx::Reassignment>(from.action)) {
    to.kind = EscalationKind::reassignment;
    to.people = members(values.people, cx::HumanRole::potential_owners);
  } else if (const auto* raise = std::get_if<cx::RaisePriority>(&from.action)) {
    to.kind = EscalationKind::priority;
    to.raise_by = raise->by;
    to.raise_to_set = raise->to.has_value();
    to.raise_to = raise->to.value_or(0);
  } else {
    to.kind = EscalationKind::message;
  }
  return to;
}

DeadlinePlan deadline(const cx::TaskDeadline& from, const cx::TaskRequest::Deadline& values,
                      const std::string& calendar) {
  DeadlinePlan to;
  to.name = from.name;
  to.kind = from.kind == cx::DeadlineKind::start ? DeadlineKind::start : DeadlineKind::completion;
  to.calendar = from.calendar.empty() ? calendar : from.calendar;
  if (values.for_) {
    to.for_months = values.for_->months;
    to.for_micros = values.for_->micros;
  }
  if (values.until) to.until = *values.until;
  for (std::size_t i = 0; i < from.escalations.size() && i < values.escalations.size(); ++i)
    to.escalations.push_back(escalation(from.escalations[i], values.escalations[i]));
  return to;
}

DelegationRule delegation(cx::Delegation from) {
  switch (from) {
    case cx::Delegation::unset:
    case cx::Delegation::anybody:
      return DelegationRule::anybody;
    case cx::Delegation::nobody:
      return DelegationRule::nobody;
    case cx::Delegation::potential_owners:
      return DelegationRule::potential_owners;
    case cx::Delegation::other:
      return DelegationRule::listed;
  }
  return DelegationRule::anybody;
}

/// What the process says once and for all.
void copy_definition(Creation& creation, const cx::TaskDefinition& definition) {
  creation.is_notification = definition.is_notification;
  creation.delegation = delegation(definition.delegation);
  creation.queue = definition.queue;
  creation.capacity = definition.capacity;
  for (const auto& skill : definition.skills) creation.skills.push_back({skill.name, skill.level, skill.required});
  for (const auto& outcome : definition.outcomes)
    creation.outcomes.push_back({outcome.name, texts(outcome.labels, {})});
}

/// What was evaluated for this one.
void copy_request(Creation& creation, const cx::TaskDefinition& definition, cx::TaskRequest& request) {
  creation.name = request.name;
  creation.priority = request.priority;
  creation.is_skipable = request.skipable;
  creation.presentation = presentation(definition.presentation, request.parameters);
  for (auto& role : request.people) creation.people.push_back({role_of(role.role), std::move(role.members)});
  creation.delegates = std::move(request.delegates);
  for (std::size_t i = 0; i < definition.deadlines.size() && i < request.deadlines.size(); ++i)
    creation.deadlines.push_back(deadline(definition.deadlines[i], request.deadlines[i], definition.calendar));
  creation.customer = std::move(request.customer);
  creation.case_id = std::move(request.case_id);
  creation.feedback = std::move(request.feedback);
  creation.channel = std::move(request.channel);
  creation.language = std::move(request.language);
  const bool owned = std::any_of(creation.people.begin(), creation.people.end(), [](const RolePeople& each) {
    return each.role == HumanRole::potential_owners && !each.people.empty();
  });
  // A queue is a group of people: whoever works on it may own what lies in it.
  if (!owned && !creation.queue.empty() && !creation.is_notification)
    creation.people.push_back({HumanRole::potential_owners, {"group:" + creation.queue}});
}

const program::PeopleActivity* people_activity(const program::Program& program, program::NodeId node) {
  if (node >= program.nodes.size() || program.node(node).kind != program::ActivityKind::people_activity) return nullptr;
  return &program.as<program::PeopleActivity>(node);
}

/// The task as the condition of an escalation sees it.
class TaskContext final : public program::EvaluationContext {
 public:
  TaskContext(const program::PeopleActivity& node, const Task& task, TimePoint now)
      : node_(node), task_(task), now_(now) {}

  xml::DocumentPtr variable_part(program::VariableId variable, std::uint32_t part) const override {
    const auto& input = task_.creation.input;
    if (variable == node_.input_variable) return part < input.size() ? input[part] : nullptr;
    for (const auto& each : node_.to_parts)
      if (each.variable == variable) return each.part < input.size() ? input[each.part] : nullptr;
    return nullptr;
  }
  bool link_status(program::LinkId) const override { return false; }
  TimePoint now() const override { return now_; }
  std::int64_t instance_id() const override { return task_.creation.instance; }
  std::optional<std::string> task_fact(std::string_view fact) const override {
    if (fact == "getTaskPriority") return std::to_string(task_.priority);
    if (fact == "getActualOwner") return task_.owner;
    if (fact == "getState") return std::string(to_string(task_.state));
    return std::nullopt;
  }

 private:
  const program::PeopleActivity& node_;
  const Task& task_;
  const TimePoint now_;
};

}  // namespace

Result<Creation> creation_of(const runtime::PartnerCall& call, std::int64_t process) {
  const auto* node = people_activity(call.program, call.node);
  if (!node) return fail("only people activities call the task service");
  if (call.message.parts.empty() || !call.message.parts.front()) return fail("the call has no task request");
  auto request = cx::read_task_request(*call.message.parts.front());
  if (!request) return fail(request.error());
  Creation creation;
  creation.instance = call.instance;
  creation.activity = call.activity;
  creation.process = process;
  creation.definition = call.node;
  creation.call_key = call.idempotency_key;
  copy_definition(creation, node->task);
  copy_request(creation, node->task, *request);
  creation.input.assign(call.message.parts.begin() + 1, call.message.parts.end());
  if (node->input != program::none) creation.input_type = call.program.message_types[node->input].name;
  return creation;
}

Result<bool> condition_holds(const program::Program& program, const Task& task, std::uint32_t deadline,
                             std::uint32_t escalation) {
  const auto* node = people_activity(program, task.creation.definition);
  if (!node || deadline >= node->task.deadlines.size() ||
      escalation >= node->task.deadlines[deadline].escalations.size())
    return fail("the process does not define this escalation");
  const auto* condition = node->task.deadlines[deadline].escalations[escalation].condition;
  if (!condition) return true;
  // WS-HumanTask 1.1 §4.9: the condition is asked when the deadline has passed, which is the moment it knows.
  auto holds = condition->evaluate_boolean(TaskContext(*node, task, task.deadlines[deadline].due));
  if (!holds) return fail("its condition cannot be asked: " + holds.error().detail);
  return *holds;
}

const program::MessageType* task_output_type(const program::Program& program, program::NodeId id) {
  const auto* node = people_activity(program, id);
  return node && node->output != program::none ? &program.message_types[node->output] : nullptr;
}

runtime::PartnerAnswer TaskPartner::call(const runtime::PartnerCall& call) {
  using Kind = runtime::TransportFailure::Kind;
  auto instance = store_.instance(call.instance);
  if (!instance) return runtime::TransportFailure{Kind::unreachable, instance.error().message, true};
  auto creation = creation_of(call, *instance ? (*instance)->process : 0);
  if (!creation) return runtime::TransportFailure{Kind::invalid_answer, creation.error().message, false};
  const bool notification = creation->is_notification;
  auto task = service_.create(std::move(creation).value());
  if (!task) {
    const bool temporary = task.error().kind == FailureKind::unavailable || task.error().kind == FailureKind::conflict;
    return runtime::TransportFailure{Kind::unreachable, task.error().message, temporary};
  }
  if (notification || call.one_way) return Message{};
  return runtime::Deferred{};
}

}  // namespace echoflow::tasks

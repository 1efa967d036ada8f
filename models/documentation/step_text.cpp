#include <algorithm>

#include "models/documentation/format.hpp"
#include "models/documentation/steps.hpp"
#include "models/documentation/text.hpp"

namespace echoflow::documentation {

using graph::ActivityKind;
using graph::EventType;
using graph::GatewayKind;
using graph::NodeIndex;
using graph::RelationKind;

namespace {

Word kind_word(ActivityKind kind) {
  switch (kind) {
    case ActivityKind::task:
      return Word::kind_task;
    case ActivityKind::user_task:
      return Word::kind_user;
    case ActivityKind::manual_task:
      return Word::kind_manual;
    case ActivityKind::service_task:
      return Word::kind_service;
    case ActivityKind::send_task:
      return Word::kind_send;
    case ActivityKind::receive_task:
      return Word::kind_receive;
    case ActivityKind::script_task:
      return Word::kind_script;
    case ActivityKind::business_rule_task:
      return Word::kind_rule;
    case ActivityKind::call_activity:
    case ActivityKind::process_interface:
      return Word::kind_call;
    case ActivityKind::sub_process:
      return Word::kind_sub;
    case ActivityKind::event_sub_process:
      return Word::kind_event_sub;
    case ActivityKind::transaction:
      return Word::kind_transaction;
    case ActivityKind::ad_hoc_sub_process:
      return Word::kind_ad_hoc;
  }
  return Word::kind_task;
}

Word event_word(EventType type) {
  switch (type) {
    case EventType::message:
      return Word::event_message;
    case EventType::timer:
      return Word::event_timer;
    case EventType::error:
      return Word::event_error;
    case EventType::escalation:
      return Word::event_escalation;
    case EventType::cancel:
      return Word::event_cancel;
    case EventType::compensation:
      return Word::event_compensation;
    case EventType::conditional:
      return Word::event_conditional;
    case EventType::link:
      return Word::event_link;
    case EventType::signal:
      return Word::event_signal;
    case EventType::terminate:
      return Word::event_terminate;
  }
  return Word::event_message;
}

bool runs_by_itself(ActivityKind kind) {
  return kind == ActivityKind::service_task || kind == ActivityKind::script_task || kind == ActivityKind::send_task ||
         kind == ActivityKind::receive_task || kind == ActivityKind::business_rule_task;
}

Word gateway_word(GatewayKind kind) {
  switch (kind) {
    case GatewayKind::exclusive:
    case GatewayKind::complex:
      return Word::decision_of;
    case GatewayKind::inclusive:
      return Word::one_or_more;
    case GatewayKind::parallel:
      return Word::in_parallel;
    case GatewayKind::event_based:
      return Word::whichever_first;
  }
  return Word::decision_of;
}

std::string unquoted(std::string text) {
  if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  return text;
}

bool is_record(const graph::Data& data) {
  return data.kind == graph::DataKind::document || data.kind == graph::DataKind::store ||
         data.kind == graph::DataKind::store_reference;
}

void add_line(std::vector<std::string>& to, std::string text) {
  if (!text.empty() && std::find(to.begin(), to.end(), text) == to.end()) to.push_back(std::move(text));
}

}  // namespace

std::string StepReader::event_kind(const graph::Event& event) const {
  std::string text;
  for (const auto& definition : event.definitions) {
    if (!text.empty()) text += ", ";
    text += words_(event_word(definition.type));
  }
  return text;
}

std::string StepReader::time_text(const std::string& text) const {
  if (parse_duration(text)) return words_(Word::within, duration_text(words_, text));
  if (parse_date_time(text) || parse_date(text)) return words_(Word::until, date_text(words_, text));
  return words_(Word::expression_text, text);
}

std::string StepReader::deadline(const DeadlineNote& deadline) const {
  return words_(deadline.to_begin ? Word::begun_by : Word::done_by, time_text(deadline.time));
}

std::string StepReader::escalation(const EscalationNote& escalation) const {
  switch (escalation.act) {
    case EscalationAct::reassign:
      return words_(Word::escalate_reassign, escalation.to);
    case EscalationAct::notify:
      return words_(Word::escalate_notify, escalation.to);
    case EscalationAct::priority:
      return words_(Word::escalate_priority, escalation.to);
    case EscalationAct::event:
      return words_(Word::escalate_event);
    case EscalationAct::unknown:
      break;
  }
  return escalation.name;
}

void StepReader::add_deadlines(Step& step) const {
  for (const auto& note : deadlines_of(graph_.node(step.node))) {
    add_line(step.deadlines, deadline(note));
    std::string what;
    for (const auto& each : note.escalations) (what += what.empty() ? "" : ", ") += escalation(each);
    if (!what.empty())
      add_line(step.exceptions,
               words_(Word::late_then, words_(note.to_begin ? Word::not_begun : Word::not_done), what));
  }
}

std::string StepReader::deadline(const graph::Event& event) const {
  for (const auto& definition : event.definitions) {
    if (definition.type != EventType::timer || !definition.expression) continue;
    const std::string text = unquoted(definition.expression->text);
    if (definition.timer == graph::TimerKind::cycle) {
      const auto slash = text.rfind('/');
      return words_(Word::every, duration_text(words_, slash == std::string::npos ? text : text.substr(slash + 1)));
    }
    return time_text(text);
  }
  return "";
}

Step StepReader::describe(NodeIndex node, std::string number) const {
  Step step;
  step.node = node;
  step.number = std::move(number);
  step.anchor = "step-" + step.number;
  const auto& n = graph_.node(node);
  step.name = name(node);
  step.about = tidied(n.documentation.in(words_.language()));
  step.next = next(node);
  step.who = who(node);
  if (const auto* gateway = n.as<graph::Gateway>()) {
    step.decision = true;
    const std::string label = n.name.empty() ? "" : name(node);
    step.name = words_(gateway_word(gateway->kind), label);
    while (!step.name.empty() && (step.name.back() == ' ' || step.name.back() == ':')) step.name.pop_back();
    step.kind = "";
    step.who.clear();
  } else if (const auto* event = n.as<graph::Event>()) {
    step.kind =
        words_(event->position == graph::EventPosition::intermediate_catch ? Word::event_wait : Word::event_throw) +
        ": " + event_kind(*event);
    add_line(step.deadlines, deadline(*event));
  } else if (const auto* activity = n.as<graph::Activity>()) {
    add_activity(step, *activity);
    add_boundary(step);
    add_deadlines(step);
  }
  add_data(step);
  return step;
}

std::string StepReader::called(const std::string& id) const {
  if (auto found = graph_.definitions.find(id); found != graph_.definitions.end() && !found->second.name.empty())
    return std::string(found->second.name.in(words_.language()));
  const auto container = graph_.find_container(id);
  if (container != graph::none && !graph_.containers[container].name.empty())
    return std::string(graph_.containers[container].name.in(words_.language()));
  return id;
}

void StepReader::add_activity(Step& step, const graph::Activity& activity) const {
  step.kind = words_(kind_word(activity.kind));
  if (!activity.called.empty()) add_line(step.with_what, words_(Word::calls, called(activity.called)));
  if (activity.loop.kind == graph::LoopKind::standard)
    step.kind += ", " + (activity.loop.condition ? words_(Word::repeated, activity.loop.condition->text)
                                                 : words_(Word::repeated_until));
  else if (activity.loop.kind != graph::LoopKind::none)
    step.kind += ", " + words_(Word::for_each);
  if (step.who.empty() && runs_by_itself(activity.kind)) add_line(step.who, words_(Word::automatic));
  for (const auto& attribute : graph_.node(step.node).attributes)
    if (attribute.name.ends_with("AT_TIME_AVG_PRCS.duration"))
      add_line(step.deadlines, words_(Word::time_average, duration_text(words_, attribute.value)));
}

void StepReader::add_data(Step& step) const {
  for (std::size_t r : relations_of(step.node)) {
    const auto& relation = graph_.relations[r];
    const NodeIndex other = relation.from == step.node ? relation.to : relation.from;
    if (other == graph::none) continue;
    const auto* data = graph_.node(other).as<graph::Data>();
    if (relation.kind == RelationKind::supports && !data) add_line(step.with_what, name(other));
    if (!data) continue;
    std::string text = name(other);
    if (!data->state.empty()) text += " [" + data->state + "]";
    if (relation.kind == RelationKind::reads) add_line(step.inputs, text);
    if (relation.kind != RelationKind::writes) continue;
    add_line(step.outputs, text);
    if (is_record(*data)) add_line(step.records, text);
  }
}

void StepReader::add_boundary(Step& step) const {
  for (NodeIndex boundary : boundary_of(step.node)) {
    const auto& n = graph_.node(boundary);
    const auto* event = n.as<graph::Event>();
    if (!event) continue;
    std::string label = n.name.empty() ? event_kind(*event) : event_kind(*event) + " – " + name(boundary);
    std::string targets;
    for (graph::FlowIndex flow : graph_.outgoing(boundary)) {
      if (!targets.empty()) targets += "; ";
      targets += where(flow);
    }
    add_line(step.deadlines, deadline(*event));
    add_line(step.exceptions, targets.empty() ? label : words_(Word::branch, label, targets));
  }
}

}  // namespace echoflow::documentation

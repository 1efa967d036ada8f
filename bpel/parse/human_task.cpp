#include "bpel/parse/human_task.hpp"

#include "bpel/parse/expressions.hpp"
#include "bpel/parse/foreign.hpp"
#include "bpel/source/text.hpp"
#include "models/base/namespaces.hpp"
#include "models/cx/namespaces.hpp"
#include "models/cx/task_definition.hpp"

namespace echoflow::parse {
namespace {

template <class T>
T at(const Context& context, xml::NodeIndex node) {
  T out;
  out.origin = context.origin(node);
  return out;
}

std::string content(const Context& context, xml::NodeIndex node) {
  return std::string(source::trimmed(context.document().string_value(node)));
}

ast::LocalText read_text(const Context& context, xml::NodeIndex node) {
  auto out = at<ast::LocalText>(context, node);
  out.language = context.document().attribute(node, "lang", ns::xml).value_or("");
  out.content_type = foreign_attribute(context, node, "contentType");
  out.text = content(context, node);
  return out;
}

std::vector<ast::LocalText> read_texts(const Context& context, xml::NodeIndex node, std::string_view local) {
  std::vector<ast::LocalText> out;
  for (const auto child : foreign_children(context, node, ns::htd, local)) out.push_back(read_text(context, child));
  return out;
}

// WS-HumanTask 1.1 §4.3 Presentation Elements
ast::PresentationElements read_presentation(const Context& context, xml::NodeIndex node) {
  auto out = at<ast::PresentationElements>(context, node);
  out.names = read_texts(context, node, "name");
  out.subjects = read_texts(context, node, "subject");
  out.descriptions = read_texts(context, node, "description");
  for (const auto list : foreign_children(context, node, ns::htd, "presentationParameters"))
    for (const auto child : foreign_children(context, list, ns::htd, "presentationParameter")) {
      auto parameter = at<ast::PresentationParameter>(context, child);
      parameter.name = foreign_attribute(context, child, "name");
      parameter.value = foreign_expression(context, child);
      if (parameter.value.language.empty())
        parameter.value.language = foreign_attribute(context, list, "expressionLanguage");
      out.parameters.push_back(std::move(parameter));
    }
  return out;
}

void read_organizational_entity(const Context& context, xml::NodeIndex literal, ast::PeopleFrom& out) {
  for (const auto entity : foreign_children(context, literal, ns::htt, "organizationalEntity")) {
    for (const auto user : foreign_children(context, entity, ns::htt, "user"))
      out.users.push_back(content(context, user));
    for (const auto group : foreign_children(context, entity, ns::htt, "group"))
      out.groups.push_back(content(context, group));
  }
}

// WS-HumanTask 1.1 §3.1 People Assignment
ast::PeopleFrom read_from(const Context& context, xml::NodeIndex node) {
  auto out = at<ast::PeopleFrom>(context, node);
  const auto group = foreign_attribute(context, node, "logicalPeopleGroup");
  out.logical_group = group.substr(group.find(':') == std::string::npos ? 0 : group.find(':') + 1);
  const auto literals = foreign_children(context, node, ns::htd, "literal");
  out.has_literal = !literals.empty();
  for (const auto literal : literals) read_organizational_entity(context, literal, out);
  if (out.logical_group.empty() && !out.has_literal) out.expression = foreign_expression(context, node);
  return out;
}

ast::PeopleAssignment read_assignment(const Context& context, xml::NodeIndex node) {
  auto out = at<ast::PeopleAssignment>(context, node);
  out.role = context.document().local_name(node);
  for (const auto from : foreign_children(context, node, ns::htd, "from")) out.from.push_back(read_from(context, from));
  return out;
}

std::vector<ast::PeopleAssignment> read_people(const Context& context, xml::NodeIndex node) {
  std::vector<ast::PeopleAssignment> out;
  for (const auto people : foreign_children(context, node, ns::htd, "peopleAssignments"))
    for (const auto role : cx::human_roles)
      for (const auto child : foreign_children(context, people, ns::htd, cx::to_string(role)))
        out.push_back(read_assignment(context, child));
  return out;
}

void read_base(const Context& context, xml::NodeIndex node, ast::HumanTaskBase& out) {
  out.name = foreign_attribute(context, node, "name");
  for (const auto child : foreign_children(context, node, ns::htd, "interface")) {
    out.port_type = context.document().resolve_qname(child, foreign_attribute(context, child, "portType"));
    out.operation = foreign_attribute(context, child, "operation");
  }
  out.priority = foreign_child_expression(context, node, ns::htd, "priority");
  for (const auto child : foreign_children(context, node, ns::htd, "presentationElements"))
    out.presentation = read_presentation(context, child);
  out.people = read_people(context, node);
}

// WS-HumanTask 1.1 §4.6 Timeouts and Escalations
ast::Escalation read_escalation(const Context& context, xml::NodeIndex node) {
  auto out = at<ast::Escalation>(context, node);
  out.name = foreign_attribute(context, node, "name");
  out.condition = foreign_child_expression(context, node, ns::htd, "condition");
  for (const auto child : foreign_children(context, node, ns::htd, "notification")) {
    out.notifications.push_back(at<ast::Notification>(context, child));
    read_base(context, child, out.notifications.back());
  }
  for (const auto child : foreign_children(context, node, ns::htd, "localNotification"))
    out.notification_references.push_back(foreign_attribute(context, child, "reference"));
  for (const auto child : foreign_children(context, node, ns::htd, "reassignment"))
    for (const auto owners : foreign_children(context, child, ns::htd, "potentialOwners"))
      out.reassignments.push_back(read_assignment(context, owners));
  for (const auto child : foreign_children(context, node, ns::cx, "raisePriority")) {
    auto raise = at<ast::Escalation::RaisePriority>(context, child);
    raise.by = foreign_attribute(context, child, "by");
    raise.to = foreign_attribute(context, child, "to");
    out.raises.push_back(std::move(raise));
  }
  for (const auto child : foreign_children(context, node, ns::cx, "taskEvent"))
    out.task_events.push_back(at<ast::Element>(context, child));
  return out;
}

ast::TaskDeadline read_deadline(const Context& context, xml::NodeIndex node, bool is_start) {
  auto out = at<ast::TaskDeadline>(context, node);
  out.is_start = is_start;
  out.name = foreign_attribute(context, node, "name");
  out.calendar = context.document().attribute(node, "calendar", ns::cx).value_or("");
  out.for_ = foreign_child_expression(context, node, ns::htd, "for");
  out.until = foreign_child_expression(context, node, ns::htd, "until");
  for (const auto child : foreign_children(context, node, ns::htd, "escalation"))
    out.escalations.push_back(read_escalation(context, child));
  return out;
}

ast::Routing read_routing(const Context& context, xml::NodeIndex node) {
  auto out = at<ast::Routing>(context, node);
  out.queue = foreign_attribute(context, node, "queue");
  out.capacity = foreign_attribute(context, node, "capacity");
  out.calendar = foreign_attribute(context, node, "calendar");
  for (const auto child : foreign_children(context, node, ns::cx, "skill")) {
    auto skill = at<ast::Skill>(context, child);
    skill.name = foreign_attribute(context, child, "name");
    skill.level = foreign_attribute(context, child, "level");
    skill.required = foreign_yes_no(context, child, "required");
    out.skills.push_back(std::move(skill));
  }
  return out;
}

ast::TaskContext read_task_context(const Context& context, xml::NodeIndex node) {
  auto out = at<ast::TaskContext>(context, node);
  out.customer = attribute_expression(context, node, "customer");
  out.case_id = attribute_expression(context, node, "case");
  out.feedback = attribute_expression(context, node, "feedback");
  out.channel = attribute_expression(context, node, "channel");
  out.language = attribute_expression(context, node, "language");
  return out;
}

void read_extensions_of_task(const Context& context, xml::NodeIndex node, ast::HumanTask& out) {
  for (const auto child : foreign_children(context, node, ns::cx, "outcome")) {
    auto outcome = at<ast::TaskOutcome>(context, child);
    outcome.name = foreign_attribute(context, child, "name");
    for (const auto label : foreign_children(context, child, ns::cx, "label"))
      outcome.labels.push_back(read_text(context, label));
    out.outcomes.push_back(std::move(outcome));
  }
  for (const auto child : foreign_children(context, node, ns::cx, "routing"))
    out.routing = read_routing(context, child);
  for (const auto child : foreign_children(context, node, ns::cx, "context"))
    out.context = read_task_context(context, child);
}

}  // namespace

// WS-HumanTask 1.1 §4 Tasks, §5 Notifications
ast::HumanTask read_human_task(const Context& context, xml::NodeIndex node) {
  auto out = at<ast::HumanTask>(context, node);
  out.is_notification = context.document().local_name(node) == "notification";
  read_base(context, node, out);
  out.actual_owner_required = foreign_yes_no(context, node, "actualOwnerRequired");
  for (const auto child : foreign_children(context, node, ns::htd, "delegation")) {
    out.delegation = foreign_attribute(context, child, "potentialDelegatees");
    for (const auto from : foreign_children(context, child, ns::htd, "from"))
      out.delegates.push_back(read_from(context, from));
  }
  for (const auto list : foreign_children(context, node, ns::htd, "deadlines")) {
    for (const auto child : foreign_children(context, list, ns::htd, "startDeadline"))
      out.deadlines.push_back(read_deadline(context, child, true));
    for (const auto child : foreign_children(context, list, ns::htd, "completionDeadline"))
      out.deadlines.push_back(read_deadline(context, child, false));
  }
  read_extensions_of_task(context, node, out);
  return out;
}

// WS-BPEL4People 1.1 §5.2 Local Task
ast::TaskReference read_task_reference(const Context& context, xml::NodeIndex node) {
  auto out = at<ast::TaskReference>(context, node);
  out.reference = foreign_attribute(context, node, "reference");
  out.is_notification = context.document().local_name(node) == "localNotification";
  out.priority = foreign_child_expression(context, node, ns::htd, "priority");
  out.people = read_people(context, node);
  return out;
}

// WS-BPEL4People 1.1 §3 Human Interactions
std::vector<ast::HumanTask> read_human_interactions(const Context& context, xml::NodeIndex node) {
  std::vector<ast::HumanTask> out;
  for (const auto list : foreign_children(context, node, ns::htd, "tasks"))
    for (const auto child : foreign_children(context, list, ns::htd, "task"))
      out.push_back(read_human_task(context, child));
  for (const auto list : foreign_children(context, node, ns::htd, "notifications"))
    for (const auto child : foreign_children(context, list, ns::htd, "notification"))
      out.push_back(read_human_task(context, child));
  return out;
}

ast::Kpi read_kpi(const Context& context, xml::NodeIndex node) {
  auto out = at<ast::Kpi>(context, node);
  const std::pair<std::string_view, std::string ast::Kpi::*> attributes[] = {{"name", &ast::Kpi::name},
                                                                             {"title", &ast::Kpi::title},
                                                                             {"kind", &ast::Kpi::kind},
                                                                             {"measure", &ast::Kpi::measure},
                                                                             {"from", &ast::Kpi::from},
                                                                             {"to", &ast::Kpi::to},
                                                                             {"fromMoment", &ast::Kpi::from_moment},
                                                                             {"toMoment", &ast::Kpi::to_moment},
                                                                             {"of", &ast::Kpi::of},
                                                                             {"builtIn", &ast::Kpi::built_in},
                                                                             {"aggregate", &ast::Kpi::aggregate},
                                                                             {"percentile", &ast::Kpi::percentile},
                                                                             {"window", &ast::Kpi::window},
                                                                             {"last", &ast::Kpi::last},
                                                                             {"period", &ast::Kpi::period},
                                                                             {"groupBy", &ast::Kpi::group_by},
                                                                             {"calendar", &ast::Kpi::calendar},
                                                                             {"unit", &ast::Kpi::unit},
                                                                             {"direction", &ast::Kpi::direction},
                                                                             {"target", &ast::Kpi::target},
                                                                             {"warning", &ast::Kpi::warning},
                                                                             {"critical", &ast::Kpi::critical},
                                                                             {"hysteresis", &ast::Kpi::hysteresis},
                                                                             {"leastValues", &ast::Kpi::least_values}};
  for (const auto& [name, member] : attributes) out.*member = foreign_attribute(context, node, name);
  return out;
}

}  // namespace echoflow::parse

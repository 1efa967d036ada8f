#include "bpel/compile/human_tasks.hpp"

#include <algorithm>
#include <charconv>

#include "bpel/ast/find_task.hpp"

namespace echoflow::compile {
namespace {

template <class T>
T number(const std::string& text, T otherwise) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

std::vector<cx::LocalText> texts(const std::vector<ast::LocalText>& sources) {
  std::vector<cx::LocalText> out;
  for (const auto& text : sources)
    out.push_back({text.language, text.text, text.content_type.empty() ? "text/plain" : text.content_type});
  return out;
}

/// Compiles where the people activity stands, so that its variables can be read.
class TaskCompiler {
 public:
  TaskCompiler(Compiler& compiler, const Place& place) : compiler_(compiler), place_(place) {}

  cx::TaskDefinition task(const ast::HumanTask& source, const ast::TaskReference* over) {
    cx::TaskDefinition out;
    out.name = source.name;
    out.where = source.origin.where;
    out.is_notification = source.is_notification;
    out.actual_owner_required = source.actual_owner_required != ast::YesNo::no;
    out.priority = expression(over != nullptr && over->priority ? over->priority : source.priority);
    out.presentation = presentation(source.presentation);
    out.people = people(source.people, over);
    out.delegation = delegation(source.delegation);
    out.delegates = sources(source.delegates);
    for (const auto& outcome : source.outcomes) out.outcomes.push_back({outcome.name, texts(outcome.labels)});
    if (source.routing) routing(*source.routing, out);
    if (source.context) context(*source.context, out);
    for (const auto& deadline : source.deadlines) out.deadlines.push_back(this->deadline(deadline));
    return out;
  }

 private:
  const program::Expression* expression(const std::optional<ast::Expression>& source) {
    return compiler_.expression(source, place_);
  }
  cx::Presentation presentation(const std::optional<ast::PresentationElements>& source) {
    cx::Presentation out;
    if (!source) return out;
    out.names = texts(source->names);
    out.subjects = texts(source->subjects);
    out.descriptions = texts(source->descriptions);
    for (const auto& parameter : source->parameters)
      out.parameters.push_back({parameter.name, compiler_.expression(parameter.value, place_)});
    return out;
  }
  std::vector<cx::PeopleSource> sources(const std::vector<ast::PeopleFrom>& list) {
    std::vector<cx::PeopleSource> out;
    for (const auto& from : list)
      out.push_back({from.users, from.groups, from.logical_group, expression(from.expression)});
    return out;
  }
  static std::optional<cx::HumanRole> role_of(const std::string& name) {
    for (const auto role : cx::human_roles)
      if (cx::to_string(role) == name) return role;
    return std::nullopt;
  }
  // WS-BPEL4People 1.1 §5.2: a role that the reference assigns replaces the task's own.
  std::vector<cx::PeopleAssignment> people(const std::vector<ast::PeopleAssignment>& own,
                                           const ast::TaskReference* over) {
    std::vector<cx::PeopleAssignment> out;
    const auto add = [&](const ast::PeopleAssignment& assignment) {
      if (const auto role = role_of(assignment.role)) out.push_back({*role, sources(assignment.from)});
    };
    const auto replaced = [&](const std::string& role) {
      return over != nullptr && std::any_of(over->people.begin(), over->people.end(),
                                            [&](const auto& assignment) { return assignment.role == role; });
    };
    for (const auto& assignment : own)
      if (!replaced(assignment.role)) add(assignment);
    if (over != nullptr)
      for (const auto& assignment : over->people) add(assignment);
    return out;
  }
  static cx::Delegation delegation(const std::string& text) {
    if (text == "anybody") return cx::Delegation::anybody;
    if (text == "nobody") return cx::Delegation::nobody;
    if (text == "potentialOwners") return cx::Delegation::potential_owners;
    return text == "other" ? cx::Delegation::other : cx::Delegation::unset;
  }
  static void routing(const ast::Routing& source, cx::TaskDefinition& out) {
    out.queue = source.queue;
    out.calendar = source.calendar;
    out.capacity = number<std::uint32_t>(source.capacity, 100);
    for (const auto& skill : source.skills)
      out.skills.push_back({skill.name, number<std::uint32_t>(skill.level, 1), skill.required != ast::YesNo::no});
  }
  void context(const ast::TaskContext& source, cx::TaskDefinition& out) {
    out.customer = expression(source.customer);
    out.case_id = expression(source.case_id);
    out.feedback = expression(source.feedback);
    out.channel = expression(source.channel);
    out.language = expression(source.language);
  }
  cx::Notification notification(const ast::HumanTaskBase& source) {
    return {source.name, expression(source.priority), presentation(source.presentation),
            people(source.people, nullptr)};
  }
  cx::EscalationAction action(const ast::Escalation& source) {
    if (!source.notifications.empty()) return notification(source.notifications.front());
    if (!source.notification_references.empty())
      if (const auto* found = ast::find_task(compiler_.source.process, source.notification_references.front(), true))
        return notification(*found);
    if (!source.reassignments.empty()) return cx::Reassignment{sources(source.reassignments.front().from)};
    if (!source.raises.empty()) {
      const auto& raise = source.raises.front();
      cx::RaisePriority out{number<std::int32_t>(raise.by, 1), std::nullopt};
      if (!raise.to.empty()) out.to = number<std::int32_t>(raise.to, 0);
      return out;
    }
    return cx::ThrowTaskEvent{};
  }
  cx::TaskDeadline deadline(const ast::TaskDeadline& source) {
    cx::TaskDeadline out;
    out.kind = source.is_start ? cx::DeadlineKind::start : cx::DeadlineKind::completion;
    out.name = source.name;
    out.calendar = source.calendar;
    out.for_ = expression(source.for_);
    out.until = expression(source.until);
    for (const auto& escalation : source.escalations)
      out.escalations.push_back(
          {escalation.name, expression(escalation.condition), action(escalation), escalation.origin.where});
    return out;
  }

  Compiler& compiler_;
  const Place& place_;
};

}  // namespace

cx::TaskDefinition compile_task(Compiler& compiler, const ast::HumanTask& source, const ast::TaskReference* over,
                                const Place& place) {
  return TaskCompiler(compiler, place).task(source, over);
}

}  // namespace echoflow::compile

#include "bpel/rules/cx_activities.hpp"

namespace echoflow::rules {
namespace {

const ast::InboundFilter& filter_of(const MessageActivity& activity) {
  static const ast::InboundFilter none;
  switch (activity.kind) {
    case MessageActivityKind::receive:
      return static_cast<const ast::Receive*>(activity.element)->message.filter;
    case MessageActivityKind::on_message:
      return static_cast<const ast::OnMessage*>(activity.element)->filter;
    case MessageActivityKind::on_event:
      return static_cast<const ast::OnEvent*>(activity.element)->filter;
    case MessageActivityKind::reply:
    case MessageActivityKind::invoke:
      return none;
  }
  return none;
}

}  // namespace

void for_each_filter(const RuleContext& context,
                     const std::function<void(const MessageActivity&, const ast::InboundFilter&)>& visit) {
  for (const auto& activity : context.model.message_activities()) {
    const auto& filter = filter_of(activity);
    if (filter.when || filter.channels) visit(activity, filter);
  }
}

void for_each_people_activity(const RuleContext& context,
                              const std::function<void(const ast::PeopleActivity&, const Site&)>& visit) {
  for (const auto& site : context.model.sites())
    if (site.is(ast::ActivityKind::people_activity))
      visit(static_cast<const ast::PeopleActivity&>(*site.activity), site);
}

void for_each_task(const RuleContext& context, const std::function<void(const ast::HumanTask&)>& visit) {
  for (const auto& task : context.loaded.process.tasks) visit(task);
  for_each_people_activity(context, [&](const ast::PeopleActivity& activity, const Site&) {
    for (const auto& task : activity.tasks) visit(task);
  });
}

void for_each_escalation(const RuleContext& context, const std::function<void(const ast::Escalation&)>& visit) {
  for_each_task(context, [&](const ast::HumanTask& task) {
    for (const auto& deadline : task.deadlines)
      for (const auto& escalation : deadline.escalations) visit(escalation);
  });
}

}  // namespace echoflow::rules

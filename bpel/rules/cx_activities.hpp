#pragma once
#include <functional>

#include "bpel/rules/rule.hpp"

/// What the rules CX00006 … go through.
namespace echoflow::rules {

/// Every receive, onMessage and onEvent that has cx:when or cx:channels.
void for_each_filter(const RuleContext& context,
                     const std::function<void(const MessageActivity&, const ast::InboundFilter&)>& visit);
void for_each_people_activity(const RuleContext& context,
                              const std::function<void(const ast::PeopleActivity&, const Site&)>& visit);
/// The tasks and notifications of <b4p:humanInteractions>, and those that stand in people activities.
void for_each_task(const RuleContext& context, const std::function<void(const ast::HumanTask&)>& visit);
void for_each_escalation(const RuleContext& context, const std::function<void(const ast::Escalation&)>& visit);

}  // namespace echoflow::rules

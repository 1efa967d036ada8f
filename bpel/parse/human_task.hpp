#pragma once
#include "bpel/parse/context.hpp"

/// Human tasks of WS-HumanTask 1.1 and WS-BPEL4People 1.1.
namespace echoflow::parse {

/// <htd:task> or <htd:notification>
ast::HumanTask read_human_task(const Context& context, xml::NodeIndex node);
/// <b4p:localTask> or <b4p:localNotification>
ast::TaskReference read_task_reference(const Context& context, xml::NodeIndex node);
/// Tasks and notifications of <b4p:humanInteractions>
std::vector<ast::HumanTask> read_human_interactions(const Context& context, xml::NodeIndex node);
/// <cx:kpi>
ast::Kpi read_kpi(const Context& context, xml::NodeIndex node);

}  // namespace echoflow::parse

#pragma once
#include "bpel/compile/compiler.hpp"

/// Human tasks and KPIs into their definitions.
namespace echoflow::compile {

/// The task as it is asked for at `place`; `over` may replace its priority and people, or is null.
cx::TaskDefinition compile_task(Compiler& compiler, const ast::HumanTask& source, const ast::TaskReference* over,
                                const Place& place);

/// Call it when all activities are known.
cx::KpiDefinition compile_kpi(Compiler& compiler, const ast::Kpi& source);

/// cx:when and cx:channels of an inbound activity; nullopt when it has neither.
std::optional<program::InboundFilter> compile_filter(Compiler& compiler, const ast::InboundFilter& source,
                                                     program::MessageTypeId message);

}  // namespace echoflow::compile

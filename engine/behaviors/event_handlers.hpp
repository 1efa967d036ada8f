#pragma once
#include "engine/core/step_context.hpp"

/// WS-BPEL 2.0 §12.7: event handlers.
namespace echoflow::engine::event_handlers {

/// Opens the subscriptions and alarms of a scope. False when that raised a fault.
bool enable(StepContext& context, ActivityId scope);
/// No new events; handlers that run go on.
void disable(StepContext& context, ActivityId scope);

void message_arrived(StepContext& context, ActivityId scope, std::uint32_t branch, const Message& message,
                     ExchangeId exchange);
void alarm_fired(StepContext& context, ActivityId scope, const instances::Timer& timer);

}  // namespace echoflow::engine::event_handlers

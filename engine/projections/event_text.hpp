#pragma once
#include "engine/core/batch.hpp"
#include "engine/projections/history.hpp"
#include "engine/state/state_view.hpp"
#include "models/records/events.hpp"

/// Events as people read them.
namespace echoflow::engine {

/// `state`: as it is before the event. The view's seq and time are left to the caller.
#define ECHOFLOW_EVENT(enumerator, Type) \
  EventView describe(const program::Program& program, const InstanceState& state, const records::Type& event);
#include "models/records/events.def"

}  // namespace echoflow::engine

#pragma once
#include "models/instances/instance_state.hpp"
#include "models/program/program.hpp"
#include "models/records/events.hpp"

/// The only functions that change an instance's state: one for each event. They decide nothing and never fail, so that
/// a journal folds to the same state for ever.
namespace echoflow::engine {

#define ECHOFLOW_EVENT(enumerator, Type) \
  void apply(const program::Program& program, instances::InstanceState& state, const records::Type& event);
#include "models/records/events.def"

}  // namespace echoflow::engine

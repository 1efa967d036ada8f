#pragma once
#include "engine/core/step_context.hpp"

/// WS-BPEL 2.0 §9: correlation sets.
namespace echoflow::engine::correlations {

struct SetRef {
  ActivityId scope = 0;  ///< the scope instance that owns the set; 0: none is alive yet (an event handler's own set)
  const instances::CorrelationValue* value = nullptr;
  bool initiated() const { return value != nullptr && value->initiated; }
};
SetRef find_set(const StepContext& context, ActivityId names, program::CorrelationSetId set);

/// Before waiting: a set that must be initiated is.
std::optional<Fault> check_initiated(const StepContext& context, ActivityId names,
                                     const std::vector<program::Correlation>& list);

/// The key under which an inbound activity waits.
std::string key_of(const StepContext& context, ActivityId names, const program::Inbound& inbound);

/// True when the message agrees with every set that is in force.
bool matches(const StepContext& context, ActivityId names, const std::vector<program::Correlation>& list,
             const Message& message);

/// A message comes or goes: checks the sets and initiates those that are to be.
std::optional<Fault> apply_to_message(StepContext& context, ActivityId names,
                                      const std::vector<program::Correlation>& list, const Message& message);

}  // namespace echoflow::engine::correlations

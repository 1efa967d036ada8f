#pragma once
#include <algorithm>

#include "engine/core/step_context.hpp"

/// What invoke and people activity share: a call that is being answered by the world.
namespace echoflow::engine::partner_calls {

/// Takes a call back: its activity ends before the answer came.
inline void abandon(StepContext& context, const Activity& activity) {
  auto& requested = context.batch().invokes;
  auto mine = std::find_if(requested.begin(), requested.end(),
                           [&](const InvokeRequested& invoke) { return invoke.activity == activity.id; });
  // What was asked for in this turn has not left yet.
  if (mine != requested.end())
    requested.erase(mine);
  else if (!activity.failed)
    context.batch().invokes_abandoned.push_back({activity.id});
  if (activity.failed) context.batch().incidents_resolved.push_back({activity.id});
}

}  // namespace echoflow::engine::partner_calls

#pragma once
#include "engine/activities/behavior.hpp"

namespace echoflow::engine::loop {

/// Loops alone can make a turn endless. One that begins another iteration when the turn has had its share gives way: it
/// waits for a timer that is due at once, so that the host can do other work between. True when it did.
inline bool give_way(StepContext& context, const Activity& activity) {
  if (context.activities() < context.turn().activity_limit) return false;
  context.schedule_timer(activity.id, 0, context.turn().now);
  return true;
}

}  // namespace echoflow::engine::loop

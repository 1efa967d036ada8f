#include "engine/activities/behavior.hpp"

namespace echoflow::engine {

const ActivityBehavior& behavior_for(program::ActivityKind kind) {
  switch (kind) {
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) \
  case program::ActivityKind::enumerator:            \
    return enumerator##_behavior();
#include "models/program/activity_kinds.def"
  }
  return empty_behavior();
}

}  // namespace echoflow::engine

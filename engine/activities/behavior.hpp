#pragma once
#include "engine/behaviors/completion.hpp"
#include "engine/behaviors/evaluation.hpp"
#include "engine/behaviors/faults.hpp"
#include "engine/core/step_context.hpp"

/// What each kind of activity does. Immutable and without state: all state is the instance's.
namespace echoflow::engine {

class ActivityBehavior {
 public:
  virtual ~ActivityBehavior() = default;
  /// The activity begins: its links allow it.
  virtual void start(StepContext& context, const Activity& activity) const = 0;
  /// A child ended (never told to one that is being terminated).
  virtual void child_ended(StepContext&, const Activity&, const ChildEnded&) const {}
  virtual void message_arrived(StepContext&, const Activity&, std::uint32_t, const Message&, ExchangeId) const {}
  virtual void timer_fired(StepContext&, const Activity&, const instances::Timer&) const {}
  virtual void answered(StepContext&, const Activity&, const Message&) const {}
  /// An operator lets a failed activity try again.
  virtual void retry(StepContext&, const Activity&) const {}
  /// Takes back what the activity itself asked of the world; its children are ended by others.
  virtual void cancel(StepContext&, const Activity&) const {}
};

const ActivityBehavior& behavior_for(program::ActivityKind kind);

// One for each activity, in its own file; a missing one does not link.
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) const ActivityBehavior& enumerator##_behavior();
#include "models/program/activity_kinds.def"

/// The activity's definition as its own type.
template <class T>
const T& definition(const StepContext& context, const Activity& activity) {
  return context.program().as<T>(activity.node);
}

}  // namespace echoflow::engine

#include "engine/activities/behavior.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §10.9: an extension that is not understood, and need not be, behaves as empty.
class ExtensionActivityBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override { completion::complete(context, activity); }
};

}  // namespace

const ActivityBehavior& extension_activity_behavior() {
  static const ExtensionActivityBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

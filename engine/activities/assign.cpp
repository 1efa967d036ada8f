#include "engine/activities/behavior.hpp"
#include "engine/behaviors/copies.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §8.4: all copies or none.
class AssignBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    const auto& node = definition<program::Assign>(context, activity);
    copies::Copier copier(context, activity.scope);
    for (const auto& copy : node.copies)
      if (auto fault = copier.copy(copy)) return faults::raise(context, activity.id, std::move(*fault));
    if (node.validate)
      if (auto fault = copier.validate()) return faults::raise(context, activity.id, std::move(*fault));
    if (auto fault = copier.commit()) return faults::raise(context, activity.id, std::move(*fault));
    completion::complete(context, activity);
  }
};

}  // namespace

const ActivityBehavior& assign_behavior() {
  static const AssignBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

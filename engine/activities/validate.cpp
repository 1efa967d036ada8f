#include <algorithm>

#include "engine/activities/behavior.hpp"
#include "engine/behaviors/copies.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §8.1.
class ValidateBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    for (auto variable : definition<program::Validate>(context, activity).variables) {
      const Parts* parts = find_variable(context.program(), context.state(), activity.scope, variable);
      const bool has_value = parts != nullptr && std::find(parts->begin(), parts->end(), nullptr) == parts->end();
      const auto& type = context.program().message_types[context.program().variables[variable].type];
      if (!has_value || parts->size() < type.parts.size())
        return faults::raise(
            context, activity.id,
            standard_fault("uninitializedVariable",
                           "Variable " + context.program().variables[variable].name + " has no value to validate."));
      if (auto fault = copies::validate_variable(context.program(), variable, *parts))
        return faults::raise(context, activity.id, std::move(*fault));
    }
    completion::complete(context, activity);
  }
};

}  // namespace

const ActivityBehavior& validate_behavior() {
  static const ValidateBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

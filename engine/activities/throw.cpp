#include <algorithm>

#include "engine/activities/behavior.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §10.6.
class ThrowBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    const auto& node = definition<program::Throw>(context, activity);
    Fault fault{node.fault_name, {}, {}, "Thrown by " + node.element_id + "."};
    if (node.fault_variable != program::none) {
      const auto& declared = context.program().variables[node.fault_variable];
      const Parts* parts = find_variable(context.program(), context.state(), activity.scope, node.fault_variable);
      const auto& type = context.program().message_types[declared.type];
      const bool has_value = parts != nullptr && parts->size() >= type.parts.size() &&
                             std::find(parts->begin(), parts->end(), nullptr) == parts->end();
      if (!has_value)
        return faults::raise(
            context, activity.id,
            standard_fault("uninitializedVariable", "Fault variable " + declared.name + " has no value to throw."));
      if (declared.is_message) fault.message_type = type.name;
      fault.parts = *parts;
    }
    faults::raise(context, activity.id, std::move(fault));
  }
};

}  // namespace

const ActivityBehavior& throw__behavior() {
  static const ThrowBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

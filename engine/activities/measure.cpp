#include <cmath>

#include "engine/activities/behavior.hpp"
#include "models/base/number_text.hpp"

namespace echoflow::engine {
namespace {

/// <cx:measure>: the journal keeps the value; who counts KPIs reads it there.
class MeasureBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    const auto& node = definition<program::Measure>(context, activity);
    const auto evaluation = evaluation_for(context, activity);
    auto value = node.value->evaluate_number(evaluation);
    if (!value) return faults::raise(context, activity.id, std::move(value.error()));
    if (!std::isfinite(*value))
      return faults::raise(context, activity.id,
                           standard_fault("invalidExpressionValue", "The value " + node.value->text() + " of KPI " +
                                                                        node.kpi + " is no number."));
    std::string group;
    if (node.group != nullptr) {
      auto text = node.group->evaluate_string(evaluation);
      if (!text) return faults::raise(context, activity.id, std::move(text.error()));
      group = std::move(*text);
    }
    context.emit(records::Measured{activity.id, node.kpi, number_text(*value), std::move(group)});
    completion::complete(context, activity);
  }
};

}  // namespace

const ActivityBehavior& measure_behavior() {
  static const MeasureBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

#include "engine/activities/behavior.hpp"
#include "engine/behaviors/links.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §11.2: the first branch whose condition holds; links out of the others are dead.
class IfBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& activity) const override {
    const auto& branches = definition<program::If>(context, activity).branches;
    std::size_t chosen = branches.size();
    for (std::size_t i = 0; i < branches.size() && chosen == branches.size(); ++i) {
      if (branches[i].condition != nullptr) {
        auto holds = branches[i].condition->evaluate_boolean(evaluation_for(context, activity));
        if (!holds) return faults::raise(context, activity.id, std::move(holds.error()));
        if (!*holds) continue;
      }
      chosen = i;
    }
    const ActivityId id = activity.id;
    for (std::size_t i = 0; i < branches.size(); ++i)
      if (i != chosen) links::set_dead(context, *context.find(id), branches[i].activity);
    if (chosen < branches.size())
      context.start_child(*context.find(id), branches[chosen].activity, static_cast<instances::Slot>(chosen));
    else
      completion::complete(context, *context.find(id));
  }
  void child_ended(StepContext& context, const Activity& activity, const ChildEnded&) const override {
    completion::complete(context, activity);
  }
};

}  // namespace

const ActivityBehavior& if__behavior() {
  static const IfBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

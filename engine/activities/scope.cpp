#include "engine/activities/behavior.hpp"
#include "engine/behaviors/compensation.hpp"
#include "engine/behaviors/copies.hpp"
#include "engine/behaviors/event_handlers.hpp"
#include "engine/behaviors/isolation.hpp"
#include "engine/behaviors/messages.hpp"

namespace echoflow::engine {
namespace {

// WS-BPEL 2.0 §12.
class ScopeBehavior : public ActivityBehavior {
  void start(StepContext& context, const Activity& scope) const override {
    const ActivityId id = scope.id;
    if (scope.scope_data->phase != ScopePhase::created && scope.scope_data->phase != ScopePhase::compensating) return;
    if (!isolation::acquire(context, id)) return;
    if (scope.scope_data->phase == ScopePhase::compensating) return compensation::run_handler(context, id);
    const auto& node = definition<program::Scope>(context, scope);
    if (auto fault = initialize(context, scope))
      return faults::fail_scope(
          context, id,
          standard_fault("scopeInitializationFailure",
                         node.element_id + " cannot begin: " + fault->name.local + ": " + fault->detail));
    context.emit(records::ScopePhaseChanged{id, ScopePhase::running});
    // WS-BPEL 2.0 §12.1: around a start activity event handlers wait for it.
    if (!messages::awaits_start(context, node.id) && !event_handlers::enable(context, id)) return;
    context.start_child(*context.find(id), node.activity, instances::scope_slot(ScopeChild::body));
  }
  void child_ended(StepContext& context, const Activity& scope, const ChildEnded& ended) const override {
    completion::scope_child_ended(context, scope, ended);
  }
  void message_arrived(StepContext& context, const Activity& scope, std::uint32_t branch, const Message& message,
                       ExchangeId exchange) const override {
    event_handlers::message_arrived(context, scope.id, branch, message, exchange);
  }
  void timer_fired(StepContext& context, const Activity& scope, const instances::Timer& timer) const override {
    event_handlers::alarm_fired(context, scope.id, timer);
  }
  /// WS-BPEL 2.0 §8.1: each variable may use the ones before it.
  static std::optional<Fault> initialize(StepContext& context, const Activity& scope) {
    for (const auto& initializer : definition<program::Scope>(context, scope).initializers) {
      copies::Copier copier(context, scope.id);
      if (auto fault = copier.copy(initializer.copy)) return fault;
      if (auto fault = copier.commit()) return fault;
    }
    return std::nullopt;
  }
};

}  // namespace

const ActivityBehavior& scope_behavior() {
  static const ScopeBehavior behavior;
  return behavior;
}

}  // namespace echoflow::engine

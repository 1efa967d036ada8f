#include "engine/core/lifecycle.hpp"

#include <set>

#include "engine/activities/behavior.hpp"

namespace echoflow::engine::lifecycle {

using instances::Stage;
using program::ActivityKind;

namespace {

/// Which commands are an operator's: they also reach a suspended instance.
template <class C>
constexpr bool is_operators = std::is_same_v<C, Suspend> || std::is_same_v<C, Resume> || std::is_same_v<C, Terminate> ||
                              std::is_same_v<C, RetryActivity> || std::is_same_v<C, SkipActivity> ||
                              std::is_same_v<C, FaultActivity> || std::is_same_v<C, SetVariable>;

using Check = std::optional<Refusal>;

Check check_failed(const StepContext& context, ActivityId id) {
  const Activity* activity = context.find(id);
  if (activity == nullptr)
    return Refusal{"unknown-activity", "Activity " + std::to_string(id) + " does not run (any more)."};
  if (!activity->failed)
    return Refusal{"not-failed", "Activity " + std::to_string(id) +
                                     " has not failed; only failed ones can be retried, skipped or faulted."};
  return std::nullopt;
}

bool calls_partner(ActivityKind kind) {
  return kind == ActivityKind::invoke || kind == ActivityKind::people_activity;
}

Check check_invoke(const StepContext& context, ActivityId id) {
  const Activity* activity = context.find(id);
  const bool waits =
      activity != nullptr && !activity->joining && !activity->failed && calls_partner(context.node_of(*activity).kind);
  if (waits) return std::nullopt;
  return Refusal{"not-waiting", "Activity " + std::to_string(id) + " does not wait for a partner's answer (any more)."};
}

Check allows(const StepContext& context, const DeliverMessage& command) {
  if (context.state().subscriptions.contains({command.activity, command.branch})) return std::nullopt;
  return Refusal{"not-waiting",
                 "Activity " + std::to_string(command.activity) + " does not wait for a message (any more)."};
}
Check allows(const StepContext& context, const FireTimer& command) {
  if (context.state().timers.contains(command.timer)) return std::nullopt;
  return Refusal{"not-waiting", "Timer " + std::to_string(command.timer) + " is not set (any more)."};
}
Check allows(const StepContext& context, const CompleteInvoke& command) {
  return check_invoke(context, command.activity);
}
Check allows(const StepContext& context, const FailInvoke& command) {
  return check_invoke(context, command.activity);
}
Check allows(const StepContext& context, const Suspend&) {
  if (!context.state().suspended) return std::nullopt;
  return Refusal{"suspended", "The instance is suspended already."};
}
Check allows(const StepContext& context, const Resume&) {
  if (context.state().suspended) return std::nullopt;
  return Refusal{"not-suspended", "The instance is not suspended."};
}
Check allows(const StepContext&, const Terminate&) {
  return std::nullopt;
}
Check allows(const StepContext&, const StartInstance&) {
  return Refusal{"not-waiting", "The instance has been started already."};
}
Check allows(const StepContext& context, const RetryActivity& command) {
  return check_failed(context, command.activity);
}
Check allows(const StepContext& context, const SkipActivity& command) {
  return check_failed(context, command.activity);
}
Check allows(const StepContext& context, const FaultActivity& command) {
  return check_failed(context, command.activity);
}
Check allows(const StepContext& context, const SetVariable& command) {
  const Activity* scope = context.find(command.scope == 0 ? 1 : command.scope);
  const bool known = scope != nullptr && scope->scope_data && command.variable < context.program().variables.size() &&
                     variable_in(context.program(), *scope, command.variable) != nullptr;
  if (known) return std::nullopt;
  return Refusal{"unknown-variable", "There is no such variable in scope " + std::to_string(command.scope) + "."};
}

void withdraw_subscriptions(StepContext& context) {
  auto& batch = context.batch();
  std::set<std::pair<ActivityId, std::uint32_t>> opened_now;
  for (const auto& opened : batch.subscriptions_opened) opened_now.insert({opened.activity, opened.branch});
  for (const auto& [id, subscription] : context.state().subscriptions)
    if (!opened_now.contains(id)) batch.subscriptions_closed.push_back({id.first, id.second});
  batch.subscriptions_opened.clear();
}

void withdraw_timers(StepContext& context) {
  auto& batch = context.batch();
  std::set<std::uint32_t> scheduled_now;
  for (const auto& scheduled : batch.timers_scheduled) scheduled_now.insert(scheduled.timer);
  for (const auto& [id, timer] : context.state().timers)
    if (!scheduled_now.contains(id)) batch.timers_cancelled.push_back({id});
  batch.timers_scheduled.clear();
}

void withdraw_invokes(StepContext& context) {
  for (const auto& [id, activity] : context.state().activities) {
    const program::Node& node = context.node_of(activity);
    if (calls_partner(node.kind) && !activity.joining) behavior_for(node.kind).cancel(context, activity);
  }
}

/// Nobody is left waiting: requests that will never be replied to get a fault.
void answer_open_requests(StepContext& context, InstanceStatus status, const Fault* fault) {
  const bool faulted = status == InstanceStatus::faulted && fault != nullptr;
  const Fault answer = faulted ? *fault : standard_fault("missingReply", "The process ended without a reply.");
  std::vector<ExchangeId> open;
  for (const auto& exchange : context.state().exchanges) open.push_back(exchange.id);
  if (context.start_message && context.start_message->exchange != 0) open.push_back(context.start_message->exchange);
  context.start_message.reset();
  for (ExchangeId exchange : open) context.send_fault(exchange, 0, answer);
}

}  // namespace

std::optional<Refusal> check(const StepContext& context, const Command& command) {
  const InstanceState& state = context.state();
  return std::visit(
      [&](const auto& c) -> Check {
        using C = std::decay_t<decltype(c)>;
        if (state.stage == Stage::ended) return Refusal{"ended", "The instance has ended."};
        if constexpr (std::is_same_v<C, StartInstance>) {
          if (state.stage == Stage::fresh) return std::nullopt;
        } else if (state.stage == Stage::fresh) {
          return Refusal{"not-waiting", "The instance has not been started."};
        }
        if (state.suspended && !is_operators<C>)
          return Refusal{"suspended", "The instance is suspended; resume it first."};
        return allows(context, c);
      },
      command);
}

// WS-BPEL 2.0 §10.10, §12.5.1: the end of the process.
void end_instance(StepContext& context, InstanceStatus status, const Fault* fault) {
  const Fault reason = fault == nullptr ? Fault{} : *fault;
  answer_open_requests(context, status, fault == nullptr ? nullptr : &reason);
  withdraw_subscriptions(context);
  withdraw_timers(context);
  withdraw_invokes(context);
  context.clear_queue();
  context.emit(records::InstanceEnded{static_cast<std::uint8_t>(status), reason});
  if (!reason.name.empty()) context.batch().fault = reason;
}

}  // namespace echoflow::engine::lifecycle

#include "engine/behaviors/correlations.hpp"

#include "engine/behaviors/exchanges.hpp"
#include "engine/routing/correlation.hpp"

namespace echoflow::engine::correlations {

using program::Correlation;
using program::Initiate;

namespace {

Fault violation(const StepContext& context, const Correlation& correlation, const char* what) {
  return standard_fault(
      "correlationViolation",
      "Correlation set " + context.program().correlation_sets[correlation.set].name + " " + what + ".");
}

Result<std::vector<std::string>, Fault> read_values(const Correlation& correlation, const Message& message) {
  std::vector<std::string> values;
  for (const auto& alias : correlation.properties) {
    auto value = read_property(alias, message);
    if (!value) return fail(std::move(value.error()));
    values.push_back(std::move(*value));
  }
  return values;
}

bool uses_set(const StepContext& context, ActivityId names, const std::vector<Correlation>& list, ActivityId scope,
              program::CorrelationSetId set) {
  for (const auto& correlation : list)
    if (correlation.set == set && find_set(context, names, set).scope == scope) return true;
  return false;
}

/// Activities that already wait learn the value of a set that was initiated meanwhile (initiate="join").
void renew_keys(StepContext& context, ActivityId scope, program::CorrelationSetId set) {
  std::vector<instances::Subscription> outdated;
  for (const auto& [id, subscription] : context.state().subscriptions) {
    const Activity* waiter = context.find(subscription.activity);
    if (waiter == nullptr) continue;
    const ActivityId names = waiter->scope_data ? waiter->id : waiter->scope;
    const auto& inbound = exchanges::inbound_of(context.program(), waiter->node, subscription.branch);
    if (uses_set(context, names, inbound.correlations, scope, set) &&
        key_of(context, names, inbound) != subscription.key)
      outdated.push_back(subscription);
  }
  for (const auto& old : outdated) {
    const Activity& waiter = *context.find(old.activity);
    const ActivityId names = waiter.scope_data ? waiter.id : waiter.scope;
    const auto& inbound = exchanges::inbound_of(context.program(), waiter.node, old.branch);
    context.close_subscription(old.activity, old.branch);
    context.open_subscription(waiter, old.branch, inbound, key_of(context, names, inbound));
  }
}

void initiate(StepContext& context, const SetRef& owner, program::CorrelationSetId set,
              const std::vector<std::string>& values) {
  records::CorrelationSetInitiated event{owner.scope, set, {}};
  for (const auto& value : values) event.values.push_back({value});
  context.emit(event);
  renew_keys(context, event.scope, set);
}

}  // namespace

SetRef find_set(const StepContext& context, ActivityId names, program::CorrelationSetId set) {
  const Program& program = context.program();
  const Activity* owner = find_scope(context.state(), names, program.correlation_sets[set].scope);
  if (owner == nullptr) return {};
  auto position = position_of(program.as<program::Scope>(owner->node).correlation_sets, set);
  if (position >= owner->scope_data->correlation_sets.size()) return {};
  return {owner->id, &owner->scope_data->correlation_sets[position]};
}

// WS-BPEL 2.0 §9.2: initiate="no" on a set that was not initiated is a correlationViolation.
std::optional<Fault> check_initiated(const StepContext& context, ActivityId names,
                                     const std::vector<Correlation>& list) {
  for (const auto& correlation : list)
    if (correlation.initiate == Initiate::no && !find_set(context, names, correlation.set).initiated())
      return violation(context, correlation, "is not initiated, but initiate=\"no\" needs it to be");
  return std::nullopt;
}

std::string key_of(const StepContext& context, ActivityId names, const program::Inbound& inbound) {
  std::vector<std::pair<QName, std::string>> properties;
  for (const auto& correlation : inbound.correlations) {
    if (correlation.initiate == Initiate::yes) continue;
    SetRef set = find_set(context, names, correlation.set);
    if (!set.initiated()) continue;
    for (std::size_t i = 0; i < correlation.properties.size() && i < set.value->values.size(); ++i)
      properties.emplace_back(correlation.properties[i].property, set.value->values[i]);
  }
  return filtered_key(make_key(std::move(properties)), inbound);
}

bool matches(const StepContext& context, ActivityId names, const std::vector<Correlation>& list,
             const Message& message) {
  for (const auto& correlation : list) {
    SetRef set = find_set(context, names, correlation.set);
    if (correlation.initiate == Initiate::yes || !set.initiated()) continue;
    auto values = read_values(correlation, message);
    if (!values || *values != set.value->values) return false;
  }
  return true;
}

// WS-BPEL 2.0 §9.2.
std::optional<Fault> apply_to_message(StepContext& context, ActivityId names, const std::vector<Correlation>& list,
                                      const Message& message) {
  for (const auto& correlation : list) {
    SetRef set = find_set(context, names, correlation.set);
    if (!set.initiated() && correlation.initiate == Initiate::no)
      return violation(context, correlation, "is not initiated, but initiate=\"no\" needs it to be");
    if (set.initiated() && correlation.initiate == Initiate::yes)
      return violation(context, correlation, "is initiated already, but initiate=\"yes\" wants to do so");
    auto values = read_values(correlation, message);
    if (!values) return std::move(values.error());
    if (set.initiated()) {
      if (*values != set.value->values) return violation(context, correlation, "has other values than the message");
    } else if (set.value != nullptr) {
      initiate(context, set, correlation.set, *values);
    }
  }
  return std::nullopt;
}

}  // namespace echoflow::engine::correlations

#include "engine/state/appliers.hpp"

#include <algorithm>

#include "engine/state/state_view.hpp"

namespace echoflow::engine {

using namespace instances;
using program::ActivityKind;
using program::Program;

namespace {

Activity* find(InstanceState& state, ActivityId id) {
  auto found = state.activities.find(id);
  return found == state.activities.end() ? nullptr : &found->second;
}

ScopeData* scope_of(InstanceState& state, ActivityId id) {
  Activity* scope = find(state, id);
  return scope == nullptr ? nullptr : scope->scope_data.get();
}

void link_child(InstanceState& state, Activity& parent, Activity& child) {
  child.parent = parent.id;
  child.previous = parent.last_child;
  child.next = 0;
  if (Activity* last = find(state, parent.last_child))
    last->next = child.id;
  else
    parent.first_child = child.id;
  parent.last_child = child.id;
  ++parent.children;
}

void unlink_child(InstanceState& state, Activity& child) {
  Activity* parent = find(state, child.parent);
  if (parent == nullptr) return;
  if (Activity* before = find(state, child.previous))
    before->next = child.next;
  else if (parent->first_child == child.id)
    parent->first_child = child.next;
  if (Activity* after = find(state, child.next))
    after->previous = child.previous;
  else if (parent->last_child == child.id)
    parent->last_child = child.previous;
  child.next = child.previous = 0;
  child.parent = 0;
  --parent->children;
}

/// A scope that is not kept takes the scopes that only it could compensate with it.
void erase(InstanceState& state, ActivityId id) {
  Activity* activity = find(state, id);
  if (activity == nullptr) return;
  if (activity->scope_data) {
    auto completed = std::move(activity->scope_data->completed);
    for (ActivityId kept : completed) erase(state, kept);
  }
  state.activities.erase(id);
}

std::unique_ptr<ScopeData> new_scope_data(const program::Scope& scope) {
  auto data = std::make_unique<ScopeData>();
  data->variables.resize(scope.variables.size());
  data->partner_links.resize(scope.partner_links.size());
  data->correlation_sets.resize(scope.correlation_sets.size());
  return data;
}

/// The scope whose handlers can compensate this one.
ScopeData* enclosing(InstanceState& state, const Activity& scope) {
  return scope_of(state, scope.scope);
}

void forget(std::vector<ActivityId>& ids, ActivityId id) {
  if (!ids.empty() && ids.back() == id) return ids.pop_back();
  ids.erase(std::remove(ids.begin(), ids.end(), id), ids.end());
}

}  // namespace

void apply(const Program&, InstanceState& state, const records::InstanceStarted& event) {
  state.stage = Stage::running;
  state.business_key = event.business_key.text;
}

void apply(const Program& program, InstanceState& state, const records::ActivityCreated& event) {
  Activity& activity = state.activities.emplace_hint(state.activities.end(), event.id, Activity{})->second;
  activity.id = event.id;
  activity.node = event.node;
  activity.scope = event.scope;
  activity.slot = event.slot;
  activity.joining = event.joining;
  state.next_activity = event.id + 1;
  if (Activity* parent = find(state, event.parent)) {
    link_child(state, *parent, activity);
    parent->last_slot = event.slot;
  }
  const program::Node& node = program.node(event.node);
  if (node.kind == ActivityKind::scope) activity.scope_data = new_scope_data(program.as<program::Scope>(event.node));
  if (node.kind == ActivityKind::flow) {
    activity.flow_data = std::make_unique<FlowData>();
    activity.flow_data->links.resize(program.as<program::Flow>(event.node).links.size());
  }
  if (!event.joining) return;
  for (LinkId link : node.incoming) {
    const Activity* flow = find_flow(state, activity, program.links[link].flow);
    if (flow == nullptr) continue;
    auto position = position_of(program.as<program::Flow>(flow->node).links, link);
    find(state, flow->id)->flow_data->links[position].target = event.id;
  }
}

void apply(const Program&, InstanceState& state, const records::ActivityStarted& event) {
  if (Activity* activity = find(state, event.id)) activity->joining = false;
}

void apply(const Program&, InstanceState& state, const records::ActivityEnded& event) {
  Activity* activity = find(state, event.id);
  if (activity == nullptr) return;
  unlink_child(state, *activity);
  if (activity->scope_data) forget(state.isolation_queue, event.id);
  if (event.outcome != records::Outcome::kept) return erase(state, event.id);
  activity->scope_data->phase = ScopePhase::completed;
  activity->scope_data->isolation = Isolation::none;
  activity->scope_data->held_links.clear();
  if (ScopeData* around = enclosing(state, *activity)) around->completed.push_back(event.id);
}

void apply(const Program&, InstanceState& state, const records::ActivityTerminating& event) {
  if (Activity* activity = find(state, event.id)) activity->terminating = true;
}

void apply(const Program& program, InstanceState& state, const records::LinkDetermined& event) {
  Activity* flow = find(state, event.flow);
  if (flow == nullptr || !flow->flow_data) return;
  auto position = position_of(program.as<program::Flow>(flow->node).links, event.link);
  if (position < flow->flow_data->links.size())
    flow->flow_data->links[position].status = event.value ? LinkStatus::positive : LinkStatus::negative;
}

void apply(const Program&, InstanceState& state, const records::LinkHeld& event) {
  if (ScopeData* scope = scope_of(state, event.scope))
    scope->held_links.push_back({event.flow, event.link, event.value});
}

void apply(const Program&, InstanceState& state, const records::ScopePhaseChanged& event) {
  if (ScopeData* scope = scope_of(state, event.scope)) scope->phase = event.phase;
}

void apply(const Program&, InstanceState& state, const records::IsolationChanged& event) {
  ScopeData* scope = scope_of(state, event.scope);
  if (scope == nullptr) return;
  if (event.isolation == Isolation::none)
    forget(state.isolation_queue, event.scope);
  else if (scope->isolation == Isolation::none)
    state.isolation_queue.push_back(event.scope);
  scope->isolation = event.isolation;
}

void apply(const Program&, InstanceState& state, const records::FaultRaised& event) {
  ScopeData* scope = scope_of(state, event.scope);
  if (scope == nullptr) return;
  scope->phase = event.phase;
  scope->fault = std::make_unique<Fault>(event.fault);
}

void apply(const Program&, InstanceState& state, const records::FaultCaught& event) {
  ScopeData* scope = scope_of(state, event.scope);
  if (scope == nullptr) return;
  scope->phase = ScopePhase::handling_fault;
  scope->handler = event.handler;
}

void apply(const Program& program, InstanceState& state, const records::VariableSet& event) {
  ScopeData* scope = scope_of(state, event.scope);
  if (scope == nullptr) return;
  auto position = position_of(program.as<program::Scope>(find(state, event.scope)->node).variables, event.variable);
  if (position < scope->variables.size()) scope->variables[position] = event.parts;
}

void apply(const Program& program, InstanceState& state, const records::VariablePartSet& event) {
  ScopeData* scope = scope_of(state, event.scope);
  if (scope == nullptr) return;
  auto position = position_of(program.as<program::Scope>(find(state, event.scope)->node).variables, event.variable);
  if (position >= scope->variables.size()) return;
  Parts& parts = scope->variables[position];
  auto count = program.message_types[program.variables[event.variable].type].parts.size();
  if (parts.size() < count) parts.resize(count);
  if (event.part < parts.size()) parts[event.part] = event.value;
}

void apply(const Program& program, InstanceState& state, const records::CorrelationSetInitiated& event) {
  ScopeData* scope = scope_of(state, event.scope);
  if (scope == nullptr) return;
  auto position = position_of(program.as<program::Scope>(find(state, event.scope)->node).correlation_sets, event.set);
  if (position >= scope->correlation_sets.size()) return;
  CorrelationValue& set = scope->correlation_sets[position];
  set.initiated = true;
  set.values.clear();
  for (const auto& value : event.values) set.values.push_back(value.text);
}

void apply(const Program& program, InstanceState& state, const records::PartnerLinkAssigned& event) {
  ScopeData* scope = scope_of(state, event.scope);
  if (scope == nullptr) return;
  auto position =
      position_of(program.as<program::Scope>(find(state, event.scope)->node).partner_links, event.partner_link);
  if (position < scope->partner_links.size()) scope->partner_links[position] = {event.service_ref, event.address.text};
}

void apply(const Program&, InstanceState& state, const records::SubscriptionOpened& event) {
  state.subscriptions[{event.activity, event.branch}] = {event.activity, event.branch, event.key.text};
}

void apply(const Program&, InstanceState& state, const records::SubscriptionClosed& event) {
  state.subscriptions.erase({event.activity, event.branch});
}

void apply(const Program&, InstanceState& state, const records::TimerScheduled& event) {
  state.timers[event.timer] = {event.activity, event.branch, event.due, {event.repeat_months, event.repeat_micros}};
  state.next_timer = std::max(state.next_timer, event.timer + 1);
}

void apply(const Program&, InstanceState& state, const records::TimerEnded& event) {
  state.timers.erase(event.timer);
}

void apply(const Program&, InstanceState&, const records::MessageReceived&) {}

void apply(const Program&, InstanceState& state, const records::ExchangeOpened& event) {
  state.exchanges.push_back({event.exchange, event.node, event.branch, event.partner_link_scope, event.partner_link,
                             event.exchange_scope, event.message_exchange});
}

void apply(const Program&, InstanceState& state, const records::ReplySent& event) {
  std::erase_if(state.exchanges, [&](const Exchange& exchange) { return exchange.id == event.exchange; });
}

void apply(const Program&, InstanceState&, const records::InvokeRequested&) {}
void apply(const Program&, InstanceState&, const records::InvokeAnswered&) {}

void apply(const Program&, InstanceState& state, const records::InvokeFailed& event) {
  Activity* activity = find(state, event.activity);
  if (activity != nullptr && event.incident) activity->failed = true;
}

void apply(const Program&, InstanceState& state, const records::ForEachStarted& event) {
  Activity* activity = find(state, event.activity);
  if (activity == nullptr) return;
  activity->for_each_data = std::make_unique<ForEachData>();
  *activity->for_each_data = {event.start, event.final, event.required, event.has_required, 0, 0};
}

void apply(const Program&, InstanceState& state, const records::BranchCounted& event) {
  Activity* activity = find(state, event.activity);
  if (activity == nullptr || !activity->for_each_data) return;
  ++activity->for_each_data->ended;
  if (event.counts) ++activity->for_each_data->counted;
}

void apply(const Program&, InstanceState& state, const records::CompensationStarted& event) {
  Activity* scope = find(state, event.scope);
  Activity* by = find(state, event.by);
  if (scope == nullptr || by == nullptr) return;
  if (ScopeData* around = enclosing(state, *scope)) forget(around->completed, event.scope);
  scope->terminating = false;
  scope->scope_data->phase = ScopePhase::compensating;
  link_child(state, *by, *scope);
}

void apply(const Program&, InstanceState& state, const records::CompensationDropped& event) {
  Activity* scope = find(state, event.scope);
  if (scope == nullptr) return;
  if (ScopeData* around = enclosing(state, *scope)) forget(around->completed, event.scope);
  erase(state, event.scope);
}

void apply(const Program&, InstanceState& state, const records::OperatorActed& event) {
  using records::OperatorAct;
  Activity* activity = find(state, event.activity);
  switch (event.act) {
    case OperatorAct::suspend:
      state.suspended = true;
      return;
    case OperatorAct::resume:
      state.suspended = false;
      return;
    case OperatorAct::retry:
    case OperatorAct::skip:
    case OperatorAct::fault:
      if (activity != nullptr) activity->failed = false;
      return;
    case OperatorAct::terminate:
    case OperatorAct::set_variable:
      return;
  }
}

void apply(const Program&, InstanceState& state, const records::ActivityRetried& event) {
  if (Activity* activity = find(state, event.activity)) activity->failed = false;
}

/// What was measured is no part of the instance.
void apply(const Program&, InstanceState&, const records::Measured&) {}

void apply(const Program&, InstanceState& state, const records::InstanceEnded& event) {
  state.stage = Stage::ended;
  state.suspended = false;
  state.end_status = event.status;
  state.activities.clear();
  state.subscriptions.clear();
  state.timers.clear();
  state.exchanges.clear();
  state.isolation_queue.clear();
  if (!event.fault.name.empty()) state.fault = std::make_unique<Fault>(event.fault);
}

}  // namespace echoflow::engine

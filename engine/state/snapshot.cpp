#include "engine/core/engine.hpp"
#include "models/instances/instance_state.hpp"
#include "models/records/wire.hpp"

/// The stored form of a state. Field ids are permanent: one that is given up is never used again.
namespace echoflow::engine {

using namespace instances;
using records::PayloadText;

namespace {

constexpr std::uint64_t snapshot_version = 1;

struct PartsFields {
  Parts parts;
  template <class V>
  void fields(V& v) {
    v(1, parts);
  }
};
struct EndpointFields {
  xml::DocumentPtr service_ref;
  PayloadText address;
  template <class V>
  void fields(V& v) {
    v(1, service_ref);
    v(2, address);
  }
};
struct CorrelationFields {
  bool initiated = false;
  std::vector<PayloadText> values;
  template <class V>
  void fields(V& v) {
    v(1, initiated);
    v(2, values);
  }
};
struct HeldLinkFields {
  ActivityId flow = 0;
  LinkId link = 0;
  bool value = false;
  template <class V>
  void fields(V& v) {
    v(1, flow);
    v(2, link);
    v(3, value);
  }
};
struct ScopeFields {
  ScopePhase phase{};
  Isolation isolation{};
  std::uint32_t handler = 0;  ///< one more than the handler; 0: none
  std::vector<PartsFields> variables;
  std::vector<EndpointFields> partner_links;
  std::vector<CorrelationFields> correlation_sets;
  std::vector<ActivityId> completed;
  std::vector<HeldLinkFields> held_links;
  std::vector<Fault> fault;  ///< none or one
  template <class V>
  void fields(V& v) {
    v(1, phase);
    v(2, isolation);
    v(3, handler);
    v(4, variables);
    v(5, partner_links);
    v(6, correlation_sets);
    v(7, completed);
    v(8, held_links);
    v(9, fault);
  }
};
struct LinkFields {
  LinkStatus status{};
  ActivityId target = 0;
  template <class V>
  void fields(V& v) {
    v(1, status);
    v(2, target);
  }
};
struct FlowFields {
  std::vector<LinkFields> links;
  template <class V>
  void fields(V& v) {
    v(1, links);
  }
};
struct ForEachFields {
  ForEachData data;
  template <class V>
  void fields(V& v) {
    v(1, data.start);
    v(2, data.final);
    v(3, data.required);
    v(4, data.has_required);
    v(5, data.counted);
    v(6, data.ended);
  }
};
struct ActivityFields {
  ActivityFields() { a.node = 0; }  // an absent field is 0
  Activity a;
  std::vector<ScopeFields> scope;
  std::vector<FlowFields> flow;
  std::vector<ForEachFields> for_each;
  template <class V>
  void fields(V& v) {
    v(1, a.id);
    v(2, a.node);
    v(3, a.parent);
    v(4, a.scope);
    v(5, a.slot);
    v(6, a.last_slot);
    v(7, a.joining);
    v(8, a.terminating);
    v(9, a.failed);
    v(10, a.children);
    v(11, a.first_child);
    v(12, a.last_child);
    v(13, a.next);
    v(14, a.previous);
    v(15, scope);
    v(16, flow);
    v(17, for_each);
  }
};
struct SubscriptionFields {
  ActivityId activity = 0;
  std::uint32_t branch = 0;
  PayloadText key;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, branch);
    v(3, key);
  }
};
struct TimerFields {
  std::uint32_t id = 0;
  Timer t;
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, t.activity);
    v(3, t.branch);
    v(4, t.due);
    v(5, t.repeat.months);
    v(6, t.repeat.micros);
  }
};
struct ExchangeFields {
  Exchange e{0, 0, 0, 0, 0, 0, 0};  // an absent field is 0
  template <class V>
  void fields(V& v) {
    v(1, e.id);
    v(2, e.node);
    v(3, e.branch);
    v(4, e.partner_link_scope);
    v(5, e.partner_link);
    v(6, e.exchange_scope);
    v(7, e.message_exchange);
  }
};
struct StateFields {
  Stage stage{};
  bool suspended = false;
  std::uint8_t end_status = 0;
  PayloadText business_key;
  ActivityId next_activity = 0;
  std::uint32_t next_timer = 0;
  std::vector<ActivityFields> activities;
  std::vector<SubscriptionFields> subscriptions;
  std::vector<TimerFields> timers;
  std::vector<ExchangeFields> exchanges;
  std::vector<ActivityId> isolation_queue;
  std::vector<Fault> fault;
  template <class V>
  void fields(V& v) {
    v(1, stage);
    v(2, suspended);
    v(3, end_status);
    v(4, business_key);
    v(5, next_activity);
    v(6, next_timer);
    v(7, activities);
    v(8, subscriptions);
    v(9, timers);
    v(10, exchanges);
    v(11, isolation_queue);
    v(12, fault);
  }
};

ScopeFields to_fields(const ScopeData& data) {
  ScopeFields out{
      data.phase, data.isolation, data.handler == program::none ? 0 : data.handler + 1, {}, {}, {}, data.completed, {},
      {}};
  for (const auto& parts : data.variables) out.variables.push_back({parts});
  for (const auto& link : data.partner_links) out.partner_links.push_back({link.service_ref, {link.address}});
  for (const auto& set : data.correlation_sets) {
    out.correlation_sets.push_back({set.initiated, {}});
    for (const auto& value : set.values) out.correlation_sets.back().values.push_back({value});
  }
  for (const auto& held : data.held_links) out.held_links.push_back({held.flow, held.link, held.value});
  if (data.fault) out.fault.push_back(*data.fault);
  return out;
}

std::unique_ptr<ScopeData> from_fields(ScopeFields&& in) {
  auto data = std::make_unique<ScopeData>();
  data->phase = in.phase;
  data->isolation = in.isolation;
  data->handler = in.handler == 0 ? program::none : in.handler - 1;
  for (auto& parts : in.variables) data->variables.push_back(std::move(parts.parts));
  for (auto& link : in.partner_links) data->partner_links.push_back({link.service_ref, link.address.text});
  for (auto& set : in.correlation_sets) {
    data->correlation_sets.push_back({set.initiated, {}});
    for (auto& value : set.values) data->correlation_sets.back().values.push_back(std::move(value.text));
  }
  data->completed = std::move(in.completed);
  for (const auto& held : in.held_links) data->held_links.push_back({held.flow, held.link, held.value});
  if (!in.fault.empty()) data->fault = std::make_unique<Fault>(std::move(in.fault.front()));
  return data;
}

/// An activity without its parts that are kept apart.
Activity plain(const Activity& a) {
  Activity copy;
  copy.id = a.id;
  copy.node = a.node;
  copy.parent = a.parent;
  copy.scope = a.scope;
  copy.slot = a.slot;
  copy.last_slot = a.last_slot;
  copy.joining = a.joining;
  copy.terminating = a.terminating;
  copy.failed = a.failed;
  copy.children = a.children;
  copy.first_child = a.first_child;
  copy.last_child = a.last_child;
  copy.next = a.next;
  copy.previous = a.previous;
  return copy;
}

ActivityFields to_fields(const Activity& activity) {
  ActivityFields out;
  out.a = plain(activity);
  if (activity.scope_data) out.scope.push_back(to_fields(*activity.scope_data));
  if (activity.flow_data) {
    out.flow.emplace_back();
    for (const auto& link : activity.flow_data->links) out.flow.back().links.push_back({link.status, link.target});
  }
  if (activity.for_each_data) out.for_each.push_back({*activity.for_each_data});
  return out;
}

Activity from_fields(ActivityFields&& in) {
  Activity activity = std::move(in.a);
  if (!in.scope.empty()) activity.scope_data = from_fields(std::move(in.scope.front()));
  if (!in.flow.empty()) {
    activity.flow_data = std::make_unique<FlowData>();
    for (const auto& link : in.flow.front().links) activity.flow_data->links.push_back({link.status, link.target});
  }
  if (!in.for_each.empty()) activity.for_each_data = std::make_unique<ForEachData>(in.for_each.front().data);
  return activity;
}

StateFields to_fields(const InstanceState& state) {
  StateFields out;
  out.stage = state.stage;
  out.suspended = state.suspended;
  out.end_status = state.end_status;
  out.business_key = {state.business_key};
  out.next_activity = state.next_activity;
  out.next_timer = state.next_timer;
  for (const auto& [id, activity] : state.activities) out.activities.push_back(to_fields(activity));
  for (const auto& [id, s] : state.subscriptions) out.subscriptions.push_back({s.activity, s.branch, {s.key}});
  for (const auto& [id, timer] : state.timers) out.timers.push_back({id, timer});
  for (const auto& exchange : state.exchanges) out.exchanges.push_back({exchange});
  out.isolation_queue = state.isolation_queue;
  if (state.fault) out.fault.push_back(*state.fault);
  return out;
}

std::unique_ptr<InstanceState> from_fields(StateFields&& in) {
  auto state = std::make_unique<InstanceState>();
  state->stage = in.stage;
  state->suspended = in.suspended;
  state->end_status = in.end_status;
  state->business_key = std::move(in.business_key.text);
  state->next_activity = in.next_activity;
  state->next_timer = in.next_timer;
  for (auto& activity : in.activities) {
    const ActivityId id = activity.a.id;
    state->activities.emplace_hint(state->activities.end(), id, from_fields(std::move(activity)));
  }
  for (auto& s : in.subscriptions)
    state->subscriptions[{s.activity, s.branch}] = {s.activity, s.branch, std::move(s.key.text)};
  for (const auto& timer : in.timers) state->timers[timer.id] = timer.t;
  for (const auto& exchange : in.exchanges) state->exchanges.push_back(exchange.e);
  state->isolation_queue = std::move(in.isolation_queue);
  if (!in.fault.empty()) state->fault = std::make_unique<Fault>(std::move(in.fault.front()));
  return state;
}

/// The activity is one of this program's, with what its kind needs.
bool belongs(const program::Program& program, const ActivityFields& activity) {
  if (activity.a.node >= program.nodes.size()) return false;
  const auto kind = program.node(activity.a.node).kind;
  if (kind == program::ActivityKind::flow)
    return activity.flow.size() == 1 &&
           activity.flow[0].links.size() == program.as<program::Flow>(activity.a.node).links.size();
  if (kind != program::ActivityKind::scope) return true;
  const auto& node = program.as<program::Scope>(activity.a.node);
  return activity.scope.size() == 1 && activity.scope[0].variables.size() == node.variables.size() &&
         activity.scope[0].partner_links.size() == node.partner_links.size() &&
         activity.scope[0].correlation_sets.size() == node.correlation_sets.size();
}

}  // namespace

std::string encode_snapshot(const InstanceState& state) {
  records::PayloadWriter payload(true);
  std::string structure;
  records::Encoder(structure, payload).record(to_fields(state));
  std::string out;
  records::Encoder head(out, payload);
  head.varint(snapshot_version);
  head.varint(structure.size());
  out += structure;
  out += payload.bytes();
  return out;
}

Result<std::unique_ptr<InstanceState>> decode_snapshot(const program::Program& program, std::string_view bytes) {
  const auto damaged = [] { return fail("A snapshot cannot be read: it is damaged or of a newer version."); };
  records::PayloadReader nothing({});
  records::Decoder head(bytes, nothing);
  const auto version = head.varint();
  const auto size = head.varint();
  const auto rest = head.rest();
  if (!head.ok() || version != snapshot_version || size > rest.size()) return damaged();
  records::PayloadReader payload(rest.substr(size));
  records::Decoder decoder(rest.substr(0, size), payload);
  StateFields fields;
  if (!decoder.record(fields)) return damaged();
  for (const auto& activity : fields.activities)
    if (!belongs(program, activity)) return fail("A snapshot does not belong to this version of the process.");
  return from_fields(std::move(fields));
}

std::unique_ptr<InstanceState> clone(const InstanceState& state) {
  auto fields = to_fields(state);
  return from_fields(std::move(fields));
}

}  // namespace echoflow::engine

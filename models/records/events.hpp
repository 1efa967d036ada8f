#pragma once
#include "models/instances/instance_state.hpp"
#include "models/records/wire.hpp"

/// What happens to an instance. Event types and field ids are permanent: a number that is given up is never used again.
namespace echoflow::records {

using instances::LinkId;
using instances::NodeId;
using instances::PartnerLinkId;
using instances::VariableId;

enum class EventType : std::uint32_t {
  instance_started = 1,
  activity_created = 2,
  activity_started = 3,
  activity_ended = 4,
  activity_terminating = 5,
  link_determined = 6,
  link_held = 7,
  scope_phase_changed = 8,
  isolation_changed = 9,
  fault_raised = 10,
  fault_caught = 11,
  variable_set = 12,
  variable_part_set = 13,
  correlation_set_initiated = 14,
  partner_link_assigned = 15,
  subscription_opened = 16,
  subscription_closed = 17,
  timer_scheduled = 18,
  timer_ended = 19,
  message_received = 20,
  exchange_opened = 21,
  reply_sent = 22,
  invoke_requested = 23,
  invoke_answered = 24,
  invoke_failed = 25,
  for_each_started = 26,
  branch_counted = 27,
  compensation_started = 28,
  compensation_dropped = 29,
  operator_acted = 30,
  instance_ended = 31,
  activity_retried = 32,
};

/// Stored numbers.
enum class Outcome : std::uint8_t {
  completed = 0,
  kept = 1,     ///< a scope that completed and can be compensated
  handled = 2,  ///< a scope whose fault handler completed
  faulted = 3,
  terminated = 4,
  skipped = 5,  ///< its join condition was false
  compensated = 6,
};
enum class OperatorAct : std::uint8_t {
  suspend = 1,
  resume = 2,
  terminate = 3,
  retry = 4,
  skip = 5,
  fault = 6,
  set_variable = 7
};

struct InstanceStarted {
  static constexpr auto type = EventType::instance_started;
  NodeId node = 0;
  std::uint32_t branch = 0;
  PayloadText business_key;
  template <class V>
  void fields(V& v) {
    v(1, node);
    v(2, branch);
    v(3, business_key);
  }
};
struct ActivityCreated {
  static constexpr auto type = EventType::activity_created;
  ActivityId id = 0;
  NodeId node = 0;
  ActivityId parent = 0;
  ActivityId scope = 0;
  instances::Slot slot = 0;
  bool joining = false;
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, node);
    v(3, parent);
    v(4, scope);
    v(5, slot);
    v(6, joining);
  }
};
struct ActivityStarted {  ///< its join condition was true
  static constexpr auto type = EventType::activity_started;
  ActivityId id = 0;
  template <class V>
  void fields(V& v) {
    v(1, id);
  }
};
struct ActivityEnded {
  static constexpr auto type = EventType::activity_ended;
  ActivityId id = 0;
  Outcome outcome = Outcome::completed;
  template <class V>
  void fields(V& v) {
    v(1, id);
    v(2, outcome);
  }
};
struct ActivityTerminating {
  static constexpr auto type = EventType::activity_terminating;
  ActivityId id = 0;
  template <class V>
  void fields(V& v) {
    v(1, id);
  }
};
struct LinkDetermined {
  static constexpr auto type = EventType::link_determined;
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
struct LinkHeld {  ///< until the isolated scope that it leaves has completed
  static constexpr auto type = EventType::link_held;
  ActivityId scope = 0;
  ActivityId flow = 0;
  LinkId link = 0;
  bool value = false;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, flow);
    v(3, link);
    v(4, value);
  }
};
struct ScopePhaseChanged {
  static constexpr auto type = EventType::scope_phase_changed;
  ActivityId scope = 0;
  instances::ScopePhase phase = instances::ScopePhase::created;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, phase);
  }
};
struct IsolationChanged {
  static constexpr auto type = EventType::isolation_changed;
  ActivityId scope = 0;
  instances::Isolation isolation = instances::Isolation::none;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, isolation);
  }
};
struct FaultRaised {  ///< a fault reached a scope
  static constexpr auto type = EventType::fault_raised;
  ActivityId activity = 0;  ///< where it came from
  ActivityId scope = 0;
  Fault fault;
  instances::ScopePhase phase = instances::ScopePhase::faulting;  ///< of the scope from now on
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, scope);
    v(3, fault);
    v(4, phase);
  }
};
struct FaultCaught {
  static constexpr auto type = EventType::fault_caught;
  ActivityId scope = 0;
  std::uint32_t handler = 0;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, handler);
  }
};
struct VariableSet {
  static constexpr auto type = EventType::variable_set;
  ActivityId scope = 0;
  VariableId variable = 0;
  Parts parts;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, variable);
    v(3, parts);
  }
};
struct VariablePartSet {
  static constexpr auto type = EventType::variable_part_set;
  ActivityId scope = 0;
  VariableId variable = 0;
  std::uint32_t part = 0;
  xml::DocumentPtr value;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, variable);
    v(3, part);
    v(4, value);
  }
};
struct CorrelationSetInitiated {
  static constexpr auto type = EventType::correlation_set_initiated;
  ActivityId scope = 0;
  instances::CorrelationSetId set = 0;
  std::vector<PayloadText> values;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, set);
    v(3, values);
  }
};
struct PartnerLinkAssigned {
  static constexpr auto type = EventType::partner_link_assigned;
  ActivityId scope = 0;
  PartnerLinkId partner_link = 0;
  xml::DocumentPtr service_ref;
  PayloadText address;
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, partner_link);
    v(3, service_ref);
    v(4, address);
  }
};
struct SubscriptionOpened {
  static constexpr auto type = EventType::subscription_opened;
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
struct SubscriptionClosed {
  static constexpr auto type = EventType::subscription_closed;
  ActivityId activity = 0;
  std::uint32_t branch = 0;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, branch);
  }
};
struct TimerScheduled {
  static constexpr auto type = EventType::timer_scheduled;
  std::uint32_t timer = 0;
  ActivityId activity = 0;
  std::uint32_t branch = 0;
  TimePoint due;
  std::int64_t repeat_months = 0, repeat_micros = 0;
  template <class V>
  void fields(V& v) {
    v(1, timer);
    v(2, activity);
    v(3, branch);
    v(4, due);
    v(5, repeat_months);
    v(6, repeat_micros);
  }
};
struct TimerEnded {
  static constexpr auto type = EventType::timer_ended;
  std::uint32_t timer = 0;
  bool fired = false;
  template <class V>
  void fields(V& v) {
    v(1, timer);
    v(2, fired);
  }
};
struct MessageReceived {
  static constexpr auto type = EventType::message_received;
  ActivityId activity = 0;
  std::uint32_t branch = 0;
  ExchangeId exchange = 0;
  PayloadText message_id;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, branch);
    v(3, exchange);
    v(4, message_id);
  }
};
struct ExchangeOpened {
  static constexpr auto type = EventType::exchange_opened;
  ExchangeId exchange = 0;
  NodeId node = 0;
  std::uint32_t branch = 0;
  ActivityId partner_link_scope = 0;
  PartnerLinkId partner_link = 0;
  ActivityId exchange_scope = 0;
  instances::MessageExchangeId message_exchange = 0;
  template <class V>
  void fields(V& v) {
    v(1, exchange);
    v(2, node);
    v(3, branch);
    v(4, partner_link_scope);
    v(5, partner_link);
    v(6, exchange_scope);
    v(7, message_exchange);
  }
};
struct ReplySent {  ///< closes the exchange
  static constexpr auto type = EventType::reply_sent;
  ExchangeId exchange = 0;
  ActivityId activity = 0;  ///< the reply; 0: the engine, because nobody else would
  bool is_fault = false;
  QName message_type;
  Parts parts;
  Fault fault;
  template <class V>
  void fields(V& v) {
    v(1, exchange);
    v(2, activity);
    v(3, is_fault);
    v(4, message_type);
    v(5, parts);
    if (is_fault) v(6, fault);
  }
};
struct InvokeRequested {
  static constexpr auto type = EventType::invoke_requested;
  ActivityId activity = 0;
  PayloadText address;
  Parts parts;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, address);
    v(3, parts);
  }
};
struct InvokeAnswered {
  static constexpr auto type = EventType::invoke_answered;
  ActivityId activity = 0;
  Parts parts;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, parts);
  }
};
struct InvokeFailed {
  static constexpr auto type = EventType::invoke_failed;
  ActivityId activity = 0;
  Fault fault;
  bool incident = false;  ///< the activity waits for an operator
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, fault);
    v(3, incident);
  }
};
struct ForEachStarted {
  static constexpr auto type = EventType::for_each_started;
  ActivityId activity = 0;
  std::uint64_t start = 0, final = 0, required = 0;
  bool has_required = false;
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, start);
    v(3, final);
    v(4, required);
    v(5, has_required);
  }
};
struct BranchCounted {  ///< an iteration of a forEach ended
  static constexpr auto type = EventType::branch_counted;
  ActivityId activity = 0;
  bool counts = false;  ///< for the completion condition
  template <class V>
  void fields(V& v) {
    v(1, activity);
    v(2, counts);
  }
};
struct CompensationStarted {
  static constexpr auto type = EventType::compensation_started;
  ActivityId scope = 0;
  ActivityId by = 0;  ///< the activity, or the scope whose default handler it is; its parent from now on
  template <class V>
  void fields(V& v) {
    v(1, scope);
    v(2, by);
  }
};
struct CompensationDropped {  ///< cannot be compensated any more
  static constexpr auto type = EventType::compensation_dropped;
  ActivityId scope = 0;
  template <class V>
  void fields(V& v) {
    v(1, scope);
  }
};
struct OperatorActed {
  static constexpr auto type = EventType::operator_acted;
  OperatorAct act = OperatorAct::suspend;
  ActivityId activity = 0;
  std::string who, why;
  template <class V>
  void fields(V& v) {
    v(1, act);
    v(2, activity);
    v(3, who);
    v(4, why);
  }
};
struct InstanceEnded {
  static constexpr auto type = EventType::instance_ended;
  std::uint8_t status = 0;  ///< engine::InstanceStatus
  Fault fault;              ///< why; its name is empty when it did not end by a fault
  template <class V>
  void fields(V& v) {
    v(1, status);
    v(2, fault);
  }
};
struct ActivityRetried {
  static constexpr auto type = EventType::activity_retried;
  ActivityId activity = 0;
  template <class V>
  void fields(V& v) {
    v(1, activity);
  }
};

/// Calls `handle(event)` with each event of a journal row, in order. False when the bytes are broken.
template <class Handler>
bool for_each_event(std::string_view bytes, PayloadReader& payload, Handler&& handle);

template <class E>
void encode(std::string& out, PayloadWriter& payload, const E& event) {
  Encoder encoder(out, payload);
  encoder.varint(static_cast<std::uint64_t>(E::type));
  encoder.record(event);
}

namespace detail {
template <class E, class Handler>
bool decode_one(Decoder& in, Handler& handle) {
  E event;
  if (!in.record(event)) return false;
  handle(event);
  return true;
}
}  // namespace detail

template <class Handler>
bool for_each_event(std::string_view bytes, PayloadReader& payload, Handler&& handle) {
  Decoder in(bytes, payload);
  while (!in.at_end()) {
    auto type = static_cast<EventType>(in.varint());
    bool read = false;
    switch (type) {
#define ECHOFLOW_EVENT(enumerator, Type)         \
  case EventType::enumerator:                    \
    read = detail::decode_one<Type>(in, handle); \
    break;
#include "models/records/events.def"
    }
    // Every type of every version stays in the list; another number can only be damage.
    if (!read) return false;
  }
  return in.ok();
}

}  // namespace echoflow::records

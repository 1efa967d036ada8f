#pragma once
#include "models/records/event_types.hpp"

/// Events of the instance, its activities, links and scopes.
namespace echoflow::records {

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

struct ActivityRetried {
  static constexpr auto type = EventType::activity_retried;
  ActivityId activity = 0;
  template <class V>
  void fields(V& v) {
    v(1, activity);
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

}  // namespace echoflow::records

#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/base/time.hpp"
#include "models/messages/message.hpp"
#include "models/program/program.hpp"

/// What an instance is between turns: a fold over its events. Only the appliers (engine/state/) change it.
namespace echoflow::instances {

using program::CorrelationSetId;
using program::LinkId;
using program::MessageExchangeId;
using program::NodeId;
using program::PartnerLinkId;
using program::VariableId;

/// What a child of a scope is to it. Stored: the numbers are permanent.
enum class ScopeChild : std::uint8_t {
  body = 0,
  fault_handler = 1,
  compensation_handler = 2,
  termination_handler = 3,
  on_event = 4,
  on_alarm = 5,
};
/// The place of a child in its parent: a branch or an iteration; in a scope its role and the handler's index.
using Slot = std::uint32_t;
inline Slot scope_slot(ScopeChild role, std::uint32_t index = 0) {
  return static_cast<Slot>(role) | index << 3;
}
inline ScopeChild slot_role(Slot slot) {
  return static_cast<ScopeChild>(slot & 7);
}
inline std::uint32_t slot_index(Slot slot) {
  return slot >> 3;
}

/// WS-BPEL 2.0 §12: where a scope instance stands. Stored: the numbers are permanent.
enum class ScopePhase : std::uint8_t {
  created = 0,  ///< not yet begun (or waits for its isolation)
  running = 1,
  completing = 2,  ///< the activity is done; event handlers that run are waited for
  faulting = 3,    ///< a fault arrived; what runs is being terminated
  handling_fault = 4,
  failing = 5,  ///< a handler faulted; what runs is being terminated, then the fault goes on
  terminating = 6,
  handling_termination = 7,
  abandoning = 8,  ///< its running handler is being terminated; nothing follows
  completed = 9,   ///< kept because it can be compensated
  compensating = 10,
};

enum class Isolation : std::uint8_t { none = 0, waiting = 1, held = 2 };
enum class LinkStatus : std::uint8_t { unset = 0, positive = 1, negative = 2 };

struct CorrelationValue {
  bool initiated = false;
  std::vector<std::string> values;  ///< in the order of the set's properties
};
/// The status of a link that leaves an isolated scope before that scope has completed (§12.8).
struct HeldLink {
  ActivityId flow;
  LinkId link;
  bool value;
};

/// The data of a scope instance. Vectors run parallel to the lists of its program::Scope.
struct ScopeData {
  ScopePhase phase = ScopePhase::created;
  Isolation isolation = Isolation::none;
  std::uint32_t handler = program::none;  ///< the catch that runs; the number of catches for catchAll
  std::vector<Parts> variables;
  std::vector<EndpointReference> partner_links;
  std::vector<CorrelationValue> correlation_sets;
  std::vector<ActivityId> completed;  ///< enclosed scopes that can be compensated, in order of completion
  std::vector<HeldLink> held_links;
  std::unique_ptr<Fault> fault;  ///< the one that is or was handled
};

struct LinkState {
  LinkStatus status = LinkStatus::unset;
  ActivityId target = 0;  ///< waits for this link
};
struct FlowData {
  std::vector<LinkState> links;
};  ///< parallel to Flow::links
struct ForEachData {
  std::uint64_t start = 0, final = 0;
  std::uint64_t required = 0;  ///< completion condition; 0 with has_required false: none
  bool has_required = false;
  std::uint64_t counted = 0;  ///< branches that count for the completion condition
  std::uint64_t ended = 0;
};

/// The execution of one activity, from its creation until it ends (completed scopes stay while they can be
/// compensated).
struct Activity {
  ActivityId id = 0;
  NodeId node = program::none;
  ActivityId parent = 0;
  ActivityId scope = 0;  ///< the scope instance in which its names are looked up; 0 for the process
  Slot slot = 0;
  Slot last_slot = 0;    ///< of its newest child: branch or iteration
  bool joining = false;  ///< waits for its incoming links
  bool terminating = false;
  bool failed = false;  ///< waits for an operator
  std::uint32_t children = 0;
  ActivityId first_child = 0, last_child = 0, next = 0, previous = 0;  ///< its children and siblings, oldest first
  std::unique_ptr<ScopeData> scope_data;
  std::unique_ptr<FlowData> flow_data;
  std::unique_ptr<ForEachData> for_each_data;
};

struct Subscription {
  ActivityId activity = 0;
  std::uint32_t branch = 0;
  std::string key;
};
struct Timer {
  ActivityId activity = 0;
  std::uint32_t branch = 0;
  TimePoint due;
  Duration repeat;  ///< zero: once
};
/// An inbound request that is to be replied to (WS-BPEL 2.0 §10.4.1).
struct Exchange {
  ExchangeId id = 0;
  NodeId node = program::none;  ///< the receive, pick, or scope with the event handler …
  std::uint32_t branch = 0;     ///< … and which of its branches
  ActivityId partner_link_scope = 0;
  PartnerLinkId partner_link = program::none;
  ActivityId exchange_scope = 0;
  MessageExchangeId message_exchange = program::none;
};

enum class Stage : std::uint8_t { fresh = 0, running = 1, ended = 2 };

class InstanceState {
 public:
  Stage stage = Stage::fresh;
  bool suspended = false;
  std::uint8_t end_status = 0;  ///< engine::InstanceStatus when ended
  std::string business_key;
  ActivityId next_activity = 1;
  std::uint32_t next_timer = 1;
  std::map<ActivityId, Activity> activities;
  std::map<std::pair<ActivityId, std::uint32_t>, Subscription> subscriptions;
  std::map<std::uint32_t, Timer> timers;
  std::vector<Exchange> exchanges;          ///< open ones, oldest first
  std::vector<ActivityId> isolation_queue;  ///< isolated scopes that hold or wait for their isolation, oldest first
  std::unique_ptr<Fault> fault;             ///< why it ended
};

}  // namespace echoflow::instances

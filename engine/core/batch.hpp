#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/base/time.hpp"
#include "models/messages/message.hpp"
#include "models/program/ids.hpp"

/// What one turn gives to the world outside the instance. All of it also stands in the journal, as events.
namespace echoflow::engine {

enum class InstanceStatus : std::uint8_t { running, suspended, completed, faulted, terminated };

/// A receive, onMessage or onEvent began to wait. `key` is the canonical correlation key (see
/// engine/routing/correlation.hpp): the router computes the same text from an arriving message.
struct SubscriptionOpened {
  ActivityId activity;
  std::uint32_t branch;
  std::string partner_link;
  std::string operation;
  std::string key;
};
struct SubscriptionClosed {
  ActivityId activity;
  std::uint32_t branch;
};
struct TimerScheduled {
  std::uint32_t timer;
  TimePoint due;
};
struct TimerCancelled {
  std::uint32_t timer;
};  ///< also when it fired
/// A partner call to make. The idempotency key "<instance>-<activity>" stays the same over every attempt.
struct InvokeRequested {
  ActivityId activity;
  program::NodeId node;
  std::string address;  ///< "" : none known (the host fails the invoke)
  Message message;
  bool one_way;
};
struct InvokeAbandoned {
  ActivityId activity;
};  ///< its scope was terminated: the answer does not matter any more
struct ReplySent {
  ExchangeId exchange;
  bool is_fault;
  Message message;  ///< a normal reply, or the declared fault's message
  Fault fault;      ///< when is_fault
};
struct IncidentRaised {
  ActivityId activity;
  Fault fault;
};
struct IncidentResolved {
  ActivityId activity;
};

/// Only what holds after the turn: what was opened and closed, scheduled and cancelled, or requested and abandoned
/// within it is left out. Take the closed ones first: an activity may close and open again under another key.
struct Batch {
  std::vector<SubscriptionOpened> subscriptions_opened;
  std::vector<SubscriptionClosed> subscriptions_closed;
  std::vector<TimerScheduled> timers_scheduled;
  std::vector<TimerCancelled> timers_cancelled;
  std::vector<InvokeRequested> invokes;
  std::vector<InvokeAbandoned> invokes_abandoned;
  std::vector<ReplySent> replies;
  std::vector<IncidentRaised> incidents_raised;
  std::vector<IncidentResolved> incidents_resolved;
  InstanceStatus status = InstanceStatus::running;
  std::optional<Fault> fault;  ///< why the instance ended faulted
  /// The turn's events, encoded (models/records/): structure without customer data …
  std::string events;
  /// … and the customer data they refer to, apart, so that it can be erased while the digests in the chain stay.
  std::string payload;
  std::size_t activities = 0;  ///< how many activities ran in this turn, for metrics
};

}  // namespace echoflow::engine

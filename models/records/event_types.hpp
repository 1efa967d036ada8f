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
  measured = 33,
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

}  // namespace echoflow::records

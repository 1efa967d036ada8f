#pragma once
#include <string>
#include <variant>

#include "models/messages/message.hpp"
#include "models/program/program.hpp"

namespace echoflow::runtime {

/// One attempt to call a partner.
struct PartnerCall {
  const program::Program& program;
  const program::PartnerLinkDecl& partner_link;
  const program::WireOperation& operation;
  std::string address;  ///< never empty
  const Message& message;
  bool one_way = false;
  InstanceId instance = 0;
  std::string idempotency_key;  ///< "<instance>-<activity>": the same for every attempt, also after a restart
  ActivityId activity = 0;
  program::NodeId node = program::none;  ///< of the activity that calls; its kind tells what it asks for
};

/// The partner gave no usable answer.
struct TransportFailure {
  enum class Kind : std::uint8_t {
    unreachable,     ///< refused, unknown host, connection lost, an HTTP status without a SOAP answer
    timeout,         ///< nothing within PartnerSettings::timeout_ms
    invalid_answer,  ///< garbage, the wrong element, a redirect
  };
  Kind kind = Kind::unreachable;
  std::string detail;  ///< for the operator: what was received
  bool retry = true;   ///< false: another attempt cannot help
};

/// The partner has taken the call, durably, and answers later by Runtime::complete_call. Until then the call rests in
/// the outbox: it needs no memory and is not made again, also not after a restart.
struct Deferred {};

/// A reply (an empty Message for a one-way call), a fault that the partner declared or sent, no usable answer, or none
/// yet.
using PartnerAnswer = std::variant<Message, Fault, TransportFailure, Deferred>;

/// Calls partners. Implemented by adapters/soap; called by many sender threads at once. Never throws.
class PartnerClient {
 public:
  virtual ~PartnerClient() = default;
  virtual PartnerAnswer call(const PartnerCall& call) = 0;
  /// The answer to this call is not waited for any more: its scope was terminated or its instance has ended. After a
  /// crash nobody is told; whoever deferred an answer asks CxStore::outbox() when it starts.
  virtual void abandoned(InstanceId, ActivityId) {}
};

}  // namespace echoflow::runtime

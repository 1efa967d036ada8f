#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/base/qname.hpp"
#include "models/messages/fault.hpp"

namespace echoflow {

/// Identifies an instance for ever; positive.
using InstanceId = std::int64_t;
/// Identifies an activity's execution within its instance; counts from 1.
using ActivityId = std::uint32_t;
/// Identifies an open inbound request-response, for ever; 0: one-way.
using ExchangeId = std::int64_t;

/// A message as it arrived, already split into the parts of its WSDL message.
struct Message {
  QName message_type;
  Parts parts;
  /// wsa:ReplyTo address and wsa:MessageID, empty when absent.
  std::string reply_to;
  std::string message_id;
  /// The parts as XML, in their order, where they have been written already: whoever sends the message need not write
  /// them again. An empty text or none where not.
  std::vector<std::string> written;
};

/// An endpoint reference: what a partner link's role holds. `epr` is the sref:service-ref element's document, null when
/// the role is not initialised; `address` is read from it.
struct EndpointReference {
  xml::DocumentPtr service_ref;
  std::string address;
};

}  // namespace echoflow

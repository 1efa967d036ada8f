#pragma once
#include "models/base/result.hpp"
#include "models/messages/message.hpp"

/// WS-BPEL 2.0 §6.3, §8.4: endpoint references as values.
namespace echoflow::engine::endpoints {

/// A sref:service-ref that holds a wsa:EndpointReference with this address.
xml::DocumentPtr make_service_ref(const std::string& address);
/// Reads a sref:service-ref element: mismatchedAssignmentFailure when it is another element, unsupportedReference when
/// no address can be found in it.
Result<EndpointReference, Fault> read_service_ref(const xml::NodeRef& element);

}  // namespace echoflow::engine::endpoints

#pragma once
#include <string>
#include <string_view>

#include "adapters/soap/envelope.hpp"
#include "models/messages/fault.hpp"
#include "models/program/program.hpp"

/// BPEL faults as SOAP faults and back.
namespace echoflow::soap {

/// The namespace of soapFault, the fault that a process gets when a partner's SOAP fault names nothing of its own; and
/// of what this engine adds to SOAP faults.
inline constexpr std::string_view fault_namespace = "urn:echoflow:faults:1.0";

/// " Received: …" for people: printable ASCII, cut after 4096 bytes; empty for nothing.
std::string received(std::string_view bytes);

/// The HTTP status of a refused request, as SOAP 1.1 (always 500) and SOAP 1.2 (400 for the sender's mistakes) say.
int http_status(const SoapError& error);
std::string write_error(const SoapError& error);

/// A BPEL fault: its QName is the SOAP 1.1 faultcode or the SOAP 1.2 subcode, its local name the fault string, its data
/// the detail's content. A fault without data carries its explanation instead.
std::string write_fault(SoapVersion version, const Fault& fault, const Addressing& addressing);

/// The BPEL fault that a partner's SOAP fault means (WS-BPEL 2.0 §10.3): a declared fault when the detail's first
/// element is its message's, else one named by the fault code's QName or the detail's element, with that element as
/// data.
Fault read_fault(const program::Program& program, const program::WireOperation& operation, const Envelope& envelope);

}  // namespace echoflow::soap

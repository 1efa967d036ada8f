#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/base/qname.hpp"
#include "models/program/ids.hpp"

/// How operations look on the wire, from the WSDL's bindings, so that SOAP needs no WSDL at run time.
namespace echoflow::program {

enum class SoapVersion : std::uint8_t { soap11, soap12 };
enum class SoapStyle : std::uint8_t { document, rpc };

struct WireOperation {
  QName port_type;
  std::string operation;
  SoapVersion version = SoapVersion::soap11;
  SoapStyle style = SoapStyle::document;
  std::string soap_action;
  std::string rpc_namespace;  ///< of the wrapper elements "operation" and "operationResponse"
  MessageTypeId input = none, output = none;
  struct FaultType {
    std::string name;
    QName qname;
    MessageTypeId type = none;
  };  ///< qname: {portType namespace}name, the BPEL fault
  std::vector<FaultType> faults;
  std::vector<std::uint32_t> input_header_parts, output_header_parts;  ///< part indices carried as header blocks
};

/// How a partner is called; from the deployment descriptor.
struct PartnerSettings {
  std::uint32_t timeout_ms = 30'000;
  std::uint32_t retry_times = 0;
  std::uint32_t retry_delay_ms = 5'000;  ///< doubles with each attempt
  bool incident_on_failure = false;      ///< else a fault the process can catch
};

}  // namespace echoflow::program

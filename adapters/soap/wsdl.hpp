#pragma once
#include <map>
#include <string>

#include "adapters/runtime/directory.hpp"
#include "models/base/result.hpp"
#include "models/program/program.hpp"

namespace echoflow::soap {

/// For which endpoint a WSDL is asked.
struct InterfaceView {
  const program::Program& program;
  const runtime::EndpointInfo& endpoint;
  std::string url;  ///< of the endpoint, as the client reaches it
};

/// A .wsdl or .xsd file of a deployment as it is served at `url?wsdl` (or `url?wsdl=path`): locations of imports point
/// to `url?wsdl=…`, the soap:address of the endpoint's portType is `url`; a binding and a service are added to the
/// endpoint's own file where it has none.
Result<std::string> serve_interface_file(const std::map<std::string, std::string>& files, const std::string& file,
                                         const InterfaceView& view);

}  // namespace echoflow::soap

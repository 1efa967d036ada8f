// Any bytes as a WSDL file that imports itself and a schema: the loader must end, with findings or definitions.
#include <cstddef>
#include <cstdint>
#include <string>

#include "bpel/wsdl/loader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  echoflow::source::SourceSet sources;
  sources.files["a.wsdl"].assign(reinterpret_cast<const char*>(data), size);
  sources.files["a.xsd"] =
      R"(<schema xmlns="http://www.w3.org/2001/XMLSchema"><include schemaLocation="a.xsd"/></schema>)";
  echoflow::Diagnostics findings;
  echoflow::source::Documents documents(sources, findings);
  echoflow::wsdl::Loader loader(documents);
  loader.add("a.wsdl");
  const auto definitions = loader.take_definitions();
  for (const auto& port_type : definitions.port_types) {
    definitions.binding_of(port_type.name);
    definitions.address_of(port_type.name);
  }
  loader.take_schemas();
  return 0;
}

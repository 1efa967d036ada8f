// Any bytes as echoflow.json and as deploy.xml.
#include <cstddef>
#include <cstdint>
#include <string>

#include "bpel/descriptor/descriptor.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const echoflow::source::SourceSet sources{{{"echoflow.json", bytes}, {"a/deploy.xml", bytes}}};
  echoflow::Diagnostics findings;
  const auto descriptor = echoflow::descriptor::read_descriptors(sources, findings);
  descriptor.settings_for("a/p.bpel", {"urn:p", "P"}).partner("Bank", {"urn:p", "Bank"});
  echoflow::descriptor::report_unknown_processes(descriptor, {{"urn:p", "P"}}, findings);
  return 0;
}

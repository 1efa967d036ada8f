// Any bytes as a process: the parser must end with findings or an AST, never worse.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "bpel/parse/process.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  echoflow::source::SourceSet sources;
  sources.files["p.bpel"].assign(reinterpret_cast<const char*>(data), size);
  echoflow::Diagnostics findings;
  const auto process = echoflow::parse::parse_process("p.bpel", sources, findings);
  // A process without an activity cannot be run, so that must have been said.
  if (!process.body.activity && !echoflow::has_errors(findings)) std::abort();
  return 0;
}

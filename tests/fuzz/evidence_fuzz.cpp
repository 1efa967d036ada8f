#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "adapters/documents/document_seal.hpp"
#include "adapters/documents/evidence_file.hpp"

/// Whatever the bytes, the readers of evidence answer; and what they find in a document reads the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace echoflow::documents;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  std::istringstream in(bytes);
  const auto check = verify_evidence_file(in);
  if (check.whole() && check.key.empty()) std::abort();
  const auto inside = embedded_evidence(bytes);
  if (!inside.empty() && !inside.starts_with(evidence_beginning)) std::abort();
  static_cast<void>(check_seal(bytes));
  return 0;
}

#include <cstdint>
#include <cstdlib>
#include <string>

#include "adapters/archive/zip.hpp"

using namespace echoflow;

/// Whatever unpacks within the limits packs and unpacks to the same files.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  archive::ArchiveLimits limits;
  limits.max_unpacked_bytes = 1u << 20;
  auto files = archive::read_zip({reinterpret_cast<const char*>(data), size}, limits);
  if (!files) return 0;
  std::size_t total = 0;
  for (const auto& [path, content] : *files) {
    total += content.size();
    // A name may begin with two dots; a step may not be them.
    if (("/" + path + "/").find("/../") != std::string::npos || path.front() == '/') std::abort();
  }
  if (total > limits.max_unpacked_bytes) std::abort();
  auto again = archive::read_zip(archive::write_zip(*files));
  if (again && *again != *files) std::abort();
  return 0;
}

#pragma once
#include <string>
#include <vector>

#include "adapters/runtime/directory.hpp"
#include "adapters/runtime/runtime.hpp"

/// How a deployment is kept: a ZIP of its files and, beside them, an index of what its processes offer, so that a start
/// needs to compile nothing.
namespace echoflow::runtime {

struct UnpackedDeployment {
  Files files;
  std::string index;  ///< "" when the archive has none
};

std::string pack(const Files& files, const std::vector<ProcessInfo>& processes);
Outcome<UnpackedDeployment> unpack(const std::string& archive);

std::string write_index(const std::vector<ProcessInfo>& processes);
/// key, name, file, in_memory, retired and endpoints of each process. Empty when the index is missing or of another
/// version.
std::vector<ProcessInfo> read_index(const std::string& index);

}  // namespace echoflow::runtime

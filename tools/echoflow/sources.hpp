#pragma once
#include <map>
#include <string>

#include "models/base/result.hpp"

namespace echoflow::tool {

/// What `check` and `deploy` are given: an archive, a folder, a model, or one process with what it imports.
struct Sources {
  std::map<std::string, std::string> files;
  std::string name;    ///< of the file or folder, without path and ending
  std::string prefix;  ///< what stands before a path in `files` so that it can be opened from here; empty for archives
};

Result<Sources> read_sources(const std::string& path);

}  // namespace echoflow::tool

#pragma once
#include <cstddef>
#include <string>

#include "bpel/source/source_set.hpp"
#include "models/base/result.hpp"

namespace echoflow::source {

struct FolderLimits {
  std::size_t max_files = 10'000;
  std::size_t max_file_bytes = 16u << 20;
  std::size_t max_total_bytes = 128u << 20;
};

/// Reads a folder with its sub-folders, or one file alone, into a SourceSet whose paths are relative to it. Hidden
/// files and folders are left out; symbolic links are followed only to what lies inside the folder. Fails with a
/// message that names the path, or the limit that was passed ("archive-files", "file-bytes", "archive-bytes").
Result<SourceSet> read_folder(const std::string& path, const FolderLimits& limits = {});

}  // namespace echoflow::source

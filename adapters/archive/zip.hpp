#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "adapters/archive/path.hpp"
#include "models/base/result.hpp"

/// ZIP archives of deployments. Only what a deployment needs: stored and deflated files, in memory.
namespace echoflow::archive {

struct ArchiveLimits {
  std::size_t max_archive_bytes = 64u << 20;
  std::size_t max_files = 4096;
  std::size_t max_unpacked_bytes = 256u << 20;
  std::size_t max_file_bytes = 64u << 20;
  std::size_t max_ratio = 400;  ///< unpacked to packed bytes of the whole archive, counted above 1 MB
};

using Files = std::map<std::string, std::string>;

/// Unpacks an archive; never throws, never writes to disk. Folders, and what macOS adds (__MACOSX, .DS_Store), are left
/// out.
Result<Files, ArchiveError> read_zip(std::string_view bytes, const ArchiveLimits& limits = {});

/// Packs files, the same bytes for the same files.
std::string write_zip(const Files& files);

}  // namespace echoflow::archive

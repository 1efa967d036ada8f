#pragma once
#include <string>
#include <string_view>

#include "models/base/result.hpp"

namespace echoflow::archive {

/// Why an archive or a file name in it is refused. `limit` names the limit that was passed ("archive-bytes",
/// "archive-files", "archive-unpacked-bytes", "archive-file-bytes", "archive-ratio", "archive-path"), empty when the
/// archive is damaged.
struct ArchiveError {
  std::string message;
  std::string limit;
};

/// A file name from outside as a path in a deployment: '/' between folders, no empty or "." steps. Refused: absolute
/// paths, drive letters, "..", control characters, bytes that are no UTF-8, more than 512 bytes.
Result<std::string, ArchiveError> safe_path(std::string_view name);

}  // namespace echoflow::archive

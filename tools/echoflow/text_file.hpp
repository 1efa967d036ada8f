#pragma once
#include <string>

#include "models/base/result.hpp"

namespace echoflow::tool {

/// A whole file; the error names it. More than `most` bytes are refused.
Result<std::string> read_text_file(const std::string& file, std::size_t most);
/// Writes it under another name first, so that there is never half a file.
Result<void> write_text_file(const std::string& file, const std::string& content);

}  // namespace echoflow::tool

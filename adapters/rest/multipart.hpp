#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/base/result.hpp"

namespace echoflow::rest {

struct MultipartPart {
  std::string name;
  std::string file_name;  ///< as the client gave it; empty for a plain field
  bool is_file = false;
  std::string_view content;  ///< into the body
};

/// Splits a multipart/form-data body (RFC 7578). At most 4096 parts.
Result<std::vector<MultipartPart>> parse_multipart(std::string_view body, std::string_view boundary);

}  // namespace echoflow::rest

#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace echoflow {

/// RFC 4648 base64 with padding.
std::string to_base64(std::string_view bytes);
/// Nothing when the text is not exactly what to_base64 writes for some bytes.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace echoflow

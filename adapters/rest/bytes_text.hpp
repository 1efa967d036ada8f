#pragma once
#include <optional>
#include <string>
#include <string_view>

/// Bytes from hexadecimal, and as base64 text.
namespace echoflow::rest {

std::optional<std::string> from_hex(std::string_view text);
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

}  // namespace echoflow::rest

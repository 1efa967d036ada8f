#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Bytes as hexadecimal and base64 text.
namespace echoflow::rest {

std::string to_hex(std::span<const std::uint8_t> bytes);
std::optional<std::string> from_hex(std::string_view text);
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

}  // namespace echoflow::rest

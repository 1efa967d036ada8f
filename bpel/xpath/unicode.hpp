#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace echoflow::xpath {

inline constexpr char32_t invalid_character = 0xFFFFFFFF;

/// Decodes the character at `at` and moves behind it; invalid_character (and one byte on) for malformed UTF-8.
char32_t decode_utf8(std::string_view text, std::size_t& at);
void append_utf8(char32_t c, std::string& out);
/// Characters, not bytes.
std::size_t utf8_length(std::string_view text);
/// Byte offset of the n-th character (0-based), or the size of the text.
std::size_t utf8_offset(std::string_view text, std::size_t n);

}  // namespace echoflow::xpath

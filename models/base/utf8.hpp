#pragma once
#include <cstddef>
#include <string_view>

namespace echoflow {

/// Length in bytes of the UTF-8 character at the front of `text`; 0 when it is malformed (overlong, surrogate, beyond
/// U+10FFFF, cut off) or `text` is empty.
std::size_t utf8_length(std::string_view text);

/// True when all of `text` is well-formed UTF-8.
bool is_valid_utf8(std::string_view text);

}  // namespace echoflow

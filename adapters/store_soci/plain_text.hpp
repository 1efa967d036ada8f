#pragma once
#include <string>
#include <string_view>

namespace echoflow::store {

/// Text that PostgreSQL can keep: UTF-8 without NUL.
bool is_plain_text(std::string_view text);
/// The same with U+FFFD for every byte that does not fit.
std::string to_plain_text(std::string_view text);

/// Appends the bytes in lower-case hexadecimal.
void append_hex(std::string& to, std::string_view bytes);
/// Appends an element of PostgreSQL's array literal, in quotes.
void append_text_element(std::string& to, std::string_view text);
/// The same for an element of a bytea[].
void append_bytes_element(std::string& to, std::string_view bytes);

}  // namespace echoflow::store

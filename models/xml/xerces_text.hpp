#pragma once
// Inside models/xml only: the platform's start, and text between UTF-8 and Xerces' UTF-16.
#include <memory>
#include <string>
#include <string_view>

namespace echoflow::xml {

/// Starts Xerces once for the life of the program, with its network access removed.
void start_xerces();

/// A buffer for one text at a time, converted from UTF-16.
class Utf8Buffer {
 public:
  /// Valid until the next call. A lone surrogate becomes U+FFFD.
  std::string_view convert(const char16_t* text, std::size_t length);
  std::string_view convert(const char16_t* text) {
    return text == nullptr ? std::string_view{} : convert(text, std::char_traits<char16_t>::length(text));
  }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
};

/// Appends UTF-16 (well-formed, as Xerces hands it out; a lone surrogate becomes U+FFFD) as UTF-8.
void append_utf8(const char16_t* text, std::size_t length, std::string& out);
std::string to_utf8(const char16_t* text);
/// Malformed UTF-8 becomes U+FFFD.
std::u16string to_utf16(std::string_view text);

/// Rewrites UTF-16 bytes (with or without a byte order mark) as UTF-8; anything else is left alone. False when the
/// bytes are UTF-16 but cut off or with lone surrogates.
bool utf16_bytes_to_utf8(std::string_view bytes, std::string& out, bool& was_utf16);

}  // namespace echoflow::xml

#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace echoflow::understanding {

/// One decoded character; malformed bytes become U+FFFD.
struct Decoded {
  char32_t code = 0;
  std::uint32_t bytes = 0;
};
Decoded decode(std::string_view text, std::size_t at);
void append_utf8(std::string& out, char32_t code);

/// A letter as it is compared: lower case, German umlauts as two letters ("ä" → "ae"), other marks dropped ("é" → "e").
void append_folded(std::string& out, char32_t code);
/// A whole text so. Used for lexicons and rules; posts are folded while they are cut into words.
std::string folded(std::string_view text);

/// Composes base letters with the marks that follow them (Unicode's NFC); most texts come back as they are.
std::string composed(std::string_view text);
bool needs_composing(std::string_view text);

bool is_letter(char32_t code);
bool is_upper(char32_t code);
bool is_digit(char32_t code);
bool is_emoji(char32_t code);
/// Selectors, joiners and skin tones, which belong to the emoji before them.
bool continues_emoji(char32_t code);

}  // namespace echoflow::understanding

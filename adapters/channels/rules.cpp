#include "adapters/channels/rules.hpp"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "models/base/utf8.hpp"

namespace echoflow::channels {

namespace {

/// Calls `each` with every code point; malformed bytes count one each.
template <class F>
void for_each_character(std::string_view text, F each) {
  while (!text.empty()) {
    const auto length = std::max<std::size_t>(utf8_length(text), 1);
    char32_t c = static_cast<unsigned char>(text[0]);
    if (length > 1) {
      c &= 0xffu >> (length + 1);
      for (std::size_t i = 1; i < length; ++i) c = (c << 6) | (static_cast<unsigned char>(text[i]) & 0x3f);
    }
    each(c);
    text.remove_prefix(length);
  }
}

std::size_t graphemes_of(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) return text.size();
  const auto unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  breaks->setText(unicode);
  std::size_t count = 0;
  while (breaks->next() != icu::BreakIterator::DONE) ++count;
  return count;
}

/// The ranges that count one on X; all else counts two.
bool is_light(char32_t c) {
  return c <= 0x10ff || (c >= 0x2000 && c <= 0x200d) || (c >= 0x2010 && c <= 0x201f) || (c >= 0x2032 && c <= 0x2037);
}

std::size_t address_length(std::string_view text) {
  if (!text.starts_with("https://") && !text.starts_with("http://")) return 0;
  return std::min(text.find_first_of(" \t\r\n"), text.size());
}

std::size_t weighted_of(std::string_view text) {
  std::size_t weight = 0;
  while (!text.empty()) {
    if (const auto address = address_length(text)) {
      weight += 23;
      text.remove_prefix(address);
      continue;
    }
    const auto length = std::max<std::size_t>(utf8_length(text), 1);
    for_each_character(text.substr(0, length), [&](char32_t c) { weight += is_light(c) ? 1 : 2; });
    text.remove_prefix(length);
  }
  return weight;
}

}  // namespace

std::string_view to_string(Counting counting) {
  switch (counting) {
    case Counting::characters:
      return "characters";
    case Counting::graphemes:
      return "graphemes";
    case Counting::weighted:
      return "weighted";
    case Counting::utf16:
      return "utf16";
  }
  return "";
}

std::size_t length_of(std::string_view text, Counting counting) {
  std::size_t length = 0;
  switch (counting) {
    case Counting::characters:
      for_each_character(text, [&](char32_t) { ++length; });
      return length;
    case Counting::graphemes:
      return graphemes_of(text);
    case Counting::weighted:
      return weighted_of(text);
    case Counting::utf16:
      for_each_character(text, [&](char32_t c) { length += c > 0xffff ? 2 : 1; });
      return length;
  }
  return length;
}

}  // namespace echoflow::channels

#include "engine/cx/understanding/fold.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>

namespace echoflow::understanding {

namespace {

constexpr char32_t unknown = 0xFFFD;

char32_t without_marks(char32_t code) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* forms = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString parts;
  if (U_FAILURE(status) || !forms->getDecomposition(static_cast<UChar32>(code), parts)) return code;
  return static_cast<char32_t>(parts.char32At(0));
}

std::string fold_slowly(char32_t code) {
  const auto lower = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(code), U_FOLD_CASE_DEFAULT));
  switch (lower) {
    case U'ä':
    case U'æ':
      return "ae";
    case U'ö':
    case U'ø':
    case U'œ':
      return "oe";
    case U'ü':
      return "ue";
    case U'ß':
      return "ss";
    default:
      break;
  }
  std::string out;
  append_utf8(out, without_marks(lower));
  return out;
}

constexpr char32_t table_end = 0x250;

/// The letters of the Latin script, so that posts do not ask ICU.
const std::array<std::string, table_end>& latin() {
  static const auto table = [] {
    std::array<std::string, table_end> made;
    for (char32_t code = 0; code < table_end; ++code) made[code] = fold_slowly(code);
    return made;
  }();
  return table;
}

}  // namespace

Decoded decode(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int32_t>(at);
  const auto begin = i;
  UChar32 code = 0;
  U8_NEXT(bytes, i, static_cast<std::int32_t>(text.size()), code);
  return {code < 0 ? unknown : static_cast<char32_t>(code), static_cast<std::uint32_t>(i - begin)};
}

void append_utf8(std::string& out, char32_t code) {
  std::array<std::uint8_t, 4> bytes{};
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, static_cast<std::uint32_t>(code));
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

void append_folded(std::string& out, char32_t code) {
  if (code < 0x80)
    out += static_cast<char>(code >= 'A' && code <= 'Z' ? code + 32 : code);
  else if (code < table_end)
    out += latin()[code];
  else
    out += fold_slowly(code);
}

std::string folded(std::string_view text) {
  std::string out;
  const std::string whole = needs_composing(text) ? composed(text) : std::string(text);
  for (std::size_t at = 0; at < whole.size();) {
    const auto next = decode(whole, at);
    append_folded(out, next.code == U'’' ? U'\'' : next.code);
    at += next.bytes;
  }
  return out;
}

bool needs_composing(std::string_view text) {
  // U+0300 to U+036F begin with the bytes CC or CD.
  for (char c : text)
    if (static_cast<unsigned char>(c) == 0xCC || static_cast<unsigned char>(c) == 0xCD) return true;
  return false;
}

std::string composed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* forms = icu::Normalizer2::getNFCInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status))
    forms->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr,
                         status);
  return U_SUCCESS(status) ? out : std::string(text);
}

bool is_letter(char32_t code) {
  if (code < 0x80) return (code | 32) >= 'a' && (code | 32) <= 'z';
  return u_isalpha(static_cast<UChar32>(code));
}

bool is_upper(char32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z';
  return u_isupper(static_cast<UChar32>(code));
}

bool is_digit(char32_t code) {
  if (code < 0x80) return code >= '0' && code <= '9';
  return u_isdigit(static_cast<UChar32>(code));
}

bool is_emoji(char32_t code) {
  return code >= 0x203C && u_hasBinaryProperty(static_cast<UChar32>(code), UCHAR_EXTENDED_PICTOGRAPHIC);
}

bool continues_emoji(char32_t code) {
  constexpr char32_t joiner = 0x200D, selector = 0xFE0F, keycap = 0x20E3;
  return code == joiner || code == selector || code == keycap || (code >= 0x1F3FB && code <= 0x1F3FF);
}

}  // namespace echoflow::understanding

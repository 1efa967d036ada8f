#include "models/xml/escape.hpp"

#include <array>

#include "models/base/utf8.hpp"

namespace echoflow::xml {
namespace {

enum : unsigned char { plain = 0, in_text = 1, in_attribute = 2, in_other = 4, everywhere = 7 };

constexpr std::array<unsigned char, 256> make_classes() {
  std::array<unsigned char, 256> classes{};
  for (int c = 0; c < 0x20; ++c) classes[c] = everywhere;
  for (int c = 0x80; c < 0x100; ++c) classes[c] = everywhere;
  classes['\t'] = classes['\n'] = in_attribute;
  classes['&'] = classes['<'] = in_text | in_attribute;
  classes['>'] = in_text | in_other;
  classes['"'] = in_attribute;
  classes['-'] = in_other;
  return classes;
}
constexpr auto classes = make_classes();
constexpr std::string_view replacement = "\xef\xbf\xbd";

unsigned char mask_of(EscapePlace place) {
  if (place == EscapePlace::text) return in_text;
  return place == EscapePlace::attribute ? in_attribute : in_other;
}

std::string_view escape_of(char c, EscapePlace place) {
  const bool knows_escapes = place == EscapePlace::text || place == EscapePlace::attribute;
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return place == EscapePlace::text ? "&gt;" : ">";
    case '"':
      return "&quot;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return knows_escapes ? "&#13;" : "\n";
    case '-':
      return "-";
    default:
      return replacement;
  }
}

// "-" after "-" in a comment and ">" after "?" in a processing instruction would end it early.
bool needs_space(char c, EscapePlace place, const std::string& out, std::size_t start) {
  if (out.size() == start) return false;
  return (place == EscapePlace::comment && c == '-' && out.back() == '-') ||
         (place == EscapePlace::processing_instruction && c == '>' && out.back() == '?');
}

bool is_noncharacter(std::string_view c) {
  return c == "\xef\xbf\xbe" || c == "\xef\xbf\xbf";
}

}  // namespace

std::size_t plain_length(std::string_view text, EscapePlace place) {
  const unsigned char mask = mask_of(place);
  std::size_t length = 0;
  while (length < text.size() && (classes[static_cast<unsigned char>(text[length])] & mask) == 0) ++length;
  // What ends a comment early depends on the character before.
  return length == text.size() || mask != in_other ? length : 0;
}

void append_escaped(std::string_view text, EscapePlace place, std::string& out) {
  const unsigned char mask = mask_of(place);
  const std::size_t start = out.size();
  std::size_t from = 0;  // what lies between from and at is copied as it is
  std::size_t at = 0;
  const auto flush = [&] { out.append(text.data() + from, at - from); };
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    if ((classes[c] & mask) == 0) {
      ++at;
      continue;
    }
    if (c < 0x80) {
      flush();
      if (needs_space(text[at], place, out, start)) out += ' ';
      out += escape_of(text[at], place);
      from = ++at;
      continue;
    }
    const std::size_t length = utf8_length(text.substr(at));
    if (length != 0 && !is_noncharacter(text.substr(at, length))) {
      at += length;
      continue;
    }
    flush();
    out += replacement;
    from = at += length == 0 ? 1 : length;
  }
  flush();
  if (place == EscapePlace::comment && out.size() > start && out.back() == '-') out += ' ';
}

}  // namespace echoflow::xml

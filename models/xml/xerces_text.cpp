#include "models/xml/xerces_text.hpp"

#include <cstdlib>
#include <cstring>
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/XMLNetAccessor.hpp>

namespace echoflow::xml {
namespace {

constexpr char32_t replacement = 0xfffd;

void put_utf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3f));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (c & 0x3f));
  }
}

bool is_high(char16_t c) { return c >= 0xd800 && c < 0xdc00; }
bool is_low(char16_t c) { return c >= 0xdc00 && c < 0xe000; }

// Reads one character, malformed bytes as U+FFFD.
char32_t take_utf8(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned first = byte(i++);
  if (first < 0x80) return first;
  const int more = first >= 0xf0 && first < 0xf5 ? 3 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xc2 && first < 0xe0 ? 1 : 0;
  if (more == 0) return replacement;
  char32_t c = first & (0x3fu >> more);
  for (int k = 0; k < more; ++k, ++i) {
    if (i >= text.size() || (byte(i) & 0xc0) != 0x80) return replacement;
    c = (c << 6) | (byte(i) & 0x3f);
  }
  constexpr char32_t least[] = {0, 0x80, 0x800, 0x10000};
  return c < least[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? replacement : c;
}

}  // namespace

void start_xerces() {
  static const bool started = [] {
    xercesc::XMLPlatformUtils::Initialize();
    delete xercesc::XMLPlatformUtils::fgNetAccessor;
    xercesc::XMLPlatformUtils::fgNetAccessor = nullptr;
    return true;
  }();
  static_cast<void>(started);
}

void append_utf8(const char16_t* text, std::size_t length, std::string& out) {
  std::size_t i = 0;
  while (i < length) {
    // Runs of ASCII, eight at a time.
    constexpr std::size_t block = 8;
    while (i + block <= length) {
      std::uint64_t low = 0;
      std::uint64_t high = 0;
      std::memcpy(&low, text + i, 8);
      std::memcpy(&high, text + i + 4, 8);
      if (((low | high) & 0xff80ff80ff80ff80u) != 0) break;
      char narrow[block];
      for (std::size_t k = 0; k < block; ++k) narrow[k] = static_cast<char>(text[i + k]);
      out.append(narrow, block);
      i += block;
    }
    if (i == length) return;
    char32_t c = text[i++];
    if (is_high(static_cast<char16_t>(c)) && i < length && is_low(text[i]))
      c = 0x10000 + ((c - 0xd800) << 10) + (text[i++] - 0xdc00u);
    else if (c >= 0xd800 && c < 0xe000)
      c = replacement;
    put_utf8(c, out);
  }
}

std::string to_utf8(const char16_t* text) {
  std::string out;
  if (text != nullptr) append_utf8(text, std::char_traits<char16_t>::length(text), out);
  return out;
}

std::u16string to_utf16(std::string_view text) {
  std::u16string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = take_utf8(text, i);
    if (c < 0x10000) {
      out += static_cast<char16_t>(c);
    } else {
      out += static_cast<char16_t>(0xd800 + ((c - 0x10000) >> 10));
      out += static_cast<char16_t>(0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  }
  return out;
}

bool utf16_bytes_to_utf8(std::string_view bytes, std::string& out, bool& was_utf16) {
  const auto starts = [&](unsigned char a, unsigned char b) {
    return bytes.size() >= 2 && static_cast<unsigned char>(bytes[0]) == a && static_cast<unsigned char>(bytes[1]) == b;
  };
  const bool big = starts(0xfe, 0xff) || starts(0, '<');
  const bool little = starts(0xff, 0xfe) || starts('<', 0);
  was_utf16 = big || little;
  if (!was_utf16) return true;
  if (bytes.size() % 2 != 0) return false;
  const auto unit = [&](std::size_t i) {
    const auto a = static_cast<unsigned char>(bytes[i]);
    const auto b = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<char16_t>(big ? a << 8 | b : b << 8 | a);
  };
  out.clear();
  out.reserve(bytes.size());
  for (std::size_t i = unit(0) == 0xfeff ? 2 : 0; i < bytes.size(); i += 2) {
    char32_t c = unit(i);
    if (is_high(static_cast<char16_t>(c)) && i + 2 < bytes.size() && is_low(unit(i + 2))) {
      c = 0x10000 + ((c - 0xd800) << 10) + (unit(i + 2) - 0xdc00u);
      i += 2;
    } else if (c >= 0xd800 && c < 0xe000) {
      return false;
    }
    put_utf8(c, out);
  }
  return true;
}

}  // namespace echoflow::xml

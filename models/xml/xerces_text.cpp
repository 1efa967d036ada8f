#include "models/xml/xerces_text.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/XMLNetAccessor.hpp>

namespace echoflow::xml {
namespace {

constexpr char32_t replacement = 0xfffd;

constexpr std::size_t most_bytes = 3;  // of UTF-8 for one unit of UTF-16

char* put_utf8(char32_t c, char* out) {
  const auto tail = [&](int shift) { *out++ = static_cast<char>(0x80 | ((c >> shift) & 0x3f)); };
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *out++ = static_cast<char>(0xc0 | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    *out++ = static_cast<char>(0xe0 | (c >> 12));
    tail(6);
    tail(0);
  } else {
    *out++ = static_cast<char>(0xf0 | (c >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
  return out;
}

bool is_high(char16_t c) {
  return c >= 0xd800 && c < 0xdc00;
}
bool is_low(char16_t c) {
  return c >= 0xdc00 && c < 0xe000;
}

// Reads one character, malformed bytes as U+FFFD.
char32_t take_utf8(std::string_view text, std::size_t& i) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned first = byte(i++);
  if (first < 0x80) return first;
  const int more = first >= 0xf0 && first < 0xf5   ? 3
                   : first >= 0xe0 && first < 0xf0 ? 2
                   : first >= 0xc2 && first < 0xe0 ? 1
                                                   : 0;
  if (more == 0) return replacement;
  char32_t c = first & (0x3fu >> more);
  for (int k = 0; k < more; ++k, ++i) {
    if (i >= text.size() || (byte(i) & 0xc0) != 0x80) return replacement;
    c = (c << 6) | (byte(i) & 0x3f);
  }
  constexpr char32_t least[] = {0, 0x80, 0x800, 0x10000};
  return c < least[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? replacement : c;
}

char* write_utf8(const char16_t* text, std::size_t length, char* out) {
  std::size_t i = 0;
  while (i < length) {
#ifdef __SSE2__
    for (; i + 8 <= length; i += 8, out += 8) {
      const __m128i units = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i));
      const __m128i beyond_ascii = _mm_and_si128(units, _mm_set1_epi16(static_cast<short>(0xff80)));
      if (_mm_movemask_epi8(_mm_cmpeq_epi16(beyond_ascii, _mm_setzero_si128())) != 0xffff) break;
      _mm_storel_epi64(reinterpret_cast<__m128i*>(out), _mm_packus_epi16(units, units));
    }
#endif
    for (; i < length && text[i] < 0x80; ++i) *out++ = static_cast<char>(text[i]);
    if (i == length) break;
    char32_t c = text[i++];
    if (is_high(static_cast<char16_t>(c)) && i < length && is_low(text[i]))
      c = 0x10000 + ((c - 0xd800) << 10) + (text[i++] - 0xdc00u);
    else if (c >= 0xd800 && c < 0xe000)
      c = replacement;
    out = put_utf8(c, out);
  }
  return out;
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

std::string_view Utf8Buffer::convert(const char16_t* text, std::size_t length) {
  if (bytes_ == nullptr || capacity_ < length * most_bytes) {
    capacity_ = (length + 32) * most_bytes * 2;
    bytes_ = std::make_unique<char[]>(capacity_);
  }
  return {bytes_.get(), static_cast<std::size_t>(write_utf8(text, length, bytes_.get()) - bytes_.get())};
}

void append_utf8(const char16_t* text, std::size_t length, std::string& out) {
  Utf8Buffer buffer;
  out.append(buffer.convert(text, length));
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
    char encoded[4];
    out.append(encoded, static_cast<std::size_t>(put_utf8(c, encoded) - encoded));
  }
  return true;
}

}  // namespace echoflow::xml

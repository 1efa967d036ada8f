#include "adapters/store_soci/plain_text.hpp"

#include <algorithm>

#include "models/base/utf8.hpp"

namespace echoflow::store {
namespace {

/// The length of the UTF-8 sequence that starts here; 0 when there is none or it is NUL.
std::size_t sequence_length(std::string_view text) {
  return text.front() == '\0' ? 0 : utf8_length(text);
}

}  // namespace

bool is_plain_text(std::string_view text) {
  const auto ascii = [](char c) { return c > 0; };
  auto at = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), ascii) - text.begin());
  while (at < text.size()) {
    const std::size_t length = sequence_length(text.substr(at));
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string to_plain_text(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    plain += length > 0 ? text.substr(0, length) : std::string_view("\xef\xbf\xbd");
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return plain;
}

void append_hex(std::string& to, std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  const std::size_t start = to.size();
  to.resize(start + 2 * bytes.size());
  char* out = to.data() + start;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *out++ = digits[byte >> 4];
    *out++ = digits[byte & 15];
  }
}

void append_text_element(std::string& to, std::string_view text) {
  if (!is_plain_text(text)) return append_text_element(to, to_plain_text(text));
  to += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') to += '\\';
    to += c;
  }
  to += '"';
}

void append_bytes_element(std::string& to, std::string_view bytes) {
  to += "\"\\\\x";
  append_hex(to, bytes);
  to += '"';
}

}  // namespace echoflow::store

#include "engine/cx/words.hpp"

#include <charconv>

#include "models/base/hex.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::cx {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\n';
}

/// Reads a whole word as a number.
template <class T>
bool read(std::string_view word, T& value) {
  auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc() && end == word.data() + word.size();
}

}  // namespace

WordWriter& WordWriter::plain(std::string_view word) {
  if (!out_.empty() && out_.back() != '\n') out_ += ' ';
  out_ += word;
  return *this;
}

WordWriter& WordWriter::text(std::string_view text) {
  std::string word = "=";  // so that an empty text is a word too
  for (char c : text) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '%' || c == '\x7f')
      word += '%' + to_hex(std::string_view(&c, 1));
    else
      word += c;
  }
  return plain(word);
}

WordWriter& WordWriter::number(std::int64_t value) {
  return plain(std::to_string(value));
}

WordWriter& WordWriter::number(std::uint64_t value) {
  return plain(std::to_string(value));
}

WordWriter& WordWriter::real(double value) {
  char buffer[32];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return plain({buffer, static_cast<std::size_t>(end - buffer)});
}

WordWriter& WordWriter::end_line() {
  out_ += '\n';
  return *this;
}

void WordReader::skip_blanks() {
  while (!rest_.empty() && is_blank(rest_.front())) {
    if (rest_.front() == '\n') ++line_;
    rest_.remove_prefix(1);
  }
}

std::string_view WordReader::word() {
  if (!good_) return {};
  skip_blanks();
  std::size_t size = 0;
  while (size < rest_.size() && !is_blank(rest_[size])) ++size;
  auto found = rest_.substr(0, size);
  rest_.remove_prefix(size);
  if (found.empty()) good_ = false;
  return found;
}

bool WordReader::expect(std::string_view wanted) {
  if (word() != wanted) good_ = false;
  return good_;
}

std::string WordReader::text(std::size_t most) {
  auto encoded = word();
  if (!good_ || encoded.front() != '=' || encoded.size() > 3 * most + 1) {
    good_ = false;
    return {};
  }
  std::string out;
  for (std::size_t i = 1; i < encoded.size(); ++i) {
    if (encoded[i] != '%') {
      out += encoded[i];
      continue;
    }
    auto byte = from_hex(encoded.substr(i + 1, 2));
    if (!byte || byte->size() != 1) good_ = false;
    if (!good_) return {};
    out += *byte;
    i += 2;
  }
  if (out.size() > most) good_ = false;
  return good_ ? out : std::string();
}

std::int64_t WordReader::number(std::int64_t least, std::int64_t most) {
  std::int64_t value = 0;
  auto found = word();
  if (!good_ || !read(found, value) || value < least || value > most) good_ = false;
  return good_ ? value : 0;
}

std::uint64_t WordReader::count(std::uint64_t most) {
  std::uint64_t value = 0;
  auto found = word();
  if (!good_ || !read(found, value) || value > most) good_ = false;
  return good_ ? value : 0;
}

double WordReader::real(double least, double most) {
  double value = 0;
  auto found = word();
  // The comparison is also false for a NaN.
  if (!good_ || !read(found, value) || !(value >= least && value <= most)) good_ = false;
  return good_ ? value : 0;
}

std::string_view WordReader::after_line() {
  if (!good_ || rest_.empty() || rest_.front() != '\n') {
    good_ = false;
    return {};
  }
  return rest_.substr(1);
}

bool WordReader::at_end() {
  skip_blanks();
  return rest_.empty();
}

}  // namespace echoflow::cx

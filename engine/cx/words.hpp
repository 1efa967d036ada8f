#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace echoflow::cx {

/// Writes values as words with blanks between them.
class WordWriter {
 public:
  WordWriter& plain(std::string_view word);
  WordWriter& text(std::string_view text);  ///< any bytes; percent-encoded
  WordWriter& number(std::int64_t value);
  WordWriter& number(std::uint64_t value);
  WordWriter& real(double value);  ///< reads back as the same value
  WordWriter& end_line();
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Reads them back. After the first wrong word everything is empty and good() is false.
class WordReader {
 public:
  explicit WordReader(std::string_view text) : rest_(text) {}
  bool expect(std::string_view word);
  std::string_view plain() { return word(); }
  std::string text(std::size_t most);
  std::int64_t number(std::int64_t least, std::int64_t most);
  std::uint64_t count(std::uint64_t most);
  double real(double least, double most);
  bool at_end();
  /// What follows the end of the present line, which must come next.
  std::string_view after_line();
  bool good() const { return good_; }
  std::size_t line() const { return line_; }
  void refuse() { good_ = false; }

 private:
  std::string_view word();
  void skip_blanks();

  std::string_view rest_;
  std::size_t line_ = 1;
  bool good_ = true;
};

}  // namespace echoflow::cx

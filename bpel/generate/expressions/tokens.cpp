#include "bpel/generate/expressions/tokens.hpp"

#include <algorithm>
#include <array>

namespace echoflow::generate {

namespace {

constexpr std::size_t longest_text = 64u << 10;

/// Longer signs first.
constexpr std::array<std::string_view, 34> signs = {
    "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "<", ">", "=",
    "!",   "+",   "-",  "*",  "/",  "%",  "(",  ")",  ",",  ".",  ";",  "{",  "}",  "?",  ":", "[", "]",
};

bool is_letter(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c >= 0x80;
}
bool is_digit(unsigned char c) {
  return c >= '0' && c <= '9';
}

class Reader {
 public:
  Reader(std::string_view text, const std::vector<std::string>& names) : text_(text), names_(names) {}

  Result<std::vector<Token>> read() {
    while (at_ < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '\n') {
        tokens_.push_back({TokenKind::line_end, "\n"});
        ++at_;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        ++at_;
      } else if (text_.substr(at_).starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == '"' || c == '\'') {
        if (auto read = quoted(static_cast<char>(c)); !read) return fail(read.error());
      } else if (is_digit(c)) {
        number();
      } else if (spoken_name()) {
        continue;
      } else if (is_letter(c)) {
        name();
      } else if (!sign()) {
        return fail("the character '" + std::string(1, static_cast<char>(c)) + "' has no meaning there");
      }
    }
    tokens_.push_back({});
    return std::move(tokens_);
  }

 private:
  Result<void> quoted(char quote) {
    std::string value;
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      value += text_[at_];
    }
    if (at_ >= text_.size()) return fail("a text is not closed by its quotation mark");
    ++at_;
    tokens_.push_back({TokenKind::text, std::move(value)});
    return {};
  }
  void number() {
    const auto begin = at_;
    while (at_ < text_.size() && is_digit(static_cast<unsigned char>(text_[at_]))) ++at_;
    if (at_ + 1 < text_.size() && text_[at_] == '.' && is_digit(static_cast<unsigned char>(text_[at_ + 1]))) {
      ++at_;
      while (at_ < text_.size() && is_digit(static_cast<unsigned char>(text_[at_]))) ++at_;
    }
    tokens_.push_back({TokenKind::number, std::string(text_.substr(begin, at_ - begin))});
    // 3L, 2.5f, 1.5d: the same numbers.
    if (at_ < text_.size() && std::string_view("LlfFdD").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  /// The longest of the names that are no single words.
  bool spoken_name() {
    std::string_view longest;
    for (const std::string& each : names_) {
      if (each.size() <= longest.size() || !text_.substr(at_).starts_with(each)) continue;
      const auto end = at_ + each.size();
      const auto next = end < text_.size() ? static_cast<unsigned char>(text_[end]) : 0;
      if (!is_letter(next) && !is_digit(next)) longest = each;
    }
    if (longest.empty()) return false;
    tokens_.push_back({TokenKind::name, std::string(longest)});
    at_ += longest.size();
    return true;
  }
  void name() {
    const auto begin = at_;
    while (at_ < text_.size() &&
           (is_letter(static_cast<unsigned char>(text_[at_])) || is_digit(static_cast<unsigned char>(text_[at_]))))
      ++at_;
    tokens_.push_back({TokenKind::name, std::string(text_.substr(begin, at_ - begin))});
  }
  bool sign() {
    const auto found = std::find_if(signs.begin(), signs.end(),
                                    [&](std::string_view each) { return text_.substr(at_).starts_with(each); });
    if (found == signs.end()) return false;
    tokens_.push_back({TokenKind::sign, std::string(*found)});
    at_ += found->size();
    return true;
  }

  std::string_view text_;
  const std::vector<std::string>& names_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> tokens_of(std::string_view text, const std::vector<std::string>& names) {
  if (text.size() > longest_text) return fail("it is longer than 64 KiB");
  return Reader(text, names).read();
}

}  // namespace echoflow::generate

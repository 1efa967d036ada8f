#include "bpel/rules/expression_tokens.hpp"

#include <array>
#include <cctype>

namespace echoflow::rules {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_name(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0; }
bool continues_name(char c) { return starts_name(c) || is_digit(c) || c == '-' || c == '.'; }

constexpr std::array<std::string_view, 27> symbols{"::", "//", "..", "!=", "<=", ">=", "<<", ">>", "(",
                                                   ")",  "[",  "]",  ".",  "@",  ",",  "/",  "|",  "+",
                                                   "-",  "=",  "<",  ">",  "*",  "$",  "?",  ":",  "{"};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::optional<std::vector<Token>> run() {
    while (skip_space(), position_ < text_.size())
      if (!next()) return std::nullopt;
    return std::move(tokens_);
  }

 private:
  char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  void skip_space() {
    while (position_ < text_.size()) {
      if (is_space(text_[position_])) ++position_;
      else if (text_.substr(position_, 2) == "(:" && comment_end() != std::string_view::npos) position_ = comment_end();
      else return;
    }
  }

  std::size_t comment_end() const {
    const auto end = text_.find(":)", position_ + 2);
    return end == std::string_view::npos ? end : end + 2;
  }

  bool next() {
    const char c = text_[position_];
    if (c == '\'' || c == '"') return string(c);
    if (is_digit(c) || (c == '.' && is_digit(at(position_ + 1)))) return number();
    if (starts_name(c)) return add(TokenKind::name, name());
    if (c == '$') {
      ++position_;
      skip_space();
      if (!starts_name(at(position_))) return false;
      return add(TokenKind::variable, name());
    }
    for (const auto symbol : symbols) {
      if (text_.substr(position_, symbol.size()) != symbol) continue;
      position_ += symbol.size();
      return add(TokenKind::symbol, std::string(symbol));
    }
    return false;
  }

  bool add(TokenKind kind, std::string text) {
    tokens_.push_back({kind, std::move(text)});
    return true;
  }

  bool string(char quote) {
    const auto end = text_.find(quote, position_ + 1);
    if (end == std::string_view::npos) return false;
    std::string value(text_.substr(position_ + 1, end - position_ - 1));
    position_ = end + 1;
    return add(TokenKind::string, std::move(value));
  }

  bool number() {
    const auto begin = position_;
    while (is_digit(at(position_)) || at(position_) == '.') ++position_;
    if (at(position_) == 'e' || at(position_) == 'E') {
      const auto sign = at(position_ + 1) == '+' || at(position_ + 1) == '-' ? 2 : 1;
      if (is_digit(at(position_ + sign))) {
        position_ += sign;
        while (is_digit(at(position_))) ++position_;
      }
    }
    return add(TokenKind::number, std::string(text_.substr(begin, position_ - begin)));
  }

  std::string name() {
    const auto begin = position_;
    while (continues_name(at(position_))) ++position_;
    // "a:b" and "a:*" are one name, "a::b" is an axis.
    if (at(position_) == ':' && at(position_ + 1) != ':') {
      if (starts_name(at(position_ + 1))) {
        ++position_;
        while (continues_name(at(position_))) ++position_;
      } else if (at(position_ + 1) == '*') {
        position_ += 2;
      }
    }
    return std::string(text_.substr(begin, position_ - begin));
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::optional<std::vector<Token>> tokenize(std::string_view text) { return Lexer(text).run(); }

}  // namespace echoflow::rules

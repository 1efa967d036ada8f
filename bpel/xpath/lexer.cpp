#include "bpel/xpath/lexer.hpp"

#include <array>

#include "bpel/xpath/unicode.hpp"

namespace echoflow::xpath {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_name_start(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x1FFF && c != 0x37E) ||
         c == 0x200C || c == 0x200D || (c >= 0x2070 && c <= 0x218F) || (c >= 0x2C00 && c <= 0x2FEF) ||
         (c >= 0x3001 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0xEFFFF);
}

bool is_name_char(char32_t c) {
  return is_name_start(c) || c == '-' || c == '.' || (c >= '0' && c <= '9') || c == 0xB7 ||
         (c >= 0x300 && c <= 0x36F) || c == 0x203F || c == 0x2040;
}

/// Length in bytes of the NCName at the start of `text`; 0 when there is none.
std::size_t ncname_length(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t next = at;
    const char32_t c = decode_utf8(text, next);
    if (c == invalid_character || !(at == 0 ? is_name_start(c) : is_name_char(c))) break;
    at = next;
  }
  return at;
}

[[noreturn]] void fail_at(std::size_t offset, std::string message) {
  throw CompileError{std::move(message), offset};
}

constexpr std::array<std::string_view, 23> symbols = {"..", "::", "//", "!=", "<=", ">=", "<<", ">>",
                                                      "(",  ")",  "[",  "]",  ".",  "@",  ",",  "/",
                                                      "|",  "+",  "-",  "=",  "<",  ">",  "$"};

class Lexer {
 public:
  Lexer(std::string_view text, Dialect dialect) : text_(text), two_(dialect == Dialect::xpath2) {}

  std::vector<Token> run() {
    for (skip_blank(); at_ < text_.size(); skip_blank()) next();
    push(TokenKind::end, text_.substr(text_.size()));
    return std::move(tokens_);
  }

 private:
  void next() {
    const char c = text_[at_];
    start_ = at_;
    if (c == '"' || c == '\'') return literal(c);
    if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) return number();
    if (c == '*') return star();
    if (const auto length = ncname_length(text_.substr(at_)); length > 0) return name(length);
    if (two_ && c == '?') return symbol("?");
    for (const auto s : symbols)
      if (text_.substr(at_).starts_with(s) && (two_ || (s != "<<" && s != ">>"))) return symbol(s);
    fail_at(at_, "this character cannot stand here");
  }

  void skip_blank() {
    while (at_ < text_.size()) {
      if (is_space(text_[at_]))
        ++at_;
      else if (two_ && text_.substr(at_).starts_with("(:"))
        comment();
      else
        return;
    }
  }

  // XPath 2.0 §2.6: comments nest.
  void comment() {
    const std::size_t begin = at_;
    int open = 0;
    do {
      if (text_.substr(at_).starts_with("(:")) {
        ++open;
        at_ += 2;
      } else if (text_.substr(at_).starts_with(":)")) {
        --open;
        at_ += 2;
      } else if (at_ < text_.size()) {
        ++at_;
      } else {
        fail_at(begin, "the comment is not closed with ':)'");
      }
    } while (open > 0);
  }

  void symbol(std::string_view s) {
    at_ += s.size();
    push(TokenKind::symbol, s);
  }

  void star() {
    if (two_ && text_.substr(at_).starts_with("*:")) {
      if (const auto length = ncname_length(text_.substr(at_ + 2)); length > 0) {
        const auto local = text_.substr(at_ + 2, length);
        at_ += 2 + length;
        return push(TokenKind::local_wildcard, local);
      }
    }
    symbol("*");
  }

  void name(std::size_t length) {
    const auto first = text_.substr(at_, length);
    at_ += length;
    if (at_ + 1 >= text_.size() || text_[at_] != ':' || text_[at_ + 1] == ':') return push(TokenKind::name, first);
    if (text_[at_ + 1] == '*') {
      at_ += 2;
      return push(TokenKind::prefix_wildcard, {}, first);
    }
    const auto local = ncname_length(text_.substr(at_ + 1));
    if (local == 0) return push(TokenKind::name, first);
    push(TokenKind::prefixed_name, text_.substr(at_ + 1, local), first);
    at_ += 1 + local;
  }

  void literal(char quote) {
    std::string value;
    for (++at_;; ++at_) {
      const auto close = text_.find(quote, at_);
      if (close == std::string_view::npos) fail_at(start_, "the string literal is not closed");
      value += text_.substr(at_, close - at_);
      at_ = close + 1;
      if (!two_ || at_ >= text_.size() || text_[at_] != quote) break;
      value += quote;
    }
    push(TokenKind::string, text_.substr(start_, at_ - start_));
    tokens_.back().value = std::move(value);
  }

  void number() {
    auto kind = TokenKind::integer;
    digits();
    if (at_ < text_.size() && text_[at_] == '.') {
      kind = TokenKind::decimal;
      ++at_;
      digits();
    }
    if (two_ && at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      std::size_t after = at_ + 1;
      if (after < text_.size() && (text_[after] == '+' || text_[after] == '-')) ++after;
      if (after < text_.size() && is_digit(text_[after])) {
        kind = TokenKind::double_;
        at_ = after;
        digits();
      }
    }
    push(kind, text_.substr(start_, at_ - start_));
  }

  void digits() {
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
  }

  void push(TokenKind kind, std::string_view text, std::string_view prefix = {}) {
    if (kind == TokenKind::end) start_ = text_.size();
    tokens_.push_back({kind, text, prefix, {}, static_cast<std::uint32_t>(start_)});
  }

  std::string_view text_;
  bool two_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text, Dialect dialect) {
  return Lexer(text, dialect).run();
}

bool is_ncname(std::string_view text) {
  return !text.empty() && ncname_length(text) == text.size();
}

}  // namespace echoflow::xpath

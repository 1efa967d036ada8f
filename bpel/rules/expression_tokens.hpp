#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace echoflow::rules {

enum class TokenKind { name, variable, string, number, symbol };

struct Token {
  TokenKind kind = TokenKind::symbol;
  std::string text;  ///< a name as written, with its prefix or "*"; a variable without '$'; a string without its quotes
  bool is(std::string_view symbol) const { return kind == TokenKind::symbol && text == symbol; }
  bool is_word(std::string_view word) const { return kind == TokenKind::name && text == word; }
};

/// Cuts an XPath expression (1.0 or 2.0) into tokens; nullopt when it holds what no XPath expression can.
std::optional<std::vector<Token>> tokenize(std::string_view text);

}  // namespace echoflow::rules

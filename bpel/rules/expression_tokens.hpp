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

/// Cuts an XPath expression of a supported language into tokens; nullopt when it holds what no expression can.
std::optional<std::vector<Token>> tokenize(std::string_view text, std::string_view language);

}  // namespace echoflow::rules

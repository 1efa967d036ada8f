#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bpel/xpath/compile.hpp"
#include "bpel/xpath/limits.hpp"

namespace echoflow::xpath {

enum class TokenKind : std::uint8_t {
  name,             ///< NCName: `text`
  prefixed_name,    ///< prefix:local
  prefix_wildcard,  ///< prefix:*
  local_wildcard,   ///< *:local
  string,           ///< `text` between the quotes, doubled quotes undone in XPath 2.0
  integer,
  decimal,
  double_,
  symbol,  ///< `text` is one of ( ) [ ] . .. @ , :: / // | + - = != < <= > >= * $ << >> ?
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  ///< the symbol, or the local name
  std::string_view prefix;
  std::string value;  ///< string literals
  std::uint32_t offset = 0;

  bool is(std::string_view symbol) const { return kind == TokenKind::symbol && text == symbol; }
  bool is_word(std::string_view word) const { return kind == TokenKind::name && text == word; }
};

/// Splits an expression into tokens, the last one being TokenKind::end. Throws CompileError.
std::vector<Token> tokenize(std::string_view text, Dialect dialect);

/// NCName by XML Namespaces 1.0 (bytes above 127 must be valid UTF-8 and count as name characters where XML says so).
bool is_ncname(std::string_view text);

}  // namespace echoflow::xpath

#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/result.hpp"

namespace echoflow::generate {

enum class TokenKind : std::uint8_t { name, number, text, sign, line_end, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;
};

/// The last token is `end`. Ends of line are tokens of their own, for scripts. `names`: what is one name although it is
/// no single word.
Result<std::vector<Token>> tokens_of(std::string_view text, const std::vector<std::string>& names = {});

}  // namespace echoflow::generate

#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace echoflow::understanding {

/// Longer texts are cut: what a post says, it says in the beginning, and time stays bounded.
inline constexpr std::size_t most_text_bytes = 32u << 10;

enum class TokenKind : std::uint8_t {
  word,
  number,
  emoji,
  emoticon,
  link,
  mention,
  exclaim,
  question,
  stop,
  comma,
  quote,
  other
};

/// A piece of a text. `begin` and `end` are bytes of the text as it was given (after composing, where it was needed).
struct Token {
  TokenKind kind = TokenKind::other;
  std::uint32_t begin = 0, end = 0;
  std::uint32_t folded_at = 0, folded_size = 0;
  std::uint16_t repeats = 1;  ///< of "!" and "?"
  bool capitals = false;      ///< a word of three or more letters in capitals
  bool elongated = false;     ///< "soooo": runs of three and more letters are kept as two
  bool hashtag = false;
  bool quoted = false;  ///< stands between quotation marks, with two words more at most
};

/// A text cut into words, emoji, emoticons, links and marks, each word folded.
class Text {
 public:
  explicit Text(std::string_view text);
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;

  const std::vector<Token>& tokens() const { return tokens_; }
  std::string_view folded(const Token& token) const {
    return std::string_view(folded_).substr(token.folded_at, token.folded_size);
  }
  std::string_view source(const Token& token) const { return source_.substr(token.begin, token.end - token.begin); }
  std::string_view source() const { return source_; }
  /// Most of its words are in capitals, so that capitals stress nothing.
  bool shouting() const { return shouting_; }

 private:
  friend class Cutter;
  std::string composed_;  ///< only where the source had to be composed
  std::string_view source_;
  std::string folded_;
  std::vector<Token> tokens_;
  bool shouting_ = false;
};

/// "soo" → "so": the other spelling of an elongated word.
std::string without_doubles(std::string_view folded);

}  // namespace echoflow::understanding

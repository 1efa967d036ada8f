#pragma once
#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace echoflow::documentation {

enum class Word : std::uint16_t {
#define WORD(key, german, english) key,
#include "models/documentation/words.def"
#undef WORD
};

struct Translation {
  std::string_view key, german, english;
};
/// All texts, in the order of Word.
std::span<const Translation> translations();

/// The texts of one language.
class Words {
 public:
  /// "de" in any form ("de-AT") gives German, all else English.
  explicit Words(std::string_view language);
  std::string_view language() const { return german_ ? "de" : "en"; }
  std::string operator()(Word word) const { return std::string(text(word)); }
  template <class... Values>
  std::string operator()(Word word, const Values&... values) const {
    return fmt::format(fmt::runtime(text(word)), values...);
  }

 private:
  std::string_view text(Word word) const;
  bool german_;
};

}  // namespace echoflow::documentation

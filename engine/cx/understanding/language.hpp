#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cx/understanding/hash.hpp"
#include "models/base/result.hpp"

namespace echoflow::understanding {

struct LanguageGuess {
  std::string_view code = "und";  ///< ISO 639-1, or "und" when nothing is said with enough certainty
  double confidence = 0;          ///< of the best guess, even where it was not enough
  std::string_view best = "und";  ///< the best guess all the same, of the languages that are understood ("de", "en")
};

/// Tells languages by frequent words and by letters in threes (naive Bayes), trained from a text of profiles when it is
/// made; immutable.
class LanguageModel {
 public:
  /// The form of data/languages.txt: "[xx]", lines "words …", all other lines are sentences.
  static Result<LanguageModel> train(std::string_view profiles);
  /// Adds the words of four and more letters of a text, such as a lexicon, as words that speak for a language.
  void add_words(std::string_view code, std::string_view text);

  /// Links, mentions and numbers must be cut out before. At most the first 400 letters are looked at.
  LanguageGuess guess(std::string_view text) const;
  const std::vector<std::string>& codes() const { return codes_; }

 private:
  static constexpr std::size_t most_languages = 16;
  using Row = std::array<float, most_languages>;

  void count(std::size_t language, std::string_view text, float weight);
  void finish();

  std::vector<std::string> codes_;
  HashIndex grams_;
  std::vector<Row> gram_rows_;  ///< counts while training, then log-probabilities
  HashIndex words_;
  std::vector<Row> word_rows_;
  Row totals_{};
};

}  // namespace echoflow::understanding

#pragma once
#include <vector>

#include "engine/cx/understanding/lexicon.hpp"
#include "engine/cx/understanding/text.hpp"
#include "models/cx/polarity.hpp"

namespace echoflow::understanding {

/// A text with what the lexicons know of each token; shared by the sentiment and the rules.
class Annotated {
 public:
  /// `language` may be nullptr: then only emoji count. `own` are a designer's words, which go before the lexicon's.
  Annotated(const Text& text, const Lexicon* language, const Lexicon& emoji, const Lexicon* own = nullptr);

  struct Item {
    std::uint64_t hash = 0;
    WordInfo info;
    bool negated = false;  ///< a negation stands before it, in the same clause
  };
  const Text& text() const { return text_; }
  const std::vector<Item>& items() const { return items_; }
  const Lexicon* lexicon() const { return language_; }
  const Lexicon* own() const { return own_; }
  /// A mark that ends a clause, or a sentence.
  bool ends_clause(std::size_t token) const;
  bool ends_sentence(std::size_t token) const;

 private:
  void mark_negated();

  const Text& text_;
  const Lexicon* language_;
  const Lexicon* own_;
  std::vector<Item> items_;
};

/// Why a text got its sentiment: one word or phrase.
struct Hit {
  std::uint32_t first_token = 0, last_token = 0;
  float valence = 0;  ///< as it counted, with negation, boosts and irony
  bool negated = false;
};

struct LexiconSentiment {
  double score = 0;       ///< −1…1
  double confidence = 0;  ///< chance that `polarity` is what most people would say
  cx::Polarity polarity = cx::Polarity::neutral;
  bool ironic = false;
  std::vector<Hit> hits;
};

/// Sums the words' valences with negation at a distance, boosters, contrast, emphasis and irony.
LexiconSentiment score(const Annotated& annotated);

}  // namespace echoflow::understanding

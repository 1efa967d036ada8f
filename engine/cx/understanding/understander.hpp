#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "engine/cx/understanding/language.hpp"
#include "engine/cx/understanding/lexicon.hpp"
#include "engine/cx/understanding/rules.hpp"
#include "models/cx/understanding.hpp"

/// Understanding short texts of customers: language, sentiment, topics, urgency, intent. No world is needed, no state
/// is kept: the same text, rules and model give the same answer.
namespace echoflow::understanding {

class Classifier;

/// The lexicons and language profiles that the library carries.
struct WordKnowledge {
  Lexicon german, english, emoji;
  LanguageModel languages;

  const Lexicon* lexicon(std::string_view language) const;
};
const WordKnowledge& word_knowledge();

/// The rule set that the library carries.
const std::shared_ptr<const RuleSet>& standard_rules();

struct UnderstandOptions {
  double least_confidence = 0.5;  ///< below it the sentiment is unsure
  std::string language;           ///< when the channel knows it; empty: it is guessed
};

class Understander {
 public:
  /// Without rules the standard ones, without a classifier the lexicon decides.
  explicit Understander(std::shared_ptr<const RuleSet> rules = nullptr,
                        std::shared_ptr<const Classifier> classifier = nullptr);

  cx::Understanding understand(std::string_view text, const UnderstandOptions& options = {}) const;

  const RuleSet& rules() const { return *rules_; }
  const Classifier* classifier() const { return classifier_.get(); }
  const std::shared_ptr<const Classifier>& shared_classifier() const { return classifier_; }

 private:
  std::shared_ptr<const RuleSet> rules_;
  std::shared_ptr<const Classifier> classifier_;
  std::string rules_label_, model_label_;
};

}  // namespace echoflow::understanding

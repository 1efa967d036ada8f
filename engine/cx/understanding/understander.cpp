#include "engine/cx/understanding/understander.hpp"

#include <algorithm>
#include <cassert>

#include "engine/cx/understanding/classifier.hpp"
#include "engine/cx/understanding/embedded.hpp"
#include "engine/cx/understanding/rule_match.hpp"

namespace echoflow::understanding {

namespace {

constexpr double very_negative = -0.55;
constexpr double unknown_language_share = 0.5;

template <class Parsed>
auto sound(Parsed parsed) {
  // The library's own files are checked by its tests.
  assert(parsed.ok());
  return std::move(parsed).value();
}

WordKnowledge make_knowledge() {
  WordKnowledge made{sound(Lexicon::parse(data_file("sentiment_de.txt"), "de")),
                     sound(Lexicon::parse(data_file("sentiment_en.txt"), "en")),
                     sound(Lexicon::parse(data_file("emoji.txt"), "")),
                     sound(LanguageModel::train(data_file("languages.txt")))};
  made.languages.add_words("de", data_file("sentiment_de.txt"));
  made.languages.add_words("en", data_file("sentiment_en.txt"));
  return made;
}

/// The text without links, mentions and numbers, which say nothing of its language.
std::string for_language(const Text& text) {
  std::string out;
  for (const auto& token : text.tokens())
    if (token.kind == TokenKind::word) (out += ' ').append(text.source(token));
  return out;
}

Signals sentiment_signals(const cx::Sentiment& sentiment) {
  Signals signals = 0;
  auto raise = [&](Signal signal) { signals = static_cast<Signals>(signals | bit(signal)); };
  if (sentiment.polarity == cx::Polarity::negative) raise(Signal::negative);
  if (sentiment.polarity == cx::Polarity::negative && sentiment.score <= very_negative) raise(Signal::very_negative);
  if (sentiment.polarity == cx::Polarity::positive) raise(Signal::positive);
  if (sentiment.ironic) raise(Signal::ironic);
  return signals;
}

cx::Sentiment to_sentiment(const LexiconSentiment& lexicon, const Text& text) {
  cx::Sentiment sentiment;
  sentiment.polarity = lexicon.polarity;
  sentiment.score = lexicon.score;
  sentiment.confidence = lexicon.confidence;
  sentiment.ironic = lexicon.ironic;
  for (const auto& hit : lexicon.hits) {
    const auto begin = text.tokens()[hit.first_token].begin, end = text.tokens()[hit.last_token].end;
    sentiment.words.push_back({std::string(text.source().substr(begin, end - begin)), hit.valence, hit.negated});
  }
  return sentiment;
}

void ask_classifier(const Classifier& classifier, const Text& text, const LexiconSentiment& lexicon,
                    cx::Sentiment& sentiment) {
  const auto chances = classifier.chances(features_of(text, lexicon, classifier.bits()));
  const auto best = static_cast<std::size_t>(std::max_element(chances.begin(), chances.end()) - chances.begin());
  sentiment.polarity = classes[best];
  sentiment.confidence = chances[best];
  sentiment.score = chances[2] - chances[0];
  sentiment.by_classifier = true;
}

}  // namespace

const Lexicon* WordKnowledge::lexicon(std::string_view language) const {
  if (language == "de") return &german;
  if (language == "en") return &english;
  return nullptr;
}

const WordKnowledge& word_knowledge() {
  static const WordKnowledge knowledge = make_knowledge();
  return knowledge;
}

const std::shared_ptr<const RuleSet>& standard_rules() {
  static const auto rules = std::make_shared<const RuleSet>(sound(RuleSet::parse(data_file("rules.txt"), "rules.txt")));
  return rules;
}

Understander::Understander(std::shared_ptr<const RuleSet> rules, std::shared_ptr<const Classifier> classifier)
    : rules_(rules ? std::move(rules) : standard_rules()),
      classifier_(std::move(classifier)),
      rules_label_(rules_->label()),
      model_label_(classifier_ ? classifier_->label() : "") {}

cx::Understanding Understander::understand(std::string_view source, const UnderstandOptions& options) const {
  const auto& knowledge = word_knowledge();
  const Text text(source);
  cx::Understanding found;
  found.rules = rules_label_;
  found.model = model_label_;
  std::string_view words_of;
  if (options.language.empty()) {
    const auto guess = knowledge.languages.guess(for_language(text));
    found.language = guess.code;
    found.language_confidence = guess.confidence;
    words_of = guess.code == "und" ? guess.best : guess.code;
  } else {
    found.language = options.language;
    found.language_confidence = 1;
    words_of = found.language;
  }
  const Annotated annotated(text, knowledge.lexicon(words_of), knowledge.emoji, rules_->own_words(words_of));
  const auto lexicon = score(annotated);
  found.sentiment = to_sentiment(lexicon, text);
  // Of a language without a lexicon only emoji were understood.
  if (!knowledge.lexicon(words_of) && lexicon.hits.empty()) found.sentiment.confidence *= unknown_language_share;
  if (classifier_) ask_classifier(*classifier_, text, lexicon, found.sentiment);
  if (found.sentiment.confidence < options.least_confidence) found.sentiment.polarity = cx::Polarity::unsure;
  auto matched = apply(*rules_, annotated, found.language,
                       static_cast<Signals>(signals_of(text) | sentiment_signals(found.sentiment)));
  found.topics = std::move(matched.topics);
  found.intents = std::move(matched.intents);
  found.urgency = matched.urgency;
  found.urgency_words = std::move(matched.urgency_words);
  return found;
}

}  // namespace echoflow::understanding

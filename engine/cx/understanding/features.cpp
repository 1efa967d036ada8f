#include <algorithm>
#include <cmath>

#include "engine/cx/understanding/classifier.hpp"
#include "engine/cx/understanding/understander.hpp"

namespace echoflow::understanding {

namespace {

constexpr std::size_t shortest_gram = 3;
constexpr std::size_t longest_gram = 5;
/// A token longer than this is no word; its letters would only fill the buckets.
constexpr std::size_t longest_word = 40;

class Collector {
 public:
  explicit Collector(std::uint32_t bits) : mask_((1u << bits) - 1) {}

  void add(char kind, std::string_view text) {
    Hash hash;
    hash.add(kind);
    hash.add(text);
    add(hash);
  }
  void add(const Hash& hash) { buckets_.push_back(static_cast<std::uint32_t>(mixed(hash.value)) & mask_); }

  /// Beginnings and ends of words are letters too, written as blanks.
  void add_grams(std::string_view word) {
    std::string padded = " ";
    padded.append(word).push_back(' ');
    for (std::size_t begin = 0; begin < padded.size(); ++begin) {
      Hash hash;
      hash.add('c');
      for (std::size_t size = 1; size <= longest_gram && begin + size <= padded.size(); ++size) {
        hash.add(padded[begin + size - 1]);
        if (size >= shortest_gram) add(hash);
      }
    }
  }

  Features finish() {
    std::sort(buckets_.begin(), buckets_.end());
    buckets_.erase(std::unique(buckets_.begin(), buckets_.end()), buckets_.end());
    Features features;
    features.value = buckets_.empty() ? 0 : 1 / std::sqrt(static_cast<double>(buckets_.size()));
    features.buckets = std::move(buckets_);
    return features;
  }

 private:
  std::uint32_t mask_;
  std::vector<std::uint32_t> buckets_;
};

/// The lexicon's opinion in seven steps.
char opinion_of(const LexiconSentiment& lexicon) {
  if (lexicon.hits.empty()) return 'n';
  constexpr double steps[] = {-0.6, -0.35, -0.1, 0.1, 0.35, 0.6};
  char step = 'a';
  for (double bound : steps)
    if (lexicon.score > bound) ++step;
  return step;
}

}  // namespace

Features features_of(const Text& text, const LexiconSentiment& lexicon, std::uint32_t bits) {
  Collector collector(bits);
  std::string pair;
  std::string_view before;
  for (const auto& token : text.tokens()) {
    auto word = text.folded(token);
    switch (token.kind) {
      case TokenKind::word:
        if (word.size() > longest_word) continue;
        collector.add_grams(word);
        break;
      case TokenKind::number:
        word = "0";
        break;
      case TokenKind::link:
        word = "http";
        break;
      case TokenKind::mention:
        word = "@";
        break;
      case TokenKind::exclaim:
        word = token.repeats > 1 ? "!!" : "!";
        break;
      case TokenKind::emoji:
      case TokenKind::emoticon:
      case TokenKind::question:
      case TokenKind::stop:
      case TokenKind::comma:
      case TokenKind::quote:
      case TokenKind::other:
        break;
    }
    collector.add('w', word);
    if (!before.empty()) collector.add('p', (pair.assign(before) += ' ').append(word));
    before = word;
  }
  const char opinion = opinion_of(lexicon);
  collector.add('l', {&opinion, 1});
  return collector.finish();
}

Features features_of(std::string_view source, std::uint32_t bits) {
  const auto& knowledge = word_knowledge();
  const Text text(source);
  const auto guess = knowledge.languages.guess(text.source());
  const auto language = guess.code == "und" ? guess.best : guess.code;
  const Annotated annotated(text, knowledge.lexicon(language), knowledge.emoji);
  return features_of(text, score(annotated), bits);
}

}  // namespace echoflow::understanding

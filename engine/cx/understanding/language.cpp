#include "engine/cx/understanding/language.hpp"

#include <algorithm>
#include <cmath>

#include "engine/cx/understanding/exact_exp.hpp"
#include "engine/cx/understanding/fold.hpp"

#include <unicode/uchar.h>

namespace echoflow::understanding {

namespace {

constexpr float smoothing = 0.4f;
constexpr float word_weight = 12;        // how often a frequent word counts in the letter statistics
constexpr float known_word_gain = 2.2f;  // what a frequent word says beside its letters
constexpr double certain_enough = 0.7;
constexpr double home_prior = 1.5;  // German and English are what mostly comes
constexpr std::size_t shortest_lexicon_word = 4;
constexpr std::size_t most_letters = 400;
constexpr std::size_t fewest_letters = 3;
/// Threes of letters overlap, so their evidence is not independent.
constexpr double dependence = 0.45;

char32_t lower(char32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z' ? code + 32 : code;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(code)));
}

/// Calls `on_gram(hash)` for each three letters and `on_word(hash)` for each word; words stand between blanks.
template <class OnGram, class OnWord>
std::size_t walk(std::string_view text, std::size_t most, OnGram on_gram, OnWord on_word) {
  char32_t first = 0, second = U' ';
  Hash word;
  std::size_t letters = 0, in_word = 0;
  for (std::size_t at = 0; at <= text.size() && letters < most;) {
    char32_t code = U' ';
    if (at < text.size()) {
      const auto next = decode(text, at);
      at += next.bytes;
      const bool apostrophe = (next.code == U'\'' || next.code == U'’') && in_word > 0;
      code = apostrophe ? U'\'' : is_letter(next.code) ? lower(next.code) : U' ';
    } else {
      ++at;
    }
    if (code == U' ' && second == U' ') continue;
    if (code == U' ') {
      if (in_word > 0) on_word(word.value);
      word = {};
      in_word = 0;
    } else {
      for (int shift = 0; shift < 24; shift += 8) word.add(static_cast<char>(code >> shift & 0xff));
      ++in_word;
      ++letters;
    }
    if (first != 0) on_gram(std::uint64_t{first} << 42 ^ std::uint64_t{second} << 21 ^ code);
    first = second;
    second = code;
  }
  return letters;
}

}  // namespace

void LanguageModel::count(std::size_t language, std::string_view text, float weight) {
  auto row_of = [](HashIndex& index, std::vector<Row>& rows, std::uint64_t hash) -> Row& {
    const auto number = index.add(hash, static_cast<std::uint32_t>(rows.size()));
    if (number == rows.size()) rows.emplace_back();
    return rows[number];
  };
  walk(
      text, text.size(),
      [&](std::uint64_t gram) {
        row_of(grams_, gram_rows_, gram)[language] += weight;
        totals_[language] += weight;
      },
      [&](std::uint64_t word) {
        if (weight > 1) row_of(words_, word_rows_, word)[language] = 1;
      });
}

Result<LanguageModel> LanguageModel::train(std::string_view profiles) {
  LanguageModel model;
  std::size_t number = 0;
  while (!profiles.empty()) {
    const auto end = std::min(profiles.find('\n'), profiles.size());
    auto line = profiles.substr(0, end);
    profiles.remove_prefix(std::min(end + 1, profiles.size()));
    ++number;
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[' && line.back() == ']') {
      if (model.codes_.size() == most_languages)
        return fail("Line " + std::to_string(number) + " of the language profiles: there may be 16 languages at most.");
      model.codes_.emplace_back(line.substr(1, line.size() - 2));
      continue;
    }
    if (model.codes_.empty())
      return fail("Line " + std::to_string(number) + " of the language profiles stands before the first [language].");
    const bool words = line.starts_with("words ");
    if (words) line.remove_prefix(6);
    model.count(model.codes_.size() - 1, line, words ? word_weight : 1);
  }
  model.finish();
  return model;
}

void LanguageModel::add_words(std::string_view code, std::string_view text) {
  const auto language = static_cast<std::size_t>(std::find(codes_.begin(), codes_.end(), code) - codes_.begin());
  if (language == codes_.size()) return;
  constexpr std::string_view blanks = " \n;*";
  while (!text.empty()) {
    const auto size = std::min(text.find_first_of(blanks), text.size());
    const auto word = text.substr(0, size);
    text.remove_prefix(std::min(size + 1, text.size()));
    if (word.size() < shortest_lexicon_word || word.front() == '[') continue;
    walk(
        word, most_letters, [](std::uint64_t) {},
        [&](std::uint64_t hash) {
          const auto number = words_.add(hash, static_cast<std::uint32_t>(word_rows_.size()));
          if (number == word_rows_.size()) word_rows_.emplace_back();
          word_rows_[number][language] = known_word_gain;
        });
  }
}

void LanguageModel::finish() {
  const auto kinds = static_cast<float>(gram_rows_.size());
  // Languages with longer texts must not win by that alone: all are scaled to the same size.
  constexpr float scale = 3000;
  for (auto& row : gram_rows_) {
    double sum = 0;
    for (std::size_t i = 0; i < codes_.size(); ++i) {
      const float share = row[i] / totals_[i] * scale;
      row[i] = std::log((share + smoothing) / (scale + smoothing * kinds));
      sum += row[i];
    }
    const auto mean = static_cast<float>(sum / static_cast<double>(codes_.size()));
    for (std::size_t i = 0; i < codes_.size(); ++i) row[i] -= mean;
  }
  for (auto& row : word_rows_)
    for (std::size_t i = 0; i < codes_.size(); ++i)
      if (row[i] > 0) row[i] = known_word_gain;
}

LanguageGuess LanguageModel::guess(std::string_view text) const {
  Row grams{}, words{};
  const auto letters = walk(
      text, most_letters,
      [&](std::uint64_t gram) {
        const auto number = grams_.find(gram);
        if (number == HashIndex::none) return;
        for (std::size_t i = 0; i < codes_.size(); ++i) grams[i] += gram_rows_[number][i];
      },
      [&](std::uint64_t word) {
        const auto number = words_.find(word);
        if (number == HashIndex::none) return;
        for (std::size_t i = 0; i < codes_.size(); ++i) words[i] += word_rows_[number][i];
      });
  LanguageGuess guess;
  if (letters < fewest_letters || codes_.empty()) return guess;
  std::array<double, most_languages> scores{};
  auto understood = [&](std::size_t i) { return codes_[i] == "de" || codes_[i] == "en"; };
  for (std::size_t i = 0; i < codes_.size(); ++i)
    scores[i] = dependence * (grams[i] + words[i]) + (understood(i) ? home_prior : 0);
  const auto most = *std::max_element(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(codes_.size()));
  double sum = 0, best_understood = -1;
  std::size_t best = 0;
  for (std::size_t i = 0; i < codes_.size(); ++i) {
    const double chance = exact_exp(scores[i] - most);
    sum += chance;
    if (scores[i] > scores[best]) best = i;
    if (understood(i) && chance > best_understood) {
      best_understood = chance;
      guess.best = codes_[i];
    }
  }
  guess.confidence = 1 / sum;
  if (guess.confidence >= certain_enough) guess.code = codes_[best];
  return guess;
}

}  // namespace echoflow::understanding

#include "engine/cx/understanding/sentiment.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/cx/understanding/exact_exp.hpp"

namespace echoflow::understanding {

namespace {

// How much each turn of speech weighs.
constexpr float denied_praise = -0.7f;    // "not good"
constexpr float denied_blame = -0.45f;    // "not bad", "no problem"
constexpr float capitals_weight = 1.25f;  // "GREAT" among small letters
constexpr float elongated_weight = 1.2f;  // "soooo goood"
constexpr float before_contrast = 0.5f;   // "nice, but …"
constexpr float after_contrast = 1.4f;
constexpr float question_weight = 0.7f;   // "is it good?"
constexpr float quoted_praise = -0.6f;    // your "great" service
constexpr float ironic_praise = -0.8f;    // … #irony
constexpr float eye_roll_praise = -0.5f;  // … 🙄
constexpr double exclaim_weight = 0.3;
constexpr int most_exclaims = 4;
constexpr double spread = 15;     // of the curve that maps sums to −1…1
constexpr double decided = 0.18;  // scores nearer to 0 are neutral
constexpr std::array<float, 3> boost_by_distance = {1.0f, 0.9f, 0.75f};
constexpr std::size_t late_negation_reach = 5;

class Scorer {
 public:
  explicit Scorer(const Annotated& annotated)
      : annotated_(annotated), items_(annotated.items()), tokens_(annotated.text().tokens()) {}

  LexiconSentiment run() {
    collect();
    weigh_sentences();
    apply_irony();
    return sum_up();
  }

 private:
  bool is_word(std::size_t i) const { return tokens_[i].kind == TokenKind::word; }

  void collect() {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (const auto words = phrase_at(i)) {
        i += words - 1;
        continue;
      }
      if (items_[i].info.has_valence() && !only_boosts(i)) add_word(i);
    }
  }

  /// Adds the phrase that begins here; how many tokens it takes.
  std::size_t phrase_at(std::size_t i) {
    if (!is_word(i) && tokens_[i].kind != TokenKind::number) return 0;
    float valence = 0;
    std::size_t size = 0;
    for (const auto* lexicon : {annotated_.own(), annotated_.lexicon()}) {
      if (!lexicon || size > 0) continue;
      upcoming_.clear();
      constexpr std::size_t longest = 6;
      for (std::size_t k = i + 1; k < items_.size() && upcoming_.size() < longest; ++k) {
        if (!is_word(k) && tokens_[k].kind != TokenKind::number) break;
        upcoming_.push_back(items_[k].hash);
      }
      size = lexicon->find_phrase(items_[i].hash, upcoming_, valence);
    }
    if (size == 0) return 0;
    // "nicht schlecht" carries its own denial; a denial before it turns what is left.
    const bool negated = items_[i].negated && !items_[i].info.negates;
    add(i, i + size - 1, valence, negated);
    return size;
  }

  /// "super schnell": here "super" only strengthens.
  bool only_boosts(std::size_t i) const {
    if (items_[i].info.boost == 0) return false;
    for (std::size_t k = i + 1; k < items_.size() && k <= i + 2 && is_word(k); ++k)
      if (items_[k].info.has_valence()) return true;
    return false;
  }

  void add_word(std::size_t i) {
    float valence = items_[i].info.valence;
    valence *= 1 + boost_before(i);
    if (tokens_[i].capitals && !annotated_.text().shouting()) valence *= capitals_weight;
    if (tokens_[i].elongated) valence *= elongated_weight;
    const bool late = annotated_.lexicon() && annotated_.lexicon()->german() &&
                      (items_[i].info.part == Part::verb || items_[i].info.part == Part::other) && negated_later(i);
    add(i, i, valence, (items_[i].negated && is_word(i)) != late);
  }

  float boost_before(std::size_t i) const {
    float boost = 0;
    std::size_t distance = 0;
    for (std::size_t k = i; k-- > 0 && distance < boost_by_distance.size(); ++distance) {
      if (!is_word(k) || annotated_.ends_clause(k)) break;
      if (items_[k].info.boost == 0 && items_[k].info.has_valence()) break;
      boost += items_[k].info.boost * boost_by_distance[distance];
    }
    return std::clamp(boost, -0.6f, 0.8f);
  }

  /// German denies verbs from behind: "gefällt mir gar nicht"; unless the denial belongs to a word after it.
  bool negated_later(std::size_t i) const {
    for (std::size_t k = i + 1; k < items_.size() && k <= i + late_negation_reach; ++k) {
      if (annotated_.ends_clause(k)) return false;
      if (items_[k].info.has_valence()) return false;
      if (!items_[k].info.negates) continue;
      for (std::size_t m = k + 1; m < items_.size() && m <= k + 2 && !annotated_.ends_clause(m); ++m)
        if (items_[m].info.has_valence()) return false;
      return true;
    }
    return false;
  }

  void add(std::size_t first, std::size_t last, float valence, bool negated) {
    // "Guten Morgen" is listed with no value, so that its words count for nothing.
    if (valence == 0) return;
    if (negated) valence *= valence > 0 ? denied_praise : denied_blame;
    if (valence > 0 && (tokens_[first].quoted || before_quoted(last))) valence *= quoted_praise;
    result_.hits.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last), valence, negated});
  }

  /// great "service"
  bool before_quoted(std::size_t i) const {
    return i + 2 < tokens_.size() && tokens_[i + 1].kind == TokenKind::quote && tokens_[i + 2].quoted;
  }

  void weigh_sentences() {
    std::size_t begin = 0;
    std::size_t hit = 0;
    for (std::size_t i = 0; i <= items_.size() && hit < result_.hits.size(); ++i) {
      if (i < items_.size() && !annotated_.ends_sentence(i)) continue;
      weigh_sentence(begin, i, hit);
      begin = i + 1;
    }
  }

  void weigh_sentence(std::size_t begin, std::size_t end, std::size_t& hit) {
    std::size_t contrast = end;
    for (std::size_t i = begin; i < end; ++i)
      if (items_[i].info.contrasts) contrast = i;
    const bool asked = end < items_.size() && tokens_[end].kind == TokenKind::question;
    const std::size_t first = hit;
    for (; hit < result_.hits.size() && result_.hits[hit].first_token < end; ++hit) {
      if (asked) result_.hits[hit].valence *= question_weight;
    }
    const bool before = first < hit && result_.hits[first].first_token < contrast;
    const bool after = first < hit && result_.hits[hit - 1].first_token > contrast;
    if (contrast == end || !before || !after) return;
    for (std::size_t i = first; i < hit; ++i)
      result_.hits[i].valence *= result_.hits[i].first_token < contrast ? before_contrast : after_contrast;
  }

  void apply_irony() {
    bool marked = false, eye_roll = false;
    std::size_t last_eye_roll = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (slash_mark(i)) marked = true;
      if (!items_[i].info.irony) continue;
      if (tokens_[i].kind == TokenKind::emoji) {
        eye_roll = true;
        last_eye_roll = i;
      }
      marked = marked || tokens_[i].hashtag || starred(i);
    }
    for (auto& hit : result_.hits) {
      if (hit.valence <= 0) continue;
      if (marked)
        hit.valence *= ironic_praise;
      else if (eye_roll && hit.first_token < last_eye_roll)
        hit.valence *= eye_roll_praise;
    }
    result_.ironic = marked || (eye_roll && !result_.hits.empty());
    for (const auto& hit : result_.hits)
      result_.ironic = result_.ironic || (tokens_[hit.first_token].quoted && hit.valence < 0);
  }

  /// "/s" and "/i" alone.
  bool slash_mark(std::size_t i) const {
    if (tokens_[i].kind != TokenKind::other || i + 1 >= tokens_.size()) return false;
    const auto& next = tokens_[i + 1];
    const auto word = annotated_.text().folded(next);
    const bool alone = i == 0 || tokens_[i - 1].end < tokens_[i].begin;
    return annotated_.text().source(tokens_[i]) == "/" && alone && next.begin == tokens_[i].end &&
           (word == "s" || word == "i");
  }

  /// "*ironie*", "<ironie>", "</ironie>".
  bool starred(std::size_t i) const {
    if (i == 0 || tokens_[i - 1].kind != TokenKind::other) return false;
    const auto before = annotated_.text().source(tokens_[i - 1]);
    return before == "*" || before == "<" || before == "/" || before == "[";
  }

  LexiconSentiment sum_up() {
    double sum = 0, praise = 0, blame = 0;
    for (const auto& hit : result_.hits) {
      sum += hit.valence;
      (hit.valence > 0 ? praise : blame) += std::fabs(static_cast<double>(hit.valence));
    }
    int exclaims = 0;
    for (const auto& token : tokens_)
      if (token.kind == TokenKind::exclaim) exclaims += token.repeats;
    if (sum != 0) sum += (sum > 0 ? 1 : -1) * exclaim_weight * std::min(exclaims, most_exclaims);
    result_.score = sum / std::sqrt(sum * sum + spread);
    result_.polarity = result_.score >= decided    ? cx::Polarity::positive
                       : result_.score <= -decided ? cx::Polarity::negative
                                                   : cx::Polarity::neutral;
    result_.confidence = confidence(praise, blame);
    return std::move(result_);
  }

  double confidence(double praise, double blame) const {
    const double strength = std::fabs(result_.score);
    const double mixed = praise + blame > 0 ? std::min(praise, blame) / (praise + blame) : 0;
    double logit = 0;
    if (result_.polarity == cx::Polarity::neutral)
      logit = result_.hits.empty() ? 0.2 : -0.6;
    else
      logit = -0.5 + 3.4 * strength - 1.5 * mixed + (result_.hits.size() > 1 ? 0.2 : 0);
    if (result_.ironic) logit -= 0.8;
    return 1 / (1 + exact_exp(-logit));
  }

  const Annotated& annotated_;
  const std::vector<Annotated::Item>& items_;
  const std::vector<Token>& tokens_;
  std::vector<std::uint64_t> upcoming_;
  LexiconSentiment result_;
};

}  // namespace

LexiconSentiment score(const Annotated& annotated) {
  return Scorer(annotated).run();
}

}  // namespace echoflow::understanding

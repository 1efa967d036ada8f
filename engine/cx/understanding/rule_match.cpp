#include "engine/cx/understanding/rule_match.hpp"

#include <algorithm>

namespace echoflow::understanding {

namespace {

constexpr std::size_t widest_gap = 3;
constexpr std::size_t most_words_kept = 8;

bool fits(const TermWord& word, std::string_view folded) {
  switch (word.kind) {
    case TermWord::Kind::exact:
      return folded == word.folded;
    case TermWord::Kind::beginning:
      return folded.starts_with(word.folded);
    case TermWord::Kind::ending:
      return folded.ends_with(word.folded);
    case TermWord::Kind::containing:
      return folded.find(word.folded) != std::string_view::npos;
    case TermWord::Kind::gap:
      return false;
  }
  return false;
}

bool is_plain(TokenKind kind) {
  return kind == TokenKind::word || kind == TokenKind::number || kind == TokenKind::emoji;
}

class Matcher {
 public:
  Matcher(const RuleSet& rules, const Annotated& annotated, std::string_view language)
      : rules_(rules),
        annotated_(annotated),
        tokens_(annotated.text().tokens()),
        language_(language),
        seen_(rules.terms().size(), false),
        sums_(rules.sections().size(), 0.0f),
        words_(rules.sections().size()) {}

  void run(Signals signals) {
    std::vector<std::uint32_t> candidates;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!is_plain(tokens_[i].kind)) continue;
      candidates.clear();
      rules_.candidates(folded(i), candidates);
      for (auto term : candidates) try_term(term, i);
    }
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      const auto& section = rules_.sections()[i];
      for (const auto& [signal, weight] : section.signals)
        if (signals & bit(signal)) sums_[i] += weight;
      if ((section.needs & signals) != section.needs) sums_[i] = 0;
    }
  }

  RuleFindings findings() {
    RuleFindings found;
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      const auto& section = rules_.sections()[i];
      if (sums_[i] < section.at_least || sums_[i] <= 0) continue;
      switch (section.kind) {
        case RuleKind::topic:
          found.topics.push_back({section.name, sums_[i], std::move(words_[i])});
          break;
        case RuleKind::intent:
          found.intents.push_back({section.name, sums_[i], std::move(words_[i])});
          break;
        case RuleKind::urgency:
          if (section.urgency < found.urgency && found.urgency != cx::Urgency::normal) break;
          found.urgency = section.urgency;
          found.urgency_words = std::move(words_[i]);
          break;
      }
    }
    auto stronger = [](const auto& a, const auto& b) { return a.score > b.score; };
    std::stable_sort(found.topics.begin(), found.topics.end(), stronger);
    std::stable_sort(found.intents.begin(), found.intents.end(), stronger);
    return found;
  }

 private:
  std::string_view folded(std::size_t i) const { return annotated_.text().folded(tokens_[i]); }

  void try_term(std::uint32_t number, std::size_t at) {
    const auto& term = rules_.terms()[number];
    if (seen_[number]) return;
    if (!term.language.empty() && language_ != "und" && term.language != language_) return;
    const auto& section = rules_.sections()[term.section];
    // "Keine Beschwerde" is no complaint; but what it is about stays its topic.
    if (section.kind != RuleKind::topic && annotated_.items()[at].negated && !term.denies) return;
    const auto last = match(term, at);
    if (!last) return;
    seen_[number] = true;
    sums_[term.section] += term.weight;
    auto& words = words_[term.section];
    if (words.size() < most_words_kept && term.weight > 0) words.push_back(written(at, *last));
  }

  std::string written(std::size_t first, std::size_t last) const {
    return std::string(
        annotated_.text().source().substr(tokens_[first].begin, tokens_[last].end - tokens_[first].begin));
  }

  /// The last token of the term when it begins at `at`.
  std::optional<std::size_t> match(const Term& term, std::size_t at) const {
    std::size_t i = at;
    for (std::size_t w = 1; w < term.words.size(); ++w) {
      std::size_t reach = 0;
      while (term.words[w].kind == TermWord::Kind::gap) {
        reach += widest_gap;
        ++w;
      }
      std::size_t k = i + 1;
      for (;; ++k) {
        if (k >= tokens_.size() || k > i + 1 + reach || !is_plain(tokens_[k].kind)) return std::nullopt;
        if (fits(term.words[w], folded(k))) break;
      }
      i = k;
    }
    return i;
  }

  const RuleSet& rules_;
  const Annotated& annotated_;
  const std::vector<Token>& tokens_;
  std::string_view language_;
  std::vector<bool> seen_;
  std::vector<float> sums_;
  std::vector<std::vector<std::string>> words_;
};

}  // namespace

RuleFindings apply(const RuleSet& rules, const Annotated& annotated, std::string_view language, Signals signals) {
  Matcher matcher(rules, annotated, language);
  matcher.run(signals);
  return matcher.findings();
}

Signals signals_of(const Text& text) {
  Signals signals = 0;
  auto raise = [&](Signal signal) { signals = static_cast<Signals>(signals | bit(signal)); };
  constexpr int many = 2;
  int exclaims = 0, capitals = 0;
  for (const auto& token : text.tokens()) {
    if (token.kind == TokenKind::question) raise(Signal::question);
    if (token.kind == TokenKind::link) raise(Signal::link);
    if (token.kind == TokenKind::number) raise(Signal::number);
    if (token.kind == TokenKind::exclaim) exclaims += token.repeats;
    if (token.capitals) ++capitals;
  }
  if (exclaims >= many) raise(Signal::exclaim);
  if (capitals >= many || text.shouting()) raise(Signal::capitals);
  return signals;
}

}  // namespace echoflow::understanding

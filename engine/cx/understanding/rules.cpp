#include "engine/cx/understanding/rules.hpp"

#include <algorithm>

namespace echoflow::understanding {

namespace {

std::uint64_t length_bit(std::size_t size) {
  return std::uint64_t{1} << std::min<std::size_t>(size, 63);
}

}  // namespace

std::string RuleSet::label() const {
  return name_ + " " + version_ + " (" + digest_.substr(0, 12) + ")";
}

const Lexicon* RuleSet::own_words(std::string_view language) const {
  const Lexicon* any = nullptr;
  for (const auto& [code, lexicon] : own_) {
    if (code == language) return &lexicon;
    if (code == "any") any = &lexicon;
  }
  return any;
}

void RuleSet::index() {
  auto add = [&](HashIndex& index, const std::string& word, std::uint32_t term) {
    const auto list = index.add(hash_of(word), static_cast<std::uint32_t>(lists_.size()));
    if (list == lists_.size()) lists_.emplace_back();
    lists_[list].push_back(term);
  };
  for (std::uint32_t i = 0; i < terms_.size(); ++i) {
    const auto& first = terms_[i].words.front();
    switch (first.kind) {
      case TermWord::Kind::exact:
        add(exact_, first.folded, i);
        break;
      case TermWord::Kind::beginning:
        add(beginnings_, first.folded, i);
        beginning_lengths_ |= length_bit(first.folded.size());
        break;
      case TermWord::Kind::ending:
        add(endings_, first.folded, i);
        ending_lengths_ |= length_bit(first.folded.size());
        break;
      case TermWord::Kind::containing:
        containing_.push_back(i);
        break;
      case TermWord::Kind::gap:
        break;
    }
  }
}

void RuleSet::candidates(std::string_view folded, std::vector<std::uint32_t>& terms) const {
  auto take = [&](std::uint32_t list) {
    if (list != HashIndex::none) terms.insert(terms.end(), lists_[list].begin(), lists_[list].end());
  };
  Hash hash;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    hash.add(folded[i]);
    if (i < 63 && (beginning_lengths_ >> (i + 1) & 1)) take(beginnings_.find(hash.value));
  }
  take(exact_.find(hash.value));
  for (std::size_t size = 2; size <= folded.size() && size < 64; ++size)
    if (ending_lengths_ >> size & 1) take(endings_.find(hash_of(folded.substr(folded.size() - size))));
  for (auto term : containing_)
    if (folded.find(terms_[term].words.front().folded) != std::string_view::npos) terms.push_back(term);
}

}  // namespace echoflow::understanding

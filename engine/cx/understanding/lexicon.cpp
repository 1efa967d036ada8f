#include "engine/cx/understanding/lexicon.hpp"

#include <algorithm>

namespace echoflow::understanding {

namespace {

constexpr std::size_t shortest_tail = 5;  // of a compound: "chaos" in "lieferchaos"
constexpr std::size_t shortest_front = 3;
constexpr float compound_share = 0.9f;   // a compound says nearly what its last part says
constexpr float front_share = 0.7f;      // and less of what its first part says: "betrugsfirma"
constexpr float compound_boost = 1.25f;  // "riesenaerger"
constexpr float turned_share = 0.8f;     // "unzufrieden" is not quite as far from 0 as "zufrieden"

constexpr std::string_view endings[] = {"en", "em", "er", "es", "e", "s", ""};

bool known(std::uint64_t lengths, std::size_t size) {
  return size < 64 && (lengths >> size & 1);
}

}  // namespace

const WordInfo* Lexicon::find_exact(std::uint64_t hash) const {
  const auto number = exact_.find(hash);
  return number == HashIndex::none ? nullptr : &infos_[number];
}

const WordInfo* Lexicon::find(std::string_view folded, WordInfo& made) const {
  Hash hash;
  std::uint32_t stem = HashIndex::none;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    hash.add(folded[i]);
    if (!known(stem_lengths_, i + 1)) continue;
    if (auto found = stems_.find(hash.value); found != HashIndex::none) stem = found;
  }
  if (const auto* exact = find_exact(hash.value)) return exact;
  if (stem != HashIndex::none) return &infos_[stem];
  return german_ && folded.size() >= shortest_tail + 2 ? find_made(folded, made) : nullptr;
}

const WordInfo* Lexicon::noun_before(std::string_view front) const {
  constexpr std::size_t shortest = 4;
  auto noun = [&](std::string_view word) -> const WordInfo* {
    const auto* found = find_exact(hash_of(word));
    return found && found->part == Part::noun ? found : nullptr;
  };
  if (front.size() < shortest) return nullptr;
  if (const auto* found = noun(front)) return found;
  // "freudlos" drops the noun's last letter, "hilfslos" and "sorgenlos" put one in between.
  if (const auto* found = noun(std::string(front) + "e")) return found;
  if (front.ends_with('s') || front.ends_with('n')) return noun(front.substr(0, front.size() - 1));
  return nullptr;
}

const WordInfo* Lexicon::find_made(std::string_view folded, WordInfo& made) const {
  auto take = [&](const WordInfo& base, float share) {
    made = base;
    made.boost = 0;
    made.negates = made.contrasts = made.irony = false;
    made.valence = std::clamp(base.valence * share, -4.0f, 4.0f);
    return &made;
  };
  if (folded.starts_with("un"))
    if (const auto* base = find_exact(hash_of(folded.substr(2))); base && base->part == Part::adjective)
      return take(*base, -turned_share);
  for (auto ending : endings) {
    if (!folded.ends_with(ending)) continue;
    const auto bare = folded.substr(0, folded.size() - ending.size());
    const bool free_of = bare.ends_with("frei"), without = bare.ends_with("los");
    if (!free_of && !without) continue;
    auto of = bare.substr(0, bare.size() - (free_of ? 4 : 3));
    if (const auto* base = noun_before(of)) return take(*base, -turned_share);
  }
  Hash front;
  bool boosted = false;
  const WordInfo* first = nullptr;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    front.add(folded[i]);
    const std::size_t size = i + 1, left = folded.size() - size;
    if (left < shortest_tail) {
      if (size + shortest_front > folded.size()) break;
    } else if (size >= shortest_front) {
      boosted = boosted || (known(booster_lengths_, size) && compound_boosters_.find(front.value) != HashIndex::none);
      const auto* tail = find_exact(hash_of(folded.substr(size)));
      if (tail && (tail->part == Part::noun || (boosted && tail->part == Part::adjective)))
        return take(*tail, boosted ? compound_boost : compound_share);
    }
    if (size < shortest_tail) continue;
    if (const auto* begin = find_exact(front.value); begin && begin->part == Part::noun) first = begin;
  }
  return first ? take(*first, front_share) : nullptr;
}

std::size_t Lexicon::find_phrase(std::uint64_t first, std::span<const std::uint64_t> next, float& valence) const {
  const auto begin = phrase_first_.find(first);
  if (begin == HashIndex::none) return 0;
  std::size_t best = 0;
  for (auto i = begin; i < phrases_.size() && phrases_[i].words.front() == first; ++i) {
    const auto& words = phrases_[i].words;
    if (words.size() <= best || words.size() > next.size() + 1) continue;
    if (!std::equal(words.begin() + 1, words.end(), next.begin())) continue;
    best = words.size();
    valence = phrases_[i].valence;
  }
  return best;
}

}  // namespace echoflow::understanding

#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cx/understanding/hash.hpp"
#include "models/base/result.hpp"

namespace echoflow::understanding {

enum class Part : std::uint8_t { none, adjective, noun, verb, other };

/// What a lexicon knows of a word; a word may be several things at once ("super" is praise and a booster).
struct WordInfo {
  float valence = 0;  ///< −4…4
  float boost = 0;    ///< of the valence words after it; below 0 it diminishes
  Part part = Part::none;
  bool negates = false;
  bool contrasts = false;
  bool irony = false;

  bool has_valence() const { return part != Part::none; }
};

/// Several words with one valence ("danke für nichts").
struct Phrase {
  std::vector<std::uint64_t> words;  ///< hashes of the folded words
  float valence = 0;
};

/// The words of one language. Made from a text whose form the files in data/ show; immutable.
class Lexicon {
 public:
  /// `language` decides how the words inflect: "de", "en"; others do not.
  static Result<Lexicon> parse(std::string_view text, std::string_view language);

  /// By its folded spelling; a German word also by its last part ("lieferchaos"), and turned around by "un-", "-los"
  /// and
  /// "-frei". Nothing known gives nullptr.
  const WordInfo* find(std::string_view folded, WordInfo& made) const;
  /// Only as it is written in the lexicon, inflected or not.
  const WordInfo* find_exact(std::uint64_t hash) const;
  /// The longest phrase that begins with this word and goes on in `next`; its words, 0 when there is none.
  std::size_t find_phrase(std::uint64_t first, std::span<const std::uint64_t> next, float& valence) const;

  std::size_t words() const { return exact_.size(); }
  std::size_t phrases() const { return phrases_.size(); }
  bool german() const { return german_; }

 private:
  friend class LexiconReader;
  const WordInfo* find_made(std::string_view folded, WordInfo& made) const;
  /// The noun that "-los" and "-frei" were put to.
  const WordInfo* noun_before(std::string_view front) const;

  std::vector<WordInfo> infos_;
  HashIndex exact_;
  HashIndex stems_;
  std::uint64_t stem_lengths_ = 0;  ///< bit n: a stem of n bytes exists
  HashIndex phrase_first_;          ///< to the first phrase of a word in phrases_, which is sorted by first words
  std::vector<Phrase> phrases_;
  HashIndex compound_boosters_;
  std::uint64_t booster_lengths_ = 0;
  bool german_ = false;
};

/// The forms of a lemma, folded: "gut" → "gute", "guten"…
std::vector<std::string> inflected(std::string_view folded_lemma, Part part, bool german);

}  // namespace echoflow::understanding

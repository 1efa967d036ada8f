#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cx/understanding/lexicon.hpp"
#include "models/base/diagnostic.hpp"
#include "models/cx/understanding.hpp"

namespace echoflow::understanding {

/// What a rule set may be at most.
struct RuleLimits {
  static constexpr std::size_t bytes = 1u << 20;
  static constexpr std::size_t sections = 500;
  static constexpr std::size_t terms = 20'000;
  static constexpr std::size_t words_of_term = 8;
  static constexpr std::size_t word_bytes = 60;
  static constexpr std::size_t name_bytes = 64;
  static constexpr std::size_t findings = 50;
};

enum class RuleKind : std::uint8_t { topic, intent, urgency };

/// What can be asked of a text beside its words: "<question>", "<negative>"…
enum class Signal : std::uint8_t {
  question,
  exclaim,
  capitals,
  negative,
  very_negative,
  positive,
  ironic,
  link,
  number
};
std::string_view to_string(Signal signal);
using Signals = std::uint16_t;  ///< bit per Signal
constexpr Signals bit(Signal signal) {
  return static_cast<Signals>(1u << static_cast<unsigned>(signal));
}

/// One word of a term, or a gap of up to three words.
struct TermWord {
  enum class Kind : std::uint8_t { exact, beginning, ending, containing, gap } kind = Kind::exact;
  std::string folded;
};

struct Term {
  std::vector<TermWord> words;
  std::uint32_t section = 0;
  float weight = 1;
  std::string language;  ///< empty: any
  bool denies = false;   ///< holds a negation itself, so that one before it does not matter
};

struct RuleSection {
  RuleKind kind = RuleKind::topic;
  std::string name;  ///< of the topic or intent; empty for an urgency
  cx::Urgency urgency = cx::Urgency::normal;
  float at_least = 1;  ///< sum of weights that makes a finding
  Signals needs = 0;
  std::vector<std::pair<Signal, float>> signals;
};

/// Topics, intents, urgency and own sentiment words, as a designer writes them down (docs/understanding.md). Immutable.
class RuleSet {
 public:
  /// All findings, never just the first; with an error among them there is no rule set.
  static Result<RuleSet, Diagnostics> parse(std::string_view text, const std::string& file);

  const std::string& name() const { return name_; }
  const std::string& version() const { return version_; }
  const std::string& digest() const { return digest_; }  ///< SHA-256 of the text, hexadecimal
  /// "standard 1 (3f2a…)".
  std::string label() const;

  const std::vector<RuleSection>& sections() const { return sections_; }
  const std::vector<Term>& terms() const { return terms_; }
  const Lexicon* own_words(std::string_view language) const;

  /// Terms whose first word this word may be, in the order of the rule set.
  void candidates(std::string_view folded, std::vector<std::uint32_t>& terms) const;

 private:
  friend class RuleReader;
  void index();

  std::string name_, version_, digest_;
  std::vector<RuleSection> sections_;
  std::vector<Term> terms_;
  std::vector<std::pair<std::string, Lexicon>> own_;  ///< by language, "any" last
  HashIndex exact_, beginnings_, endings_;            ///< of first words, to the lists below
  std::vector<std::vector<std::uint32_t>> lists_;
  std::uint64_t beginning_lengths_ = 0, ending_lengths_ = 0;
  std::vector<std::uint32_t> containing_;
};

}  // namespace echoflow::understanding

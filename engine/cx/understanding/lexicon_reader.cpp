#include <algorithm>
#include <charconv>
#include <optional>

#include "engine/cx/understanding/fold.hpp"
#include "engine/cx/understanding/lexicon.hpp"

namespace echoflow::understanding {

namespace {

enum class Section {
  none,
  adjectives,
  nouns,
  verbs,
  words,
  phrases,
  emoji,
  intensifiers,
  diminishers,
  negations,
  contrasts,
  irony,
  compound_intensifiers
};

constexpr std::pair<std::string_view, Section> sections[] = {
    {"adjectives", Section::adjectives},
    {"nouns", Section::nouns},
    {"verbs", Section::verbs},
    {"words", Section::words},
    {"phrases", Section::phrases},
    {"emoji", Section::emoji},
    {"intensifiers", Section::intensifiers},
    {"diminishers", Section::diminishers},
    {"negations", Section::negations},
    {"contrasts", Section::contrasts},
    {"irony", Section::irony},
    {"compound_intensifiers", Section::compound_intensifiers},
};

bool has_value(Section section) {
  switch (section) {
    case Section::adjectives:
    case Section::nouns:
    case Section::verbs:
    case Section::words:
    case Section::phrases:
    case Section::emoji:
    case Section::intensifiers:
    case Section::diminishers:
      return true;
    case Section::none:
    case Section::negations:
    case Section::contrasts:
    case Section::irony:
    case Section::compound_intensifiers:
      return false;
  }
  return false;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (auto part = trimmed(text.substr(0, end)); !part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace

class LexiconReader {
 public:
  LexiconReader(Lexicon& lexicon, std::string_view language) : lexicon_(lexicon), english_(language == "en") {
    lexicon.german_ = language == "de";
  }

  Result<void> read(std::string_view text) {
    std::size_t number = 0;
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      const auto line = trimmed(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      ++number;
      if (line.empty() || line.front() == '#') continue;
      if (auto problem = read_line(line))
        return fail("Line " + std::to_string(number) + " of the lexicon: " + *problem);
    }
    finish();
    return {};
  }

 private:
  std::optional<std::string> read_line(std::string_view line) {
    if (line.front() == '[' && line.back() == ']') {
      const auto name = line.substr(1, line.size() - 2);
      for (const auto& [known, section] : sections)
        if (known == name) section_ = section;
      return std::nullopt;
    }
    if (section_ == Section::none) return "words stand before the first section.";
    float value = 0;
    if (has_value(section_)) {
      auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
      if (error != std::errc() || value < -4 || value > 4) return "it must begin with a value from -4 to 4.";
      line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    }
    for (auto entry : split(line, section_ == Section::phrases ? ';' : ' ')) take(entry, value);
    return std::nullopt;
  }

  void take(std::string_view entry, float value) {
    switch (section_) {
      case Section::adjectives:
        return add_lemma(entry, value, Part::adjective);
      case Section::nouns:
        return add_lemma(entry, value, Part::noun);
      case Section::verbs:
        return add_lemma(entry, value, Part::verb);
      case Section::words:
        return add_lemma(entry, value, Part::other);
      case Section::emoji:
        return set_valence(info(std::string(entry)), value, Part::other);
      case Section::phrases:
        return add_phrase(entry, value);
      case Section::intensifiers:
        info(folded(entry)).boost = value;
        return;
      case Section::diminishers:
        info(folded(entry)).boost = -value;
        return;
      case Section::negations:
        info(folded(entry)).negates = true;
        return;
      case Section::contrasts:
        info(folded(entry)).contrasts = true;
        return;
      case Section::irony:
        info(folded(entry)).irony = true;
        return;
      case Section::compound_intensifiers: {
        const auto word = folded(entry);
        lexicon_.compound_boosters_.add(hash_of(word), 0);
        lexicon_.booster_lengths_ |= std::uint64_t{1} << std::min<std::size_t>(word.size(), 63);
        return;
      }
      case Section::none:
        return;
    }
  }

  WordInfo& info(const std::string& word) {
    const auto number = lexicon_.exact_.add(hash_of(word), static_cast<std::uint32_t>(lexicon_.infos_.size()));
    if (number == lexicon_.infos_.size()) lexicon_.infos_.emplace_back();
    return lexicon_.infos_[number];
  }

  static void set_valence(WordInfo& info, float value, Part part) {
    info.valence = value;
    info.part = part;
  }

  void add_lemma(std::string_view entry, float value, Part part) {
    std::string lemma = folded(entry);
    if (lemma.ends_with('*')) {
      lemma.pop_back();
      if (lemma.empty() || lemma.size() > 63) return;
      const auto number = static_cast<std::uint32_t>(lexicon_.infos_.size());
      lexicon_.infos_.emplace_back();
      set_valence(lexicon_.infos_.back(), value, part);
      lexicon_.stems_.add(hash_of(lemma), number);
      lexicon_.stem_lengths_ |= std::uint64_t{1} << lemma.size();
      return;
    }
    const bool inflects = lexicon_.german_ || english_;
    const auto forms = inflects ? inflected(lemma, part, lexicon_.german_) : std::vector<std::string>{lemma};
    set_valence(info(forms.front()), value, part);
    // A form that another word has already keeps its own meaning.
    for (std::size_t i = 1; i < forms.size(); ++i)
      if (auto& form = info(forms[i]); !form.has_valence()) set_valence(form, value, part);
  }

  void add_phrase(std::string_view entry, float value) {
    Phrase phrase;
    phrase.valence = value;
    for (auto word : split(entry, ' ')) phrase.words.push_back(hash_of(folded(word)));
    if (!phrase.words.empty()) lexicon_.phrases_.push_back(std::move(phrase));
  }

  void finish() {
    auto& phrases = lexicon_.phrases_;
    std::stable_sort(phrases.begin(), phrases.end(), [](const auto& a, const auto& b) { return a.words < b.words; });
    for (std::size_t i = 0; i < phrases.size(); ++i)
      lexicon_.phrase_first_.add(phrases[i].words.front(), static_cast<std::uint32_t>(i));
  }

  Lexicon& lexicon_;
  Section section_ = Section::none;
  bool english_;
};

Result<Lexicon> Lexicon::parse(std::string_view text, std::string_view language) {
  Lexicon lexicon;
  LexiconReader reader(lexicon, language);
  if (auto read = reader.read(text); !read) return fail(read.error().message);
  return lexicon;
}

}  // namespace echoflow::understanding

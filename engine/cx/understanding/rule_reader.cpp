#include <algorithm>
#include <charconv>

#include "engine/cx/understanding/fold.hpp"
#include "engine/cx/understanding/rules.hpp"
#include "models/base/sha256.hpp"
#include "models/base/utf8.hpp"

namespace echoflow::understanding {

namespace {

constexpr Signal all_signals[] = {Signal::question, Signal::exclaim,       Signal::capitals,
                                  Signal::negative, Signal::very_negative, Signal::positive,
                                  Signal::ironic,   Signal::link,          Signal::number};

constexpr float most_weight = 10;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::optional<float> number_in(std::string_view text, float least, float most) {
  float value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  // The comparison is also false for a NaN.
  if (error != std::errc() || end != text.data() + text.size() || !(value >= least && value <= most))
    return std::nullopt;
  return value;
}

bool is_language(std::string_view name) {
  return name == "any" ||
         (name.size() == 2 && std::all_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; }));
}

}  // namespace

std::string_view to_string(Signal signal) {
  switch (signal) {
    case Signal::question:
      return "question";
    case Signal::exclaim:
      return "exclaim";
    case Signal::capitals:
      return "capitals";
    case Signal::negative:
      return "negative";
    case Signal::very_negative:
      return "very-negative";
    case Signal::positive:
      return "positive";
    case Signal::ironic:
      return "ironic";
    case Signal::link:
      return "link";
    case Signal::number:
      return "number";
  }
  return "";
}

/// Reads the lines of a rule set one by one and keeps all that is wrong.
class RuleReader {
 public:
  RuleReader(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  Result<RuleSet, Diagnostics> read() {
    if (text_.size() > RuleLimits::bytes)
      refuse("The rule set is larger than " + std::to_string(RuleLimits::bytes) + " bytes.");
    else if (!is_valid_utf8(text_))
      refuse("The rule set is not UTF-8; save it as UTF-8.");
    else
      read_lines();
    if (findings_.empty()) finish();
    if (has_errors(findings_)) return fail(std::move(findings_));
    return std::move(rules_);
  }

 private:
  enum class Place { outside, header, section, sentiment, broken };

  void refuse(std::string message, std::size_t column = 1) {
    if (findings_.size() >= RuleLimits::findings) return;
    findings_.push_back({"RULES",
                         Severity::error,
                         std::move(message),
                         {file_, static_cast<std::uint32_t>(line_number_), static_cast<std::uint32_t>(column)}});
  }
  /// Where a part of the present line stands, in bytes from 1.
  std::size_t column_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - line_.data()) + 1;
  }

  void read_lines() {
    auto rest = text_;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    while (!rest.empty()) {
      const auto end = std::min(rest.find('\n'), rest.size());
      line_ = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      ++line_number_;
      const auto content = trimmed(line_);
      if (content.empty() || content.front() == '#') continue;
      content.front() == '[' ? begin_section(content) : setting(content);
    }
  }

  void begin_section(std::string_view content) {
    place_ = Place::broken;
    if (content.back() != ']') return refuse("The section's ']' is missing at the end of the line.", line_.size() + 1);
    const auto inside = trimmed(content.substr(1, content.size() - 2));
    const auto blank = std::min(inside.find(' '), inside.size());
    const auto kind = inside.substr(0, blank), name = trimmed(inside.substr(blank));
    if (inside == "rules") {
      place_ = Place::header;
      return;
    }
    if (inside == "sentiment") {
      place_ = Place::sentiment;
      return;
    }
    if (rules_.sections_.size() == RuleLimits::sections)
      return refuse("There are more than " + std::to_string(RuleLimits::sections) + " sections; join some.");
    RuleSection section;
    if (kind == "topic" || kind == "intent") {
      if (name.empty() || name.size() > RuleLimits::name_bytes)
        return refuse("The " + std::string(kind) + " needs a name of 1 to 64 bytes: [" + std::string(kind) + " NAME].");
      section.kind = kind == "topic" ? RuleKind::topic : RuleKind::intent;
      section.name = name;
    } else if (kind == "urgency") {
      section.kind = RuleKind::urgency;
      if (name == "low")
        section.urgency = cx::Urgency::low;
      else if (name == "high")
        section.urgency = cx::Urgency::high;
      else if (name == "critical")
        section.urgency = cx::Urgency::critical;
      else
        return refuse("An urgency is low, high or critical; what no rule finds is normal.",
                      column_of(name.empty() ? kind : name));
    } else {
      return refuse("A section is [rules], [topic NAME], [intent NAME], [urgency LEVEL] or [sentiment].");
    }
    const auto same = [&](const auto& other) {
      return other.kind == section.kind && other.name == section.name && other.urgency == section.urgency;
    };
    if (std::any_of(rules_.sections_.begin(), rules_.sections_.end(), same))
      return refuse("This section stands twice; put its terms together.");
    rules_.sections_.push_back(std::move(section));
    place_ = Place::section;
  }

  void setting(std::string_view content) {
    if (place_ == Place::broken) return;
    const auto equals = content.find('=');
    if (equals == std::string_view::npos) return refuse("The line needs the form name = value.");
    const auto name = trimmed(content.substr(0, equals)), value = trimmed(content.substr(equals + 1));
    switch (place_) {
      case Place::outside:
        return refuse("The line stands before the first section; write [rules], [topic NAME]… above it.");
      case Place::header:
        return header(name, value);
      case Place::section:
        return in_section(name, value);
      case Place::sentiment:
        if (!is_language(name)) return refuse("Here a line begins with a language's two letters, or any.");
        return sentiment_words(std::string(name), value);
      case Place::broken:
        return;
    }
  }

  void header(std::string_view name, std::string_view value) {
    if (name != "name" && name != "version")
      return refuse("[rules] has the lines name = … and version = … only.", column_of(name));
    if (value.empty() || value.size() > RuleLimits::name_bytes) return refuse("The value must have 1 to 64 bytes.");
    (name == "name" ? rules_.name_ : rules_.version_) = value;
  }

  void in_section(std::string_view name, std::string_view value) {
    auto& section = rules_.sections_.back();
    if (name == "at-least") {
      auto number = number_in(value, 0.01f, 1000);
      if (!number) return refuse("at-least is a number from 0.01 to 1000.", column_of(value));
      section.at_least = *number;
    } else if (name == "needs") {
      each_part(value, [&](std::string_view part) {
        if (auto signal = signal_of(part)) section.needs = static_cast<Signals>(section.needs | bit(*signal));
      });
    } else if (is_language(name)) {
      each_part(value, [&](std::string_view part) { term(part, name == "any" ? "" : std::string(name)); });
    } else {
      refuse("A line here begins with a language's two letters, any, at-least or needs.", column_of(name));
    }
  }

  template <class Take>
  void each_part(std::string_view value, Take take) {
    while (!value.empty()) {
      const auto end = std::min(value.find(','), value.size());
      if (auto part = trimmed(value.substr(0, end)); !part.empty()) take(part);
      value.remove_prefix(std::min(end + 1, value.size()));
    }
  }

  std::optional<Signal> signal_of(std::string_view part) {
    if (part.size() > 2 && part.front() == '<' && part.back() == '>')
      for (auto signal : all_signals)
        if (to_string(signal) == part.substr(1, part.size() - 2)) return signal;
    std::string known;
    for (auto signal : all_signals) known += " <" + std::string(to_string(signal)) + ">";
    refuse("There is no signal '" + std::string(part) + "'; known are" + known + ".", column_of(part));
    return std::nullopt;
  }

  /// Takes "^weight" off the end of a term.
  std::optional<float> weight_of(std::string_view& part, float least, float most, float preset) {
    const auto caret = part.rfind('^');
    if (caret == std::string_view::npos) return preset;
    const auto text = trimmed(part.substr(caret + 1));
    auto weight = number_in(text, least, most);
    if (!weight) {
      refuse("The weight after ^ must be a number from " + std::to_string(static_cast<int>(least)) + " to " +
                 std::to_string(static_cast<int>(most)) + ".",
             column_of(part) + caret);
      return std::nullopt;
    }
    part = trimmed(part.substr(0, caret));
    return weight;
  }

  void term(std::string_view part, std::string language) {
    const auto place = column_of(part);
    auto weight = weight_of(part, -most_weight, most_weight, 1);
    if (!weight) return;
    if (part.empty()) return refuse("The term is empty.", place);
    if (part.front() == '<') {
      if (auto signal = signal_of(part)) rules_.sections_.back().signals.emplace_back(*signal, *weight);
      return;
    }
    if (rules_.terms_.size() == RuleLimits::terms)
      return refuse("There are more than " + std::to_string(RuleLimits::terms) + " terms.", place);
    Term term;
    term.section = static_cast<std::uint32_t>(rules_.sections_.size() - 1);
    term.weight = *weight;
    term.language = std::move(language);
    if (!words_of(part, place, term)) return;
    rules_.terms_.push_back(std::move(term));
  }

  bool words_of(std::string_view part, std::size_t place, Term& term) {
    while (!part.empty()) {
      const auto end = std::min(part.find(' '), part.size());
      const auto written = part.substr(0, end);
      part = trimmed(part.substr(end));
      auto word = word_of(written, place);
      if (!word) return false;
      term.words.push_back(std::move(*word));
      if (term.words.size() > RuleLimits::words_of_term) {
        refuse("The term has more than 8 words.", place);
        return false;
      }
    }
    const bool gap_at_edge =
        term.words.front().kind == TermWord::Kind::gap || term.words.back().kind == TermWord::Kind::gap;
    if (gap_at_edge) refuse("A gap .. must stand between words.", place);
    return !gap_at_edge;
  }

  std::optional<TermWord> word_of(std::string_view written, std::size_t place) {
    TermWord word;
    if (written == "..") {
      word.kind = TermWord::Kind::gap;
      return word;
    }
    const bool open_end = written.ends_with('*');
    if (open_end) written.remove_suffix(1);
    const bool open_begin = written.starts_with('*');
    if (open_begin) written.remove_prefix(1);
    word.kind = open_begin && open_end ? TermWord::Kind::containing
                : open_end             ? TermWord::Kind::beginning
                : open_begin           ? TermWord::Kind::ending
                                       : TermWord::Kind::exact;
    word.folded = folded(written);
    if (word.folded.empty() || word.folded.size() > RuleLimits::word_bytes) {
      refuse("A word must have 1 to 60 letters besides *.", place);
      return std::nullopt;
    }
    if (word.kind != TermWord::Kind::exact && word.folded.size() < 2) {
      refuse("A word with * needs at least two letters.", place);
      return std::nullopt;
    }
    for (std::size_t at = 0; at < word.folded.size();) {
      const auto next = decode(word.folded, at);
      if (!is_letter(next.code) && !is_digit(next.code) && next.code != U'\'' && !is_emoji(next.code)) {
        refuse("The term '" + std::string(written) +
                   "' holds a mark that no word has; write its words with blanks between.",
               place);
        return std::nullopt;
      }
      at += next.bytes;
    }
    return word;
  }

  void sentiment_words(const std::string& language, std::string_view value) {
    each_part(value, [&](std::string_view part) {
      const auto place = column_of(part);
      if (part.find('^') == std::string_view::npos)
        return refuse("A sentiment word needs its value from -4 to 4: schrottig^-3.", place);
      auto weight = weight_of(part, -4, 4, 0);
      if (!weight) return;
      Term checked;
      if (part.empty() || !words_of(part, place, checked)) return;
      auto own =
          std::find_if(own_texts_.begin(), own_texts_.end(), [&](const auto& each) { return each.first == language; });
      if (own == own_texts_.end()) own = own_texts_.insert(own, {language, ""});
      const bool phrase = checked.words.size() > 1;
      std::string text;
      for (const auto& word : checked.words) {
        if (word.kind == TermWord::Kind::beginning && !phrase)
          text = word.folded + "*";
        else if (word.kind != TermWord::Kind::exact)
          return refuse("Of * only one at the end of a single word is possible here, and no gap.", place);
        else
          text += (text.empty() ? "" : " ") + word.folded;
      }
      own->second += (phrase ? "[phrases]\n" : "[words]\n") + std::to_string(*weight) + " " + text + "\n";
    });
  }

  void finish() {
    rules_.digest_ = sha256_hex(text_);
    if (rules_.name_.empty()) rules_.name_ = "unnamed";
    if (rules_.version_.empty()) rules_.version_ = "0";
    static const std::uint64_t negations[] = {hash_of("nicht"), hash_of("kein"),   hash_of("keine"), hash_of("keinen"),
                                              hash_of("nie"),   hash_of("not"),    hash_of("no"),    hash_of("never"),
                                              hash_of("ohne"),  hash_of("without")};
    for (auto& term : rules_.terms_)
      for (const auto& word : term.words)
        term.denies = term.denies || std::find(std::begin(negations), std::end(negations), hash_of(word.folded)) !=
                                         std::end(negations);
    std::sort(own_texts_.begin(), own_texts_.end());
    for (const auto& [language, text] : own_texts_)
      if (auto lexicon = Lexicon::parse(text, language == "any" ? "" : "xx"))
        rules_.own_.emplace_back(language, std::move(lexicon).value());
    rules_.index();
  }

  std::string_view text_;
  const std::string& file_;
  std::string_view line_;
  std::size_t line_number_ = 0;
  Place place_ = Place::outside;
  RuleSet rules_;
  std::vector<std::pair<std::string, std::string>> own_texts_;
  Diagnostics findings_;
};

Result<RuleSet, Diagnostics> RuleSet::parse(std::string_view text, const std::string& file) {
  return RuleReader(text, file).read();
}

}  // namespace echoflow::understanding

#include <array>

#include "engine/cx/understanding/lexicon.hpp"

namespace echoflow::understanding {

namespace {

using Forms = std::vector<std::string>;

bool is_vowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

void append(Forms& forms, const std::string& stem, std::span<const std::string_view> endings) {
  for (auto ending : endings) forms.push_back(stem + std::string(ending));
}

constexpr std::array<std::string_view, 13> adjective_endings = {"e",    "en",   "em",  "er",   "es",   "ere", "eren",
                                                                "erer", "eres", "ste", "sten", "ster", "stes"};
constexpr std::array<std::string_view, 4> softened_endings = {"este", "esten", "ester", "estes"};
constexpr std::array<std::string_view, 7> noun_endings = {"e", "en", "er", "ern", "n", "s", "es"};
constexpr std::array<std::string_view, 9> verb_endings = {"e", "st", "t", "te", "ten", "test", "tet", "end", "et"};

void german_adjective(Forms& forms, const std::string& lemma) {
  std::string stem = lemma;
  if (stem.ends_with("e")) stem.pop_back();
  append(forms, stem, adjective_endings);
  append(forms, stem, softened_endings);
  // "miserabel" → "miserable", "teuer" → "teure".
  if (stem.size() > 3 && (stem.ends_with("el") || stem.ends_with("er"))) {
    stem.erase(stem.size() - 2, 1);
    append(forms, stem, adjective_endings);
  }
}

void german_verb(Forms& forms, const std::string& lemma) {
  std::string stem = lemma;
  if (stem.ends_with("en"))
    stem.resize(stem.size() - 2);
  else if (stem.ends_with("n"))
    stem.pop_back();
  append(forms, stem, verb_endings);
  constexpr std::array<std::string_view, 7> fixed_prefixes = {"be", "ver", "zer", "ent", "er", "miss", "ge"};
  bool prefixed = lemma.ends_with("ieren");
  for (auto prefix : fixed_prefixes) prefixed = prefixed || stem.starts_with(prefix);
  const std::string participle = (prefixed ? "" : "ge") + stem;
  const std::string t = stem.ends_with("t") || stem.ends_with("d") ? "et" : "t";
  for (std::string_view ending : {"", "e", "en", "er", "es", "em"})
    forms.push_back(participle + t + std::string(ending));
}

void english_adjective(Forms& forms, const std::string& lemma) {
  if (lemma.ends_with("y")) {
    const auto stem = lemma.substr(0, lemma.size() - 1);
    append(forms, stem, std::array<std::string_view, 3>{"ier", "iest", "ily"});
  } else if (lemma.ends_with("le")) {
    append(forms, lemma.substr(0, lemma.size() - 1), std::array<std::string_view, 3>{"er", "est", "y"});
  } else if (lemma.ends_with("e")) {
    append(forms, lemma, std::array<std::string_view, 3>{"r", "st", "ly"});
  } else {
    append(forms, lemma, std::array<std::string_view, 3>{"er", "est", "ly"});
  }
}

void english_noun(Forms& forms, const std::string& lemma) {
  forms.push_back(lemma + "s");
  forms.push_back(lemma + "'s");
  if (lemma.ends_with("y")) forms.push_back(lemma.substr(0, lemma.size() - 1) + "ies");
  if (lemma.ends_with("s") || lemma.ends_with("x") || lemma.ends_with("h")) forms.push_back(lemma + "es");
}

void english_verb(Forms& forms, const std::string& lemma) {
  forms.push_back(lemma + "s");
  if (lemma.ends_with("s") || lemma.ends_with("x") || lemma.ends_with("h")) forms.push_back(lemma + "es");
  if (lemma.ends_with("e")) {
    forms.push_back(lemma + "d");
    forms.push_back(lemma.substr(0, lemma.size() - 1) + "ing");
    return;
  }
  const char last = lemma.back();
  if (last == 'y' && lemma.size() > 2 && !is_vowel(lemma[lemma.size() - 2])) {
    const auto stem = lemma.substr(0, lemma.size() - 1);
    append(forms, stem, std::array<std::string_view, 2>{"ies", "ied"});
  }
  forms.push_back(lemma + "ed");
  forms.push_back(lemma + "ing");
  // "rob" → "robbed".
  if (lemma.size() <= 4 && lemma.size() >= 3 && !is_vowel(last) && is_vowel(lemma[lemma.size() - 2])) {
    forms.push_back(lemma + last + "ed");
    forms.push_back(lemma + last + "ing");
  }
}

}  // namespace

std::vector<std::string> inflected(std::string_view folded_lemma, Part part, bool german) {
  Forms forms{std::string(folded_lemma)};
  const std::string lemma(folded_lemma);
  if (lemma.size() < 3) return forms;
  switch (part) {
    case Part::adjective:
      german ? german_adjective(forms, lemma) : english_adjective(forms, lemma);
      break;
    case Part::noun:
      german ? append(forms, lemma, noun_endings) : english_noun(forms, lemma);
      break;
    case Part::verb:
      german ? german_verb(forms, lemma) : english_verb(forms, lemma);
      break;
    case Part::none:
    case Part::other:
      break;
  }
  return forms;
}

}  // namespace echoflow::understanding

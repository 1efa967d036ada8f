#include "models/documentation/words.hpp"

#include <cstddef>

namespace echoflow::documentation {

namespace {

constexpr Translation table[] = {
#define WORD(key, german, english) {#key, german, english},
#include "models/documentation/words.def"
#undef WORD
};

bool is_german(std::string_view language) {
  return language == "de" || language == "DE" || language.starts_with("de-") || language.starts_with("de_");
}

}  // namespace

std::span<const Translation> translations() {
  return table;
}

Words::Words(std::string_view language) : german_(is_german(language)) {}

std::string_view Words::text(Word word) const {
  const auto& row = table[static_cast<std::size_t>(word)];
  return german_ ? row.german : row.english;
}

}  // namespace echoflow::documentation

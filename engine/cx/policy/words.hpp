#pragma once
#include <string>
#include <string_view>

namespace echoflow::policy {

/// A text made ready for contains_phrase: lower case, one blank around every word, signs left out.
std::string plain_words(std::string_view text);
/// Is the phrase in the text as whole words? Both plain.
bool contains_phrase(const std::string& plain_text, const std::string& plain_phrase);
/// Characters as people count them: code points of UTF-8.
std::size_t characters(std::string_view text);

}  // namespace echoflow::policy

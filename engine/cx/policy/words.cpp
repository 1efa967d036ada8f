#include "engine/cx/policy/words.hpp"

#include "engine/cx/understanding/fold.hpp"

namespace echoflow::policy {

namespace u = understanding;

std::string plain_words(std::string_view text) {
  const std::string whole = u::composed(text);
  std::string plain = " ";
  for (std::size_t at = 0; at < whole.size();) {
    const auto next = u::decode(whole, at);
    at += next.bytes ? next.bytes : 1;
    // What is invisible must not hide a word.
    if (u::continues_emoji(next.code) || next.code == 0xad || (next.code >= 0x200b && next.code <= 0x200f)) continue;
    if (u::is_letter(next.code) || u::is_digit(next.code))
      u::append_folded(plain, next.code);
    else if (plain.back() != ' ')
      plain += ' ';
  }
  if (plain.back() != ' ') plain += ' ';
  return plain;
}

bool contains_phrase(const std::string& plain_text, const std::string& plain_phrase) {
  return plain_phrase.size() > 2 && plain_text.find(plain_phrase) != std::string::npos;
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text)
    if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++count;
  return count;
}

}  // namespace echoflow::policy

#include "engine/cx/understanding/sentiment.hpp"

namespace echoflow::understanding {

namespace {

constexpr std::size_t negation_reach = 4;  // words

}  // namespace

Annotated::Annotated(const Text& text, const Lexicon* language, const Lexicon& emoji, const Lexicon* own)
    : text_(text), language_(language), own_(own), items_(text.tokens().size()) {
  WordInfo made;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const auto& token = text.tokens()[i];
    if (token.folded_size == 0) continue;
    auto& item = items_[i];
    const auto folded = text.folded(token);
    item.hash = hash_of(folded);
    const WordInfo* found = nullptr;
    if (token.kind == TokenKind::emoji || token.kind == TokenKind::emoticon) {
      found = emoji.find_exact(item.hash);
    } else if (token.kind == TokenKind::word) {
      if (own) found = own->find(folded, made);
      if (!found && language) found = language->find(folded, made);
      if (!found && language && token.elongated) {
        const auto plain = without_doubles(folded);
        found = language->find(plain, made);
        if (found) item.hash = hash_of(plain);
      }
    }
    if (found) item.info = *found;
  }
  mark_negated();
}

bool Annotated::ends_clause(std::size_t token) const {
  return text_.tokens()[token].kind == TokenKind::comma || ends_sentence(token) || items_[token].info.contrasts;
}

bool Annotated::ends_sentence(std::size_t token) const {
  switch (text_.tokens()[token].kind) {
    case TokenKind::stop:
    case TokenKind::exclaim:
    case TokenKind::question:
      return true;
    case TokenKind::word:
    case TokenKind::number:
    case TokenKind::emoji:
    case TokenKind::emoticon:
    case TokenKind::link:
    case TokenKind::mention:
    case TokenKind::comma:
    case TokenKind::quote:
    case TokenKind::other:
      return false;
  }
  return false;
}

void Annotated::mark_negated() {
  static const std::uint64_t only[] = {hash_of("nur"), hash_of("only"), hash_of("just")};
  std::size_t left = 0;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (ends_clause(i)) left = 0;
    if (text_.tokens()[i].kind != TokenKind::word) continue;
    items_[i].negated = left > 0;
    if (left > 0) --left;
    if (!items_[i].info.negates) continue;
    // "Not only good, but …" denies nothing.
    const auto next = i + 1 < items_.size() ? items_[i + 1].hash : 0;
    if (next != only[0] && next != only[1] && next != only[2]) left = negation_reach;
  }
}

}  // namespace echoflow::understanding

#include "engine/cx/understanding/text.hpp"

#include <algorithm>
#include <array>

#include "engine/cx/understanding/fold.hpp"

namespace echoflow::understanding {

namespace {

/// Longest first, so that ":-))" is not taken for ":-)".
constexpr std::array<std::string_view, 40> emoticons = {
    ">:-(", ":'-(", ":-))", ":-((", "</3", ">:(", ":'(", ":-)", ":-(", ";-)", ":-D", ":-P", ":-p", ":-/",
    ":-|",  ":-*",  ":))",  ":((",  "^^",  "^_^", "-_-", "<3",  ":)",  ":(",  ";)",  ":D",  ":P",  ":p",
    ":/",   ":|",   ":*",   "=)",   "=(",  ":]",  ":[",  "xD",  "XD",  "D:",  ";D",  ":O"};

constexpr std::array<std::string_view, 3> link_starts = {"http://", "https://", "www."};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_quote(char32_t code) {
  return code == U'"' || code == U'„' || code == U'“' || code == U'”' || code == U'«' || code == U'»' || code == U'‚' ||
         code == U'‘' || code == U'\'' || code == U'`' || code == U'’';
}

bool is_apostrophe(char32_t code) {
  return code == U'\'' || code == U'’';
}

bool is_word(char32_t code) {
  return is_letter(code) || is_digit(code);
}

}  // namespace

/// Goes over a text once.
class Cutter {
 public:
  explicit Cutter(Text& text) : text_(text), source_(text.source_) {}

  void run() {
    while (at_ < source_.size()) {
      if (is_blank(source_[at_])) {
        if (source_[at_] == '\n') put(TokenKind::stop, at_, at_ + 1);
        ++at_;
        continue;
      }
      if (!link() && !tagged() && !emoticon()) character();
    }
    find_quoted();
  }

 private:
  char32_t code_at(std::size_t at) const { return at < source_.size() ? decode(source_, at).code : 0; }
  bool after_word() const {
    return !text_.tokens_.empty() && text_.tokens_.back().end == at_ && text_.tokens_.back().kind == TokenKind::word;
  }
  Token& put(TokenKind kind, std::size_t begin, std::size_t end) {
    Token token;
    token.kind = kind;
    token.begin = static_cast<std::uint32_t>(begin);
    token.end = static_cast<std::uint32_t>(end);
    token.folded_at = static_cast<std::uint32_t>(text_.folded_.size());
    text_.tokens_.push_back(token);
    return text_.tokens_.back();
  }
  Token& put_as_is(TokenKind kind, std::size_t size) {
    auto& token = put(kind, at_, at_ + size);
    text_.folded_ += source_.substr(at_, size);
    token.folded_size = static_cast<std::uint32_t>(size);
    at_ += size;
    return token;
  }

  bool link() {
    const char first = source_[at_];
    if ((first != 'h' && first != 'w') || after_word()) return false;
    for (auto start : link_starts) {
      if (!source_.substr(at_).starts_with(start)) continue;
      const auto begin = at_;
      while (at_ < source_.size() && !is_blank(source_[at_])) ++at_;
      put(TokenKind::link, begin, at_);
      return true;
    }
    return false;
  }

  bool tagged() {
    const char first = source_[at_];
    if ((first != '@' && first != '#') || after_word() || !is_word(code_at(at_ + 1))) return false;
    const auto begin = at_++;
    if (first == '@') {
      while (at_ < source_.size() && (is_word(code_at(at_)) || source_[at_] == '_' || source_[at_] == '.'))
        at_ += decode(source_, at_).bytes;
      put(TokenKind::mention, begin, at_);
      return true;
    }
    const auto first_token = text_.tokens_.size();
    word(true);
    for (auto i = first_token; i < text_.tokens_.size(); ++i) text_.tokens_[i].hashtag = true;
    return true;
  }

  bool emoticon() {
    constexpr std::string_view starts = ":;=<>^-xXD";
    if (starts.find(source_[at_]) == std::string_view::npos || after_word()) return false;
    for (auto each : emoticons) {
      if (!source_.substr(at_).starts_with(each)) continue;
      const auto next = code_at(at_ + each.size());
      if (is_letter(static_cast<unsigned char>(each.back())) && is_word(next)) continue;
      put_as_is(TokenKind::emoticon, each.size());
      return true;
    }
    return false;
  }

  void character() {
    const auto next = decode(source_, at_);
    if (is_word(next.code)) return word(false);
    if (is_emoji(next.code)) {
      put_as_is(TokenKind::emoji, next.bytes);
      while (at_ < source_.size() && continues_emoji(code_at(at_))) {
        const bool joiner = code_at(at_) == 0x200D;
        at_ += decode(source_, at_).bytes;
        if (joiner && at_ < source_.size() && is_emoji(code_at(at_))) at_ += decode(source_, at_).bytes;
      }
      text_.tokens_.back().end = static_cast<std::uint32_t>(at_);
      return;
    }
    mark(next);
  }

  static TokenKind kind_of(char32_t code) {
    if (is_quote(code)) return TokenKind::quote;
    if (code == U'!' || code == U'¡') return TokenKind::exclaim;
    if (code == U'?' || code == U'¿') return TokenKind::question;
    if (code == U'.' || code == U'…' || code == U';' || code == U':') return TokenKind::stop;
    if (code == U',' || code == U'–' || code == U'—' || code == U'(' || code == U')') return TokenKind::comma;
    return TokenKind::other;
  }

  void mark(const Decoded& next) {
    const auto kind = kind_of(next.code);
    const bool counted = kind == TokenKind::exclaim || kind == TokenKind::question || kind == TokenKind::stop;
    if (counted && !text_.tokens_.empty() && text_.tokens_.back().kind == kind && text_.tokens_.back().end == at_ &&
        source_[at_ - 1] != '\n') {
      auto& last = text_.tokens_.back();
      if (last.repeats < 1000) ++last.repeats;
      at_ += next.bytes;
      last.end = static_cast<std::uint32_t>(at_);
      return;
    }
    put(kind, at_, at_ + next.bytes);
    text_.folded_.append(source_.substr(at_, next.bytes));
    text_.tokens_.back().folded_size = next.bytes;
    at_ += next.bytes;
  }

  void word(bool split_humps) {
    auto* token = &put(TokenKind::word, at_, at_);
    std::uint32_t letters = 0, capitals = 0, run = 0;
    char32_t before = 0;
    bool before_lower = false;
    for (; at_ < source_.size();) {
      const auto next = decode(source_, at_);
      const bool apostrophe = is_apostrophe(next.code) && letters > 0 && is_letter(code_at(at_ + next.bytes));
      if (!is_word(next.code) && !apostrophe) break;
      const bool upper = is_upper(next.code);
      if (split_humps && upper && before_lower) {
        finish(*token, letters, capitals);
        token = &put(TokenKind::word, at_, at_);
        letters = capitals = run = 0;
        before = 0;
      }
      const auto mark = text_.folded_.size();
      append_folded(text_.folded_, apostrophe ? U'\'' : next.code);
      run = before != 0 && text_.folded_.compare(mark, std::string::npos, last_) == 0 ? run + 1 : 1;
      if (run > 2 && is_letter(next.code)) {
        text_.folded_.resize(mark);
        token->elongated = true;
      } else {
        last_.assign(text_.folded_, mark);
      }
      if (is_letter(next.code)) ++letters;
      if (upper) ++capitals;
      before = next.code;
      before_lower = is_letter(next.code) && !upper;
      at_ += next.bytes;
    }
    finish(*token, letters, capitals);
  }

  void finish(Token& token, std::uint32_t letters, std::uint32_t capitals) {
    token.end = static_cast<std::uint32_t>(at_);
    token.folded_size = static_cast<std::uint32_t>(text_.folded_.size()) - token.folded_at;
    if (letters == 0) token.kind = TokenKind::number;
    token.capitals = letters >= 3 && capitals == letters;
    words_ += letters >= 2 ? 1 : 0;
    loud_ += letters >= 2 && capitals == letters ? 1 : 0;
    text_.shouting_ = words_ > 2 && 2 * loud_ > words_;
  }

  void find_quoted() {
    auto& tokens = text_.tokens_;
    constexpr std::size_t most_words = 3;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind != TokenKind::quote) continue;
      std::size_t k = i + 1;
      while (k < tokens.size() && k <= i + most_words && tokens[k].kind == TokenKind::word) ++k;
      if (k == i + 1 || k >= tokens.size() || tokens[k].kind != TokenKind::quote) continue;
      for (auto j = i + 1; j < k; ++j) tokens[j].quoted = true;
      i = k;
    }
  }

  Text& text_;
  std::string_view source_;
  std::size_t at_ = 0;
  std::string last_;
  std::uint32_t words_ = 0, loud_ = 0;
};

Text::Text(std::string_view text) {
  if (text.size() > most_text_bytes) {
    std::size_t end = most_text_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
  }
  if (needs_composing(text)) {
    composed_ = composed(text);
    text = composed_;
  }
  source_ = text;
  folded_.reserve(text.size() + 16);
  tokens_.reserve(text.size() / 5 + 4);
  Cutter(*this).run();
}

std::string without_doubles(std::string_view folded) {
  std::string out;
  for (char c : folded)
    if (out.empty() || out.back() != c) out += c;
  return out;
}

}  // namespace echoflow::understanding

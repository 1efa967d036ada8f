#include "bpel/xpath/regex.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <map>
#include <memory>

#include "bpel/xpath/value.hpp"

namespace echoflow::xpath {
namespace {

constexpr std::int32_t time_limit = 500;         // about milliseconds
constexpr std::int32_t stack_limit = 8'000'000;  // bytes of backtracking
constexpr std::size_t cached_patterns = 64;

icu::UnicodeString wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}
std::string narrow(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::uint32_t icu_flags(std::string_view flags) {
  std::uint32_t result = 0;
  for (const char f : flags) {
    if (f == 's')
      result |= UREGEX_DOTALL;
    else if (f == 'm')
      result |= UREGEX_MULTILINE;
    else if (f == 'i')
      result |= UREGEX_CASE_INSENSITIVE;
    else if (f != 'x')
      raise("FORX0001", "the flag '" + std::string(1, f) + "' is not one of s, m, i, x");
  }
  return result | UREGEX_UNIX_LINES;
}

// Flag x drops blanks outside brackets; \i and \c of XML Schema, which ICU does not know, become sets.
std::string as_icu(const std::string& pattern, bool drop_blanks) {
  std::string out;
  int brackets = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      const char e = pattern[++i];
      const std::string_view inside = e == 'i' ? "\\p{L}_:" : e == 'c' ? "\\p{L}\\p{N}\\p{M}._:\\-" : "";
      if (!inside.empty())
        out += brackets > 0 ? std::string(inside) : "[" + std::string(inside) + "]";
      else if (e == 'I')
        out += "[^\\p{L}_:]";
      else if (e == 'C')
        out += "[^\\p{L}\\p{N}\\p{M}._:\\-]";
      else
        (out += c) += e;
      continue;
    }
    if (c == '[') ++brackets;
    if (c == ']' && brackets > 0) --brackets;
    if (drop_blanks && brackets == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
    // A '-[' inside a set takes away, which ICU writes '--['.
    if (c == '-' && brackets > 0 && i + 1 < pattern.size() && pattern[i + 1] == '[') out += '-';
    out += c;
  }
  return out;
}

// Compiled patterns of this thread.
const icu::RegexPattern& compiled(const std::string& pattern, std::string_view flags) {
  thread_local std::map<std::string, std::unique_ptr<icu::RegexPattern>> cache;
  auto key = std::string(flags) + '/' + pattern;
  if (const auto known = cache.find(key); known != cache.end()) return *known->second;
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  std::unique_ptr<icu::RegexPattern> made(icu::RegexPattern::compile(
      wide(as_icu(pattern, flags.find('x') != std::string_view::npos)), icu_flags(flags), where, status));
  if (U_FAILURE(status) || !made) raise("FORX0002", "'" + pattern.substr(0, 100) + "' is no regular expression");
  if (cache.size() >= cached_patterns) cache.clear();
  return *cache.emplace(std::move(key), std::move(made)).first->second;
}

void check(UErrorCode status) {
  if (status == U_REGEX_TIME_OUT || status == U_REGEX_STACK_OVERFLOW)
    raise_limit("xpath-regex", "The regular expression takes too long on this text");
  if (U_FAILURE(status)) raise("FORX0002", "the regular expression cannot be used on this text");
}

class Matcher {
 public:
  Matcher(const std::string& text, const std::string& pattern, std::string_view flags) : text_(wide(text)) {
    UErrorCode status = U_ZERO_ERROR;
    matcher_.reset(compiled(pattern, flags).matcher(text_, status));
    if (matcher_) matcher_->setTimeLimit(time_limit, status);
    if (matcher_) matcher_->setStackLimit(stack_limit, status);
    check(status);
  }
  bool find() {
    UErrorCode status = U_ZERO_ERROR;
    const bool found = matcher_->find(status);
    check(status);
    return found;
  }
  std::int32_t start(std::int32_t group = 0) const {
    UErrorCode status = U_ZERO_ERROR;
    return matcher_->start(group, status);
  }
  std::int32_t end(std::int32_t group = 0) const {
    UErrorCode status = U_ZERO_ERROR;
    return matcher_->end(group, status);
  }
  std::int32_t groups() const { return matcher_->groupCount(); }
  icu::UnicodeString part(std::int32_t from, std::int32_t to) const { return text_.tempSubStringBetween(from, to); }
  std::int32_t length() const { return text_.length(); }

 private:
  icu::UnicodeString text_;
  std::unique_ptr<icu::RegexMatcher> matcher_;
};

void refuse_empty_match(const std::string& pattern, std::string_view flags) {
  if (regex_matches("", pattern, flags)) raise("FORX0003", "the regular expression matches the empty string");
}

// §7.6.3: $n is a group, with as many digits as there are groups for; \$ and \\ are the characters themselves.
void append_replacement(const Matcher& m, const std::string& replacement, std::string& out) {
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    if (c == '\\') {
      if (i + 1 >= replacement.size() || (replacement[i + 1] != '\\' && replacement[i + 1] != '$'))
        raise("FORX0004", "'\\' in a replacement must stand before '\\' or '$'");
      out += replacement[++i];
      continue;
    }
    if (c != '$') {
      out += c;
      continue;
    }
    const auto digit = [&](std::size_t at) {
      return at < replacement.size() && replacement[at] >= '0' && replacement[at] <= '9';
    };
    if (!digit(i + 1)) raise("FORX0004", "'$' in a replacement must stand before a digit");
    std::int32_t group = replacement[++i] - '0';
    while (digit(i + 1) && group * 10 + (replacement[i + 1] - '0') <= m.groups())
      group = group * 10 + (replacement[++i] - '0');
    if (group <= m.groups() && m.start(group) >= 0) out += narrow(m.part(m.start(group), m.end(group)));
  }
}

}  // namespace

bool regex_matches(const std::string& text, const std::string& pattern, std::string_view flags) {
  return Matcher(text, pattern, flags).find();
}

std::string regex_replace(const std::string& text, const std::string& pattern, const std::string& replacement,
                          std::string_view flags, std::size_t max_bytes) {
  refuse_empty_match(pattern, flags);
  Matcher m(text, pattern, flags);
  std::string out;
  std::int32_t copied = 0;
  while (m.find()) {
    out += narrow(m.part(copied, m.start()));
    append_replacement(m, replacement, out);
    copied = m.end();
    if (out.size() > max_bytes)
      raise_limit("xpath-text", "The replaced text is longer than " + std::to_string(max_bytes) + " bytes");
  }
  return out + narrow(m.part(copied, m.length()));
}

std::vector<std::string> regex_tokens(const std::string& text, const std::string& pattern, std::string_view flags) {
  refuse_empty_match(pattern, flags);
  std::vector<std::string> tokens;
  if (text.empty()) return tokens;
  Matcher m(text, pattern, flags);
  std::int32_t copied = 0;
  while (m.find()) {
    tokens.push_back(narrow(m.part(copied, m.start())));
    copied = m.end();
  }
  tokens.push_back(narrow(m.part(copied, m.length())));
  return tokens;
}

std::string upper_case(const std::string& text) {
  return narrow(wide(text).toUpper(icu::Locale::getRoot()));
}
std::string lower_case(const std::string& text) {
  return narrow(wide(text).toLower(icu::Locale::getRoot()));
}

std::string normalized_unicode(const std::string& text, const std::string& form) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = nullptr;
  if (form == "NFC")
    normalizer = icu::Normalizer2::getNFCInstance(status);
  else if (form == "NFD")
    normalizer = icu::Normalizer2::getNFDInstance(status);
  else if (form == "NFKC")
    normalizer = icu::Normalizer2::getNFKCInstance(status);
  else if (form == "NFKD")
    normalizer = icu::Normalizer2::getNFKDInstance(status);
  else
    raise("FOCH0003", "'" + form + "' is no normalization form");
  const auto result = normalizer != nullptr ? normalizer->normalize(wide(text), status) : icu::UnicodeString();
  if (U_FAILURE(status)) raise("FOCH0003", "the text cannot be normalized");
  return narrow(result);
}

}  // namespace echoflow::xpath

#include "models/notations/text.hpp"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "models/base/utf8.hpp"

namespace echoflow::notations {
namespace {

using xml::ReadError;

constexpr std::string_view blanks = " \t\r\n";
/// What is read, by its IANA name in lower case, and ICU's name for it.
struct Encoding {
  std::string_view name;
  const char* converter;
};
constexpr std::array encodings = {
    Encoding{"utf-8", "UTF-8"},
    Encoding{"utf8", "UTF-8"},
    Encoding{"us-ascii", "UTF-8"},
    Encoding{"ascii", "UTF-8"},
    Encoding{"utf-16", "UTF-16"},
    Encoding{"utf-16le", "UTF-16LE"},
    Encoding{"utf-16be", "UTF-16BE"},
    Encoding{"unicode", "UTF-16"},
    Encoding{"windows-1252", "cp1252"},
    Encoding{"cp1252", "cp1252"},
    Encoding{"iso-8859-1", "cp1252"},
    Encoding{"latin1", "cp1252"},
    Encoding{"iso-8859-2", "8859-2"},
    Encoding{"iso-8859-5", "8859-5"},
    Encoding{"iso-8859-7", "8859-7"},
    Encoding{"iso-8859-9", "8859-9"},
    Encoding{"iso-8859-15", "ISO-8859-15"},
    Encoding{"windows-1250", "cp1250"},
    Encoding{"windows-1251", "cp1251"},
    Encoding{"windows-1253", "cp1253"},
    Encoding{"windows-1254", "cp1254"},
    Encoding{"windows-1256", "cp1256"},
    Encoding{"koi8-r", "KOI8-R"},
    Encoding{"shift_jis", "Shift_JIS"},
    Encoding{"windows-31j", "cp943c"},
    Encoding{"euc-jp", "EUC-JP"},
    Encoding{"gb2312", "GBK"},
    Encoding{"gbk", "GBK"},
    Encoding{"gb18030", "gb18030"},
    Encoding{"big5", "Big5"},
    Encoding{"euc-kr", "EUC-KR"},
};
constexpr std::size_t most_bytes = xml::Limits{}.max_bytes;
constexpr std::size_t most_entities = 1'000;
constexpr std::size_t longest_number = 8;  // shorter than any reference, so that replacing never makes more text

SourceLocation place(std::string_view text, std::size_t at, const std::string& file) {
  const auto before = text.substr(0, std::min(at, text.size()));
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const auto last = before.rfind('\n');
  const auto column = last == std::string_view::npos ? before.size() : before.size() - last - 1;
  return {file, static_cast<std::uint32_t>(lines + 1), static_cast<std::uint32_t>(column + 1)};
}

void blank(std::string& text, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i)
    if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(blanks, at), text.size());
}

/// Behind blanks, comments and processing instructions (not the XML declaration's place: those are all alike here).
std::size_t skip_misc(std::string_view text, std::size_t at) {
  while (true) {
    at = skip_blanks(text, at);
    const auto rest = text.substr(at);
    const bool comment = rest.starts_with("<!--");
    if (!comment && !rest.starts_with("<?")) return at;
    const auto end = rest.find(comment ? "-->" : "?>", 2);
    if (end == std::string_view::npos) return text.size();
    at += end + (comment ? 3 : 2);
  }
}

/// The encoding that the declaration names, in lower case; the declaration may only begin the text, or follow comments.
std::string declared_encoding(std::string_view text) {
  const auto declaration = text.find("<?xml ");
  if (declaration == std::string_view::npos || skip_misc(text.substr(0, declaration), 0) != declaration) return {};
  const auto head = text.substr(declaration, text.find("?>", declaration) - declaration);
  const auto word = head.find("encoding");
  const auto open = word == std::string_view::npos ? word : head.find_first_of("'\"", word);
  if (open == std::string_view::npos) return {};
  const auto close = head.find(head[open], open + 1);
  std::string name(head.substr(open + 1, close == std::string_view::npos ? 0 : close - open - 1));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

const char* converter_of(std::string_view bytes, std::string& named) {
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with(std::string_view("<\0", 2))) return "UTF-16LE";
  if (bytes.starts_with("\xfe\xff") || bytes.starts_with(std::string_view("\0<", 2))) return "UTF-16BE";
  if (bytes.starts_with("\xef\xbb\xbf")) return "UTF-8";
  named = declared_encoding(bytes.substr(0, 4096));
  if (named.empty() || named.starts_with("utf-16")) return "UTF-8";  // one byte a character, whatever it says
  for (const auto& encoding : encodings)
    if (encoding.name == named) return encoding.converter;
  return nullptr;
}

Result<std::string, ReadError> convert(std::string_view bytes, const char* from, const std::string& file) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(bytes.size() * 3 + 8, '\0');
  const auto length = ucnv_convert("UTF-8", from, out.data(), static_cast<std::int32_t>(out.size()), bytes.data(),
                                   static_cast<std::int32_t>(bytes.size()), &status);
  if (U_FAILURE(status))
    return fail(ReadError{"The file cannot be read as " + std::string(from) + "; save it as UTF-8.", "", {file, 1, 1}});
  out.resize(static_cast<std::size_t>(length));
  return out;
}

}  // namespace

Result<std::string, ReadError> to_utf8(std::string_view bytes, const std::string& file) {
  if (bytes.size() > most_bytes)
    return fail(ReadError{"The file is larger than " + std::to_string(most_bytes) + " bytes (limit xml-bytes).",
                          "xml-bytes",
                          {file, 1, 1}});
  std::string named;
  const char* from = converter_of(bytes, named);
  if (!from)
    return fail(ReadError{
        "The encoding '" + named + "' is not read; save the file as UTF-8, UTF-16 or Windows-1252.", "", {file, 1, 1}});
  std::string text;
  if (std::string_view(from) == "UTF-8") {
    text = bytes;
  } else {
    auto converted = convert(bytes, from, file);
    if (!converted) return converted;
    text = std::move(*converted);
  }
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  if (!is_valid_utf8(text)) {
    std::size_t at = 0;
    for (std::size_t length = 1; length != 0; at += length) length = utf8_length(std::string_view(text).substr(at));
    return fail(ReadError{"The file is not valid UTF-8 here; declare its encoding or save it as UTF-8.", "",
                          place(text, at, file)});
  }
  const auto declaration = text.find("<?xml ");
  const auto end = declaration == std::string::npos ? declaration : text.find("?>", declaration);
  if (end != std::string::npos && skip_misc(std::string_view(text).substr(0, declaration), 0) == declaration)
    blank(text, declaration, end + 2);
  return text;
}

namespace {

/// Reads the declaration piece by piece; every piece that is not there says what it is.
class Doctype {
 public:
  Doctype(std::string_view text, std::size_t begin, const std::string& file) : text_(text), at_(begin), file_(file) {}

  /// The place behind the declaration.
  Result<std::size_t, ReadError> read() {
    at_ += std::string_view("<!DOCTYPE").size();
    word();
    if (word() != "SYSTEM" || !names_the_dtd(literal()))
      return refuse("A document type declaration is refused unless it names ARIS-Export.dtd; remove it.");
    skip();
    if (next() == '[') {
      ++at_;
      for (skip(); next() != ']'; skip())
        if (!entity())
          return refuse("Only the entities LocaleId.* and Codepage.* with a number are read; remove this.");
      ++at_;
      skip();
    }
    if (next() != '>') return refuse("The document type declaration has no end.");
    return at_ + 1;
  }

  const std::map<std::string, std::string, std::less<>>& entities() const { return entities_; }

 private:
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip() {
    while (true) {
      at_ = skip_blanks(text_, at_);
      if (!text_.substr(at_).starts_with("<!--")) return;
      const auto end = text_.find("-->", at_);
      at_ = end == std::string_view::npos ? text_.size() : end + 3;
    }
  }
  std::string_view word() {
    at_ = skip_blanks(text_, at_);
    const auto begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.' ||
                                  text_[at_] == '_' || text_[at_] == '-'))
      ++at_;
    return text_.substr(begin, at_ - begin);
  }
  std::string_view literal() {
    at_ = skip_blanks(text_, at_);
    const char quote = next();
    if (quote != '"' && quote != '\'') return {};
    const auto end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return {};
    const auto value = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return value;
  }
  static bool names_the_dtd(std::string_view system) {
    constexpr std::string_view dtd = "aris-export.dtd";
    if (system.size() < dtd.size()) return false;
    const auto tail = system.substr(system.size() - dtd.size());
    return std::equal(tail.begin(), tail.end(), dtd.begin(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == b; });
  }
  bool entity() {
    if (!text_.substr(at_).starts_with("<!ENTITY")) return false;
    at_ += 8;
    const auto name = word();
    const auto value = literal();
    at_ = skip_blanks(text_, at_);
    const bool known = name.starts_with("LocaleId.") || name.starts_with("Codepage.");
    const bool number = !value.empty() && value.size() <= longest_number &&
                        value.find_first_not_of("0123456789") == std::string_view::npos;
    if (!known || !number || next() != '>' || entities_.size() >= most_entities) return false;
    ++at_;
    entities_.emplace(name, value);
    return true;
  }
  Failure<ReadError> refuse(std::string message) const {
    return fail(ReadError{std::move(message), "doctype", place(text_, at_, file_)});
  }

  std::string_view text_;
  std::size_t at_;
  const std::string& file_;
  std::map<std::string, std::string, std::less<>> entities_;
};

std::string with_entities(std::string_view text, const std::map<std::string, std::string, std::less<>>& entities) {
  std::string out;
  out.reserve(text.size());
  while (true) {
    const auto begin = text.find('&');
    out += text.substr(0, begin);
    if (begin == std::string_view::npos) return out;
    text.remove_prefix(begin);
    const auto end = text.substr(0, 64).find(';');
    const auto found = end == std::string_view::npos ? entities.end() : entities.find(text.substr(1, end - 1));
    const std::size_t taken = found == entities.end() ? 1 : end + 1;
    out += found == entities.end() ? text.substr(0, 1) : std::string_view(found->second);
    text.remove_prefix(taken);
  }
}

}  // namespace

Result<std::string, ReadError> without_aris_doctype(std::string text, const std::string& file) {
  const auto begin = skip_misc(text, 0);
  if (!std::string_view(text).substr(begin).starts_with("<!DOCTYPE")) return text;
  Doctype doctype(text, begin, file);
  const auto end = doctype.read();
  if (!end) return fail(end.error());
  const auto entities = doctype.entities();
  blank(text, begin, *end);
  return with_entities(text, entities);
}

Root document_element(std::string_view text) {
  auto at = skip_misc(text, 0);
  if (text.substr(at).starts_with("<!DOCTYPE")) {
    const auto subset = text.find_first_of("[>", at);
    if (subset == std::string_view::npos) return {};
    const auto end = text[subset] == '>' ? subset : text.find("]", subset);
    at = end == std::string_view::npos ? text.size() : std::min(text.find('>', end), text.size() - 1) + 1;
    at = skip_misc(text, at);
  }
  if (at >= text.size() || text[at] != '<') return {};
  const auto tag = text.substr(at + 1, text.find('>', at) - at - 1);
  const auto name = tag.substr(0, tag.find_first_of(" \t\r\n/"));
  const auto colon = name.find(':');
  Root root{{}, std::string(colon == std::string_view::npos ? name : name.substr(colon + 1))};
  std::string declaration = "xmlns";
  if (colon != std::string_view::npos) (declaration += ':') += name.substr(0, colon);
  for (auto found = tag.find(declaration); found != std::string_view::npos; found = tag.find(declaration, found + 1)) {
    auto equals = skip_blanks(tag, found + declaration.size());
    if (equals >= tag.size() || tag[equals] != '=') continue;
    const auto quote = skip_blanks(tag, equals + 1);
    if (quote >= tag.size()) break;
    const auto close = tag.find(tag[quote], quote + 1);
    if (close != std::string_view::npos) root.ns = tag.substr(quote + 1, close - quote - 1);
    break;
  }
  return root;
}

}  // namespace echoflow::notations

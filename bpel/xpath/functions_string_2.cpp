// XPath 2.0 functions and operators §7 (strings), §8 and §11 (names).
#include <cmath>

#include "bpel/xpath/arguments_2.hpp"
#include "bpel/xpath/lexer.hpp"
#include "bpel/xpath/regex.hpp"
#include "bpel/xpath/text.hpp"
#include "bpel/xpath/unicode.hpp"
#include "bpel/xpath/uri_template.hpp"

namespace echoflow::xpath {
namespace {

bool is_xml_character(std::int64_t c) {
  return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

std::string text_or_context(Evaluator& e, const Expr& call, const Focus& focus) {
  if (!call.children.empty()) return e.text_argument(call, 0, focus);
  return focus.atomic != nullptr ? e.text_of(*focus.atomic) : e.text_of(e.context_node(focus));
}

Sequence codepoints_to_string(Evaluator& e, const Expr& call, const Focus& focus) {
  std::string out;
  for (const auto& item : e.atomized_argument(call, 0, focus)) {
    const auto number = is_integer(item.type) ? to_int64(item.decimal()) : std::nullopt;
    if (!number || !is_xml_character(*number)) raise("FOCH0001", "a codepoint is no character of XML");
    append_utf8(static_cast<char32_t>(*number), out);
  }
  return text_value(std::move(out));
}

Sequence string_to_codepoints(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.text_argument(call, 0, focus);
  Sequence result;
  for (std::size_t at = 0; at < text.size();) {
    result.push_back(Item::integer(static_cast<std::int64_t>(decode_utf8(text, at))));
    e.check_items(result.size());
  }
  return result;
}

Sequence compare_text(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto a = typed_argument(e, call, 0, focus, Type::string), b = typed_argument(e, call, 1, focus, Type::string);
  check_collation(e, call, 2, focus);
  if (!a || !b) return {};
  const int order = a->text().compare(b->text());
  return integer_value(order < 0 ? -1 : order > 0);
}

Sequence codepoint_equal(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto a = typed_argument(e, call, 0, focus, Type::string), b = typed_argument(e, call, 1, focus, Type::string);
  if (!a || !b) return {};
  return truth_value(a->text() == b->text());
}

Sequence concat(Evaluator& e, const Expr& call, const Focus& focus) {
  std::string out;
  for (std::size_t i = 0; i < call.children.size(); ++i) {
    if (const auto item = e.atomic_argument(call, i, focus)) out += e.text_of(*item);
    e.check_text(out.size());
  }
  return text_value(std::move(out));
}

Sequence string_join(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto items = e.atomized_argument(call, 0, focus);
  const auto separator = call.children.size() > 1 ? e.text_argument(call, 1, focus) : std::string();
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!is_stringlike(items[i].type))
      raise("XPTY0004", "string-join() joins strings only; convert the items with string()");
    if (i > 0) out += separator;
    out += items[i].text();
    e.check_text(out.size());
  }
  return text_value(std::move(out));
}

Sequence substring(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.text_argument(call, 0, focus);
  const double first = xpath_round(double_argument(e, call, 1, focus));
  const double end = call.children.size() > 2 ? first + xpath_round(double_argument(e, call, 2, focus)) : INFINITY;
  return text_value(characters_between(text, first, end));
}

Sequence string_length(Evaluator& e, const Expr& call, const Focus& focus) {
  return integer_value(static_cast<std::int64_t>(utf8_length(text_or_context(e, call, focus))));
}
Sequence normalize_space(Evaluator& e, const Expr& call, const Focus& focus) {
  return text_value(normalized_space(text_or_context(e, call, focus)));
}
Sequence normalize_unicode(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.text_argument(call, 0, focus);
  const auto form = call.children.size() > 1 ? upper_case(normalized_space(e.text_argument(call, 1, focus))) : "NFC";
  return text_value(form.empty() ? text : normalized_unicode(text, form));
}
Sequence upper(Evaluator& e, const Expr& call, const Focus& focus) {
  return text_value(upper_case(e.text_argument(call, 0, focus)));
}
Sequence lower(Evaluator& e, const Expr& call, const Focus& focus) {
  return text_value(lower_case(e.text_argument(call, 0, focus)));
}
Sequence translate(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.text_argument(call, 0, focus), from = e.text_argument(call, 1, focus);
  return text_value(translated(text, from, e.text_argument(call, 2, focus)));
}

// RFC 3986: everything but `kept` and unreserved characters becomes %XX of its UTF-8 bytes.
std::string percent_encoded(const std::string& text, std::string_view kept) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       kept.find(c) != std::string_view::npos;
    if (plain) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}
Sequence encode_for_uri(Evaluator& e, const Expr& call, const Focus& focus) {
  return text_value(percent_encoded(e.text_argument(call, 0, focus), "-_.~"));
}
Sequence iri_to_uri(Evaluator& e, const Expr& call, const Focus& focus) {
  return text_value(percent_encoded(e.text_argument(call, 0, focus), "-_.~!*'();:@&=+$,/?#[]%"));
}
Sequence escape_html_uri(Evaluator& e, const Expr& call, const Focus& focus) {
  std::string printable;
  for (char c = ' '; c < 127; ++c) printable += c;
  return text_value(percent_encoded(e.text_argument(call, 0, focus), printable));
}

struct TwoTexts {
  std::string text, mark;
};
TwoTexts two_texts(Evaluator& e, const Expr& call, const Focus& focus) {
  check_collation(e, call, 2, focus);
  return {e.text_argument(call, 0, focus), e.text_argument(call, 1, focus)};
}
Sequence contains(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto t = two_texts(e, call, focus);
  return truth_value(t.text.find(t.mark) != std::string::npos);
}
Sequence starts_with(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto t = two_texts(e, call, focus);
  return truth_value(t.text.starts_with(t.mark));
}
Sequence ends_with(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto t = two_texts(e, call, focus);
  return truth_value(t.text.ends_with(t.mark));
}
Sequence substring_before(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto t = two_texts(e, call, focus);
  const auto at = t.text.find(t.mark);
  return text_value(at == std::string::npos ? "" : t.text.substr(0, at));
}
Sequence substring_after(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto t = two_texts(e, call, focus);
  const auto at = t.text.find(t.mark);
  return text_value(at == std::string::npos ? "" : t.text.substr(at + t.mark.size()));
}

std::string flags_argument(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus) {
  return i < call.children.size() ? e.text_argument(call, i, focus) : std::string();
}
Sequence matches(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.text_argument(call, 0, focus), pattern = e.text_argument(call, 1, focus);
  return truth_value(regex_matches(text, pattern, flags_argument(e, call, 2, focus)));
}
Sequence replace(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.text_argument(call, 0, focus), pattern = e.text_argument(call, 1, focus),
             with = e.text_argument(call, 2, focus);
  return text_value(regex_replace(text, pattern, with, flags_argument(e, call, 3, focus), e.syntax().limits.max_text));
}
Sequence tokenize(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto text = e.text_argument(call, 0, focus), pattern = e.text_argument(call, 1, focus);
  Sequence result;
  for (auto& token : regex_tokens(text, pattern, flags_argument(e, call, 2, focus)))
    result.push_back(Item::of(std::move(token)));
  e.check_items(result.size());
  return result;
}

Sequence string(Evaluator& e, const Expr& call, const Focus& focus) {
  if (call.children.empty()) return text_value(text_or_context(e, call, focus));
  return text_value(e.text_of(e.evaluate(*call.children[0], focus)));
}

Sequence make_qname(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto uri = e.text_argument(call, 0, focus), name = e.text_argument(call, 1, focus);
  const auto colon = name.find(':');
  const std::string prefix = colon == std::string::npos ? std::string() : name.substr(0, colon);
  const std::string local = colon == std::string::npos ? name : name.substr(colon + 1);
  if (!is_ncname(local) || (colon != std::string::npos && (!is_ncname(prefix) || uri.empty())))
    raise("FOCA0002", "'" + name + "' is no name");
  return single(Item::of(QNameValue{prefix, {uri, local}}));
}
Sequence resolve_qname(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto name = typed_argument(e, call, 0, focus, Type::string);
  const auto element = e.node_argument(call, 1, focus);
  if (!name || !element) return {};
  const auto resolved = e.document(*element).resolve_qname(element->index, name->text());
  if (!resolved) raise("FONS0004", "'" + name->text() + "' is no name whose prefix is declared on the element");
  const auto colon = name->text().find(':');
  return single(Item::of(QNameValue{colon == std::string::npos ? "" : name->text().substr(0, colon), *resolved}));
}
// There is no base URI here, so that the base is always given.
Sequence resolve_uri(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto reference = typed_argument(e, call, 0, focus, Type::string);
  if (!reference) return {};
  const auto base = e.text_argument(call, 1, focus);
  const auto resolved = combine_url(base, reference->text());
  if (!resolved) raise("FORG0002", "'" + base + "' is no absolute URI");
  return single({Type::any_uri, *resolved});
}
Sequence prefix_from_qname(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto q = typed_argument(e, call, 0, focus, Type::qname);
  return !q || q->qname().prefix.empty() ? Sequence{} : text_value(q->qname().prefix);
}
Sequence local_name_from_qname(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto q = typed_argument(e, call, 0, focus, Type::qname);
  return q ? text_value(q->qname().name.local) : Sequence{};
}
Sequence namespace_uri_from_qname(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto q = typed_argument(e, call, 0, focus, Type::qname);
  return q ? single({Type::any_uri, q->qname().name.ns}) : Sequence{};
}

constexpr auto text_by_context = FocusUse::context_by_default;
constexpr Function string_2_functions[] = {
    {"codepoints-to-string", 1, 1, Kind::string, codepoints_to_string},
    {"string-to-codepoints", 1, 1, Kind::unknown, string_to_codepoints},
    {"compare", 2, 3, Kind::unknown, compare_text},
    {"codepoint-equal", 2, 2, Kind::unknown, codepoint_equal},
    {"concat", 2, any_number, Kind::string, concat},
    {"string-join", 1, 2, Kind::string, string_join},
    {"substring", 2, 3, Kind::string, substring},
    {"string-length", 0, 1, Kind::unknown, string_length, text_by_context},
    {"normalize-space", 0, 1, Kind::string, normalize_space, text_by_context},
    {"normalize-unicode", 1, 2, Kind::string, normalize_unicode},
    {"upper-case", 1, 1, Kind::string, upper},
    {"lower-case", 1, 1, Kind::string, lower},
    {"translate", 3, 3, Kind::string, translate},
    {"encode-for-uri", 1, 1, Kind::string, encode_for_uri},
    {"iri-to-uri", 1, 1, Kind::string, iri_to_uri},
    {"escape-html-uri", 1, 1, Kind::string, escape_html_uri},
    {"contains", 2, 3, Kind::boolean, contains},
    {"starts-with", 2, 3, Kind::boolean, starts_with},
    {"ends-with", 2, 3, Kind::boolean, ends_with},
    {"substring-before", 2, 3, Kind::string, substring_before},
    {"substring-after", 2, 3, Kind::string, substring_after},
    {"matches", 2, 3, Kind::boolean, matches},
    {"replace", 3, 4, Kind::string, replace},
    {"tokenize", 2, 3, Kind::unknown, tokenize},
    {"string", 0, 1, Kind::string, string, text_by_context},
    {"QName", 2, 2, Kind::unknown, make_qname},
    {"resolve-QName", 2, 2, Kind::unknown, resolve_qname},
    {"resolve-uri", 2, 2, Kind::unknown, resolve_uri},
    {"prefix-from-QName", 1, 1, Kind::unknown, prefix_from_qname},
    {"local-name-from-QName", 1, 1, Kind::unknown, local_name_from_qname},
    {"namespace-uri-from-QName", 1, 1, Kind::unknown, namespace_uri_from_qname},
};

}  // namespace

std::span<const Function> string_functions_2() {
  return string_2_functions;
}

}  // namespace echoflow::xpath

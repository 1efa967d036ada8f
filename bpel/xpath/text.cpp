#include "bpel/xpath/text.hpp"

#include <cmath>
#include <map>
#include <optional>

#include "bpel/xpath/evaluator.hpp"
#include "bpel/xpath/unicode.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::xpath {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool same_letters(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

}  // namespace

double xpath_round(double value) {
  if (std::isnan(value) || std::isinf(value) || std::fabs(value) >= 0x1p52) return value;
  if (value >= -0.5 && value < 0) return -0.0;
  const double down = std::floor(value);
  return value - down >= 0.5 ? down + 1 : down;
}

std::string characters_between(std::string_view text, double first, double end) {
  if (!(end > first) || !(end > 1)) return {};
  const double length = static_cast<double>(text.size());
  if (first > length) return {};
  const std::size_t skip = first <= 1 ? 0 : static_cast<std::size_t>(first) - 1;
  const auto begin = utf8_offset(text, skip);
  if (end > length) return std::string(text.substr(begin));
  const auto keep = static_cast<std::size_t>(end) - 1 - skip;
  const auto rest = text.substr(begin);
  return std::string(rest.substr(0, utf8_offset(rest, keep)));
}

std::string normalized_space(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (const char c : text) {
    if (is_space(c)) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

std::string translated(std::string_view text, std::string_view from, std::string_view to) {
  std::map<char32_t, std::optional<char32_t>> table;
  std::size_t to_at = 0;
  for (std::size_t at = 0; at < from.size();) {
    const auto c = decode_utf8(from, at);
    std::optional<char32_t> replacement;
    if (to_at < to.size()) replacement = decode_utf8(to, to_at);
    table.emplace(c, replacement);
  }
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto start = at;
    const auto entry = table.find(decode_utf8(text, at));
    if (entry == table.end())
      out.append(text.substr(start, at - start));
    else if (entry->second)
      append_utf8(*entry->second, out);
  }
  return out;
}

bool has_language(const Evaluator& e, Node node, std::string_view wanted) {
  for (std::optional<Node> at = node; at; at = e.parent_of(*at)) {
    if (at->ns > 0 || e.node_kind(*at) != xml::NodeKind::element) continue;
    const auto language = e.document(*at).attribute(at->index, "lang", ns::xml);
    if (!language) continue;
    return same_letters(*language, wanted) || (language->size() > wanted.size() && (*language)[wanted.size()] == '-' &&
                                               same_letters(language->substr(0, wanted.size()), wanted));
  }
  return false;
}

}  // namespace echoflow::xpath

#include "models/notations/epc/read.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "models/notations/text.hpp"

namespace echoflow::epc {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string plain_text(std::string_view text, bool* changed) {
  std::string out;
  const auto inner = trimmed(text);
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (!is_blank(inner[i]))
      out += inner[i];
    else if (!is_blank(inner[i - 1]))
      out += ' ';
  }
  if (changed && out != inner) *changed = true;
  return out;
}

std::optional<double> number_of(std::string_view text) {
  text = trimmed(text);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> probability_of(std::string_view text) {
  text = trimmed(text);
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), ',', '.');
  const auto value = number_of(plain);
  if (!value || *value < 0 || *value > 100) return std::nullopt;
  return percent || *value > 1 ? *value / 100 : *value;
}

std::string stem_of(const std::string& file) {
  const auto slash = file.find_last_of('/');
  auto name = slash == std::string::npos ? file : file.substr(slash + 1);
  if (const auto dot = name.find('.'); dot != std::string::npos && dot > 0) name.resize(dot);
  return name;
}

void report(Source& source, graph::LossKind kind, const File& file, xml::NodeIndex element, std::string id,
            std::string what) {
  source.report.push_back(
      {kind, std::move(id), std::string(file.document.local_name(element)), std::move(what), file.where(element)});
}

void refuse(Source& source, const std::string& rule, const SourceLocation& where, std::string message) {
  add_finding(source.findings, {rule, Severity::error, std::move(message), where});
}

std::optional<File> open_file(std::string_view bytes, const std::string& name, bool aris_doctype,
                              const std::string& rule, Source& source) {
  auto text = notations::to_utf8(bytes, name);
  if (text && aris_doctype) text = notations::without_aris_doctype(std::move(*text), name);
  if (!text) {
    refuse(source, rule, text.error().where, text.error().message);
    return std::nullopt;
  }
  xml::ReadOptions options;
  options.keep_positions = true;
  options.keep_comments = false;
  options.file = name;
  auto document = xml::read(*text, options);
  if (!document) {
    auto where = document.error().where;
    if (where.file.empty()) where.file = name;
    refuse(source, rule, where, document.error().message);
    return std::nullopt;
  }
  return File{std::move(*document), name};
}

}  // namespace echoflow::epc

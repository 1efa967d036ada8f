#include "models/documentation/text.hpp"

namespace echoflow::documentation {

Text plain(std::string text) {
  return {Run{std::move(text)}};
}
Text strong(std::string text) {
  return {Run{std::move(text), Emphasis::strong}};
}
Text slanted(std::string text) {
  return {Run{std::move(text), Emphasis::slanted}};
}
Text code(std::string text) {
  return {Run{std::move(text), Emphasis::code}};
}
Text link(std::string text, std::string target) {
  return {Run{std::move(text), Emphasis::plain, std::move(target)}};
}

Text joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const auto& text : texts) {
    if (!all.empty()) all += separator;
    all += text;
  }
  return plain(std::move(all));
}

Cell cell(std::string text) {
  return {plain(std::move(text))};
}
Cell cell(Text text) {
  Cell one;
  one.push_back(std::move(text));
  return one;
}
Cell cell(const std::vector<std::string>& texts) {
  Cell many;
  for (const auto& text : texts) many.push_back(plain(text));
  return many;
}

Paragraph paragraph(std::string text, ParagraphKind kind) {
  return {plain(std::move(text)), kind};
}

std::vector<Column> columns(const std::vector<double>& widths) {
  std::vector<Column> all;
  for (double width : widths) all.push_back({width, Align::left});
  return all;
}

std::vector<Cell> header(const std::vector<std::string>& names) {
  std::vector<Cell> row;
  for (const auto& name : names) row.push_back(cell(strong(name)));
  return row;
}

std::string tidied(std::string_view text) {
  std::string out;
  int line_ends = 0;
  bool gap = false;
  for (char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      gap = true;
      line_ends += c == '\n';
      continue;
    }
    if (gap && !out.empty()) out += line_ends > 1 ? '\n' : ' ';
    gap = false;
    line_ends = 0;
    out += c;
  }
  return out;
}

std::string flat(const Text& text) {
  std::string all;
  for (const auto& run : text) all += run.text;
  return all;
}

std::string flat(const Cell& cell) {
  std::string all;
  for (const auto& text : cell) {
    if (!all.empty()) all += '\n';
    all += flat(text);
  }
  return all;
}

}  // namespace echoflow::documentation

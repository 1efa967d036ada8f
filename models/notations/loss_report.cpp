#include "models/notations/loss_report.hpp"

#include <algorithm>

namespace echoflow::notations {
namespace {

void count(LossCounts& counts, graph::LossKind kind) {
  switch (kind) {
    case graph::LossKind::kept:
      ++counts.kept;
      return;
    case graph::LossKind::changed:
      ++counts.changed;
      return;
    case graph::LossKind::left_out:
      ++counts.left_out;
      return;
  }
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

std::string right(std::size_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string row(const std::string& name, const LossCounts& counts, std::size_t width) {
  std::string text = padded(name, width);
  text += right(counts.kept, 8);
  text += right(counts.changed, 10);
  text += right(counts.left_out, 10);
  return text += '\n';
}

/// "'id' (type): what became of it"
std::string sentence(const graph::Loss& loss) {
  std::string text(word(loss.kind));
  if (!loss.id.empty()) ((text += " '") += loss.id) += '\'';
  ((text += " (") += loss.element) += ')';
  if (!loss.what.empty()) (text += ": ") += loss.what;
  return text;
}

}  // namespace

std::string_view word(graph::LossKind kind) {
  switch (kind) {
    case graph::LossKind::kept:
      return "kept";
    case graph::LossKind::changed:
      return "changed";
    case graph::LossKind::left_out:
      return "left out";
  }
  return {};
}

LossSummary summarise(const std::vector<graph::Loss>& report) {
  LossSummary summary;
  for (const auto& loss : report) {
    count(summary.total, loss.kind);
    count(summary.by_element[loss.element], loss.kind);
  }
  return summary;
}

std::string to_text(const std::vector<graph::Loss>& report) {
  const auto summary = summarise(report);
  std::size_t width = 8;
  for (const auto& [element, counts] : summary.by_element) width = std::max(width, element.size() + 1);
  std::string text = padded("element", width) + "    kept   changed  left out\n";
  for (const auto& [element, counts] : summary.by_element) text += row(element, counts, width);
  text += row("all", summary.total, width);
  for (const auto& loss : report) {
    if (loss.kind == graph::LossKind::kept) continue;
    text += loss.where.file;
    ((text += ':') += std::to_string(loss.where.line)) += ": ";
    (text += sentence(loss)) += '\n';
  }
  return text;
}

Diagnostics as_warnings(const std::vector<graph::Loss>& report) {
  Diagnostics warnings;
  for (const auto& loss : report) {
    if (loss.kind == graph::LossKind::kept) continue;
    std::string text = sentence(loss);
    if (!text.empty()) text.front() = static_cast<char>(text.front() - 'a' + 'A');
    add_finding(warnings, {"LOSS", Severity::warning, std::move(text), loss.where});
  }
  return warnings;
}

}  // namespace echoflow::notations

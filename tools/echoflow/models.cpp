#include "tools/echoflow/models.hpp"

#include "bpel/generate/generate.hpp"
#include "models/notations/import.hpp"
#include "models/notations/loss_report.hpp"

namespace echoflow::tool {
namespace {

constexpr std::string_view id_attribute = "cx:elementId=\"";

bool has_ending(const std::string& file, std::initializer_list<std::string_view> endings) {
  for (const auto ending : endings)
    if (file.size() > ending.size() && file.ends_with(ending)) return true;
  return false;
}

/// The text of an attribute value, with the references that a writer makes of markup resolved.
std::string unescaped(std::string_view text) {
  constexpr std::pair<std::string_view, char> references[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  std::string out;
  while (!text.empty()) {
    std::size_t taken = 1;
    char c = text.front();
    for (const auto& [reference, meant] : references) {
      if (!text.starts_with(reference)) continue;
      taken = reference.size();
      c = meant;
    }
    out += c;
    text.remove_prefix(taken);
  }
  return out;
}

/// The last element id that stands on or above a line.
std::string id_above(std::string_view text, std::uint32_t line) {
  std::size_t end = 0;
  for (std::uint32_t n = 0; n < line && end != std::string_view::npos; ++n) end = text.find('\n', n == 0 ? 0 : end + 1);
  text = text.substr(0, end);
  const auto begin = text.rfind(id_attribute);
  if (begin == std::string_view::npos) return {};
  const auto value = text.substr(begin + id_attribute.size());
  return unescaped(value.substr(0, value.find('"')));
}

}  // namespace

bool is_model(const std::string& file, const std::string& content) {
  if (has_ending(file, {".bpmn", ".epml", ".aml"})) return true;
  return has_ending(file, {".xml"}) && notations::recognise(content).has_value();
}

TranslatedModel translate(const std::string& file, const std::string& content) {
  TranslatedModel model;
  model.file = file;
  auto imported = notations::import_model(content, file);
  model.graph = std::move(imported.graph);
  model.report = std::move(imported.report);
  model.findings = std::move(imported.findings);
  if (has_errors(model.findings)) return model;
  auto generated = generate::generate(model.graph);
  for (auto& finding : generated.findings)
    if (finding.where.file.empty()) finding.where.file = file;
  add_findings(model.findings, generated.findings);
  for (auto& loss : generated.report) {
    if (loss.where.file.empty()) loss.where.file = file;
    model.report.push_back(std::move(loss));
  }
  if (has_errors(model.findings)) return model;
  for (auto& [path, text] : generated.files) model.generated[file + "/" + path] = std::move(text);
  return model;
}

SourceLocation place_in_model(const TranslatedModel& model, const SourceLocation& where) {
  const auto text = model.generated.find(where.file);
  SourceLocation place{model.file, 1, 1};
  if (text == model.generated.end()) return place;
  const auto id = id_above(text->second, where.line);
  const auto node = id.empty() ? graph::none : model.graph.find(id);
  if (node == graph::none || model.graph.node(node).where.line == 0) return place;
  place.line = model.graph.node(node).where.line;
  place.column = model.graph.node(node).where.column;
  return place;
}

}  // namespace echoflow::tool

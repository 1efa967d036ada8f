#include "models/documentation/sections.hpp"
#include "models/documentation/text.hpp"
#include "models/layout/diagram.hpp"
#include "models/layout/draw.hpp"

namespace echoflow::documentation {

namespace {

constexpr std::size_t most_in_overview = 12;

std::vector<std::string> first_of(const Words& words, std::vector<std::string> names) {
  if (names.size() <= most_in_overview) return names;
  const auto more = names.size() - most_in_overview;
  names.resize(most_in_overview);
  names.push_back(words(Word::and_more, more));
  return names;
}

std::vector<std::string> top_steps(const Source& source) {
  std::vector<std::string> names;
  for (const auto& process : source.steps.processes())
    for (const auto& step : process.steps)
      if (!step.decision && step.number.find('.') == std::string::npos) names.push_back(step.name);
  return names;
}

Table sipoc(const Source& source) {
  const auto& w = source.words;
  const auto sides = exchange(source);
  Table table;
  table.anchor = "sipoc";
  table.caption = w(Word::sipoc_caption);
  table.columns = columns({1, 1, 1.3, 1, 1});
  table.rows.push_back(
      header({w(Word::suppliers), w(Word::inputs), w(Word::process), w(Word::outputs), w(Word::customers)}));
  std::vector<Cell> row;
  for (const auto* names : {&sides.suppliers, &sides.inputs}) row.push_back(cell(first_of(w, *names)));
  row.push_back(cell(first_of(w, top_steps(source))));
  for (const auto* names : {&sides.outputs, &sides.customers}) row.push_back(cell(first_of(w, *names)));
  for (auto& each : row)
    if (each.empty()) each = cell(w(Word::none_given));
  table.rows.push_back(std::move(row));
  return table;
}

}  // namespace

Section overview_section(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "overview";
  section.title = w(Word::overview);
  Figure figure;
  figure.anchor = "turtle";
  figure.caption = w(Word::turtle_caption);
  std::string around;
  for (Word side : {Word::inputs, Word::outputs, Word::with_what, Word::with_whom, Word::how, Word::measured_how})
    around += (around.empty() ? "" : ", ") + w(side);
  figure.description = w(Word::turtle_description, source.title, around);
  figure.whole = figure.sheets = turtle(source);
  section.blocks.push_back(std::move(figure));
  section.blocks.push_back(sipoc(source));
  return section;
}

Section diagram_section(const Source& source) {
  const auto& w = source.words;
  Section section;
  section.anchor = "diagram";
  section.title = w(Word::diagram);
  const std::string language(w.language());
  const auto diagram = layout::lay_out(source.graph, {language});
  if (diagram.width <= 0 || diagram.height <= 0) {
    section.blocks.push_back(paragraph(w(Word::diagram_missing), ParagraphKind::note));
    return section;
  }
  layout::DrawOptions draw_options;
  draw_options.language = language;
  if (source.evidence)
    for (const auto& element : source.evidence->elements)
      draw_options.figures[element.element] = {static_cast<std::uint64_t>(element.started), 0,
                                               static_cast<std::uint64_t>(element.faulted)};
  Figure figure;
  figure.anchor = "process-diagram";
  figure.caption = w(Word::diagram_caption, source.title);
  std::size_t count = 0;
  for (const auto& process : source.steps.processes()) count += process.steps.size();
  figure.description = w(Word::diagram_description, count, w(Word::steps));
  const auto whole = std::make_shared<layout::Drawing>(layout::draw(source.graph, diagram, draw_options));
  layout::PageOptions paper;
  paper.language = language;
  // Room for the page's header, footer and caption.
  paper.width = 740;
  paper.height = 400;
  paper.margin = 4;
  paper.smallest_scale = 0.62;  // 7 points and more for names
  figure.sheets = std::make_shared<layout::Drawing>(layout::on_pages(*whole, diagram, paper));
  figure.whole = whole;
  section.blocks.push_back(std::move(figure));
  return section;
}

}  // namespace echoflow::documentation

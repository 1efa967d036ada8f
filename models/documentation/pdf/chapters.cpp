#include <cairo-pdf.h>

#include <algorithm>

#include "models/documentation/pdf/flow.hpp"

namespace echoflow::documentation {

namespace {

constexpr double heading_sizes[] = {15, 12, 10.5, 10};
constexpr const char* heading_types[] = {"H2", "H3", "H4", "H5", "H6"};  // the document's title is H1

Text heading_text(const Section& section) {
  std::string text = section.number;
  if (!text.empty()) text += "  ";
  return {Run{text + section.title}};
}

bool wants_turn(const Section& section) {
  if (section.blocks.empty()) return !section.children.empty() && wants_turn(section.children.front());
  const auto* table = std::get_if<Table>(&section.blocks.front());
  if (table) return table->wide;
  const auto* figure = std::get_if<Figure>(&section.blocks.front());
  if (!figure || !figure->sheets || figure->sheets->pages.empty()) return false;
  const auto& page = figure->sheets->pages.front();
  const double scale = figure->whole && figure->whole->pages.size() == 1
                           ? (page_short - 2 * margin_side) / figure->whole->pages.front().width
                           : 0;
  return scale < 0.7 && page.width > page.height;
}

}  // namespace

void Flow::marked_lines(const char* type, const std::vector<Line>& lines) {
  const Inside element(*this, type);
  put_lines(lines, margin_side);
}

void Flow::title() {
  anchor("head");
  y_ += 10;
  marked_lines("P", typesetter_.lines({Run{document_.kind}}, width(), {12, true, deep}));
  y_ += 3;
  marked_lines("H1", typesetter_.lines({Run{document_.title}}, width(), {22, true, deep}));
  y_ += 12;
  if (!document_.warning.empty())
    paragraph({{Run{document_.watermark + ". " + document_.warning}}, ParagraphKind::warning});
  table(document_.front);
  section(document_.revisions, 2, 0);
}

void Flow::contents_line(const Section& section, int level) {
  const Face face{level == 1 ? 10.0 : 9.2, level == 1, layout::black};
  const double indent = level == 1 ? 0 : 18;
  Text text = heading_text(section);
  text.front().target = section.anchor;
  auto lines = typesetter_.lines(text, width() - indent - 40, face);
  const Inside item(*this, "TOCI");
  const Inside reference(*this, "Reference");
  for (auto& line : lines) {
    ensure(line.height + 3);
    const bool last = &line == &lines.back();
    put(line, margin_side + indent, y_);
    auto found = known_.find(section.anchor);
    if (last && surface_ && found != known_.end()) {
      Run number{std::to_string(found->second)};
      number.target = section.anchor;
      const auto page = typesetter_.lines({number}, 40, face);
      const double right = margin_side + width() - page.front().width;
      put(page.front(), right, y_);
      set_colour(cairo_.get(), grey);
      cairo_set_line_width(cairo_.get(), 0.6);
      const double dashes[] = {0.6, 2.4};
      cairo_set_dash(cairo_.get(), dashes, 2, 0);
      cairo_move_to(cairo_.get(), margin_side + indent + line.width + 5, y_ + line.baseline);
      cairo_line_to(cairo_.get(), right - 5, y_ + line.baseline);
      cairo_stroke(cairo_.get());
      cairo_set_dash(cairo_.get(), nullptr, 0, 0);
    }
    y_ += line.height + (last ? 3 : 0);
  }
}

void Flow::contents() {
  next_page();
  anchor("contents");
  marked_lines("H2", typesetter_.lines({Run{words_(Word::contents)}}, width(), {heading_sizes[0], true, deep}));
  y_ += 8;
  const Inside list(*this, "TOC");
  for (const auto* part : {&document_.sections, &document_.annexes})
    for (const auto& section : *part) {
      contents_line(section, 1);
      const Inside below(*this, "TOC");
      for (const auto& child : section.children) contents_line(child, 2);
    }
}

namespace {

/// What must stand on the page below a heading: all of a figure that is drawn upright, else a few lines.
double height_below(const Section& section, int level) {
  const double few = level == 1 ? 90 : 70;
  const auto* figure = section.blocks.empty() ? nullptr : std::get_if<Figure>(&section.blocks.front());
  if (!figure || !figure->whole || figure->whole->pages.size() != 1) return few;
  const auto& page = figure->whole->pages.front();
  const double scale = std::min(1.0, (page_short - 2 * margin_side) / page.width);
  return scale < 0.7 ? few : std::max(few, page.height * scale + 60);
}

}  // namespace

void Flow::heading(const Section& section, int level, int& outline) {
  const double size = heading_sizes[static_cast<std::size_t>(std::clamp(level, 1, 4) - 1)];
  const auto lines = typesetter_.lines(heading_text(section), width(), {size, true, deep});
  double height = 0;
  for (const auto& line : lines) height += line.height;
  if (!fresh()) y_ += level == 1 ? 14 : 8;
  ensure(height + height_below(section, level));
  anchor(section.anchor);
  if (surface_ && known_.contains(section.anchor)) {
    std::string name = section.number;
    if (!name.empty()) name += ' ';
    name += section.title;
    outline = cairo_pdf_surface_add_outline(
        surface_, outline, name.c_str(), ("dest='" + section.anchor + "'").c_str(),
        level == 1 ? static_cast<cairo_pdf_outline_flags_t>(0) : CAIRO_PDF_OUTLINE_FLAG_ITALIC);
  }
  std::size_t depth = 0;
  for (auto id = element_; id != Structure::none; id = structure_[id].parent) depth += structure_[id].type == "Sect";
  marked_lines(heading_types[std::clamp<std::size_t>(depth, 1, std::size(heading_types)) - 1], lines);
  y_ += level == 1 ? 6 : 4;
}

void Flow::section(const Section& section, int level, int outline) {
  const bool landscape = wants_turn(section);
  if (landscape || landscape_) turn(landscape);
  const Inside element(*this, "Sect");
  heading(section, level, outline);
  for (const auto& part : section.blocks) {
    const auto* as_table = std::get_if<Table>(&part);
    const bool figure = std::holds_alternative<Figure>(part);
    if (!figure) turn(as_table && as_table->wide);
    block(part);
  }
  for (const auto& child : section.children) this->section(child, level + 1, outline);
}

void Flow::notes() {
  if (document_.footnotes.empty()) return;
  y_ += 10;
  marked_lines("H2", typesetter_.lines({Run{words_(Word::footnotes)}}, width(), {12, true, deep}));
  Listing list;
  list.numbered = true;
  list.items = document_.footnotes;
  listing(list);
}

void Flow::run() {
  begin_page();
  title();
  contents();
  next_page();
  for (const auto* part : {&document_.sections, &document_.annexes})
    for (const auto& each : *part) section(each, 1, CAIRO_PDF_OUTLINE_ROOT);
  notes();
  end_page();
}

}  // namespace echoflow::documentation

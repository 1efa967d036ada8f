#include "models/documentation/pdf/flow.hpp"

#include <cairo-pdf.h>

#include <algorithm>

namespace echoflow::documentation {

namespace {

constexpr Face body{9.5, false, layout::black};
constexpr Face small{7.8, false, layout::black};

/// A name between single quotes in Cairo's tag attributes.
std::string quoted(const std::string& name) {
  std::string out = "'";
  for (char c : name) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out += '\'';
}

std::string words_of(const Line& line) {
  return std::string(pango_layout_get_text(line.owner.get()) + line.line->start_index,
                     static_cast<std::size_t>(line.line->length));
}

}  // namespace

Flow::Flow(const Document& document, const Typesetter& typesetter, cairo_surface_t* surface, const AnchorPages& known,
           int page_total)
    : document_(document),
      typesetter_(typesetter),
      words_(document.language),
      surface_(surface),
      cairo_(surface ? cairo_create(surface) : nullptr),
      known_(known),
      page_total_(page_total) {}

double Flow::width() const {
  return (landscape_ ? page_long : page_short) - 2 * margin_side;
}
double Flow::bottom() const {
  return (landscape_ ? page_short : page_long) - margin_bottom;
}
bool Flow::fresh() const {
  return y_ <= margin_top + 0.5;
}

void Flow::begin_page() {
  ++page_;
  y_ = margin_top;
  open_ = false;
}

// Late, so that a page without content can still be turned.
void Flow::open_page() {
  if (open_) return;
  open_ = true;
  if (!surface_) return;
  cairo_pdf_surface_set_size(surface_, landscape_ ? page_long : page_short, landscape_ ? page_short : page_long);
  furniture();
}

void Flow::end_page() {
  open_page();
  if (surface_) cairo_show_page(cairo_.get());
}

void Flow::turn(bool landscape) {
  if (landscape == landscape_) return;
  if (open_) end_page();
  landscape_ = landscape;
  if (open_) begin_page();
}

void Flow::ensure(double height) {
  if (room() < height && !fresh()) next_page();
}

void Flow::furniture() {
  const double right = margin_side + width(), paper_height = landscape_ ? page_short : page_long;
  auto* cairo = cairo_.get();
  if (!document_.watermark.empty()) {
    const auto mark = typesetter_.lines({Run{document_.watermark}}, 1e5, {54, true, {0xf6, 0xe3, 0xe3}});
    cairo_save(cairo);
    cairo_translate(cairo, margin_side + width() / 2, paper_height / 2);
    cairo_rotate(cairo, landscape_ ? -0.5 : -0.95);
    if (!mark.empty()) draw_line(cairo, mark.front(), -mark.front().width / 2, -mark.front().height / 2);
    cairo_restore(cairo);
  }
  auto line = [&](const std::string& text, double y, Align align, const Face& face) {
    const auto lines = typesetter_.lines({Run{text}}, width() * 0.68, face);
    if (lines.empty()) return;
    const double x = align == Align::left ? margin_side : right - lines.front().width;
    draw_line(cairo, lines.front(), x, y);
  };
  const Face strong{8.5, true, deep};
  std::string identity = document_.head.number;
  if (!document_.head.version.empty())
    identity += (identity.empty() ? "" : " · ") + words_(Word::version) + " " + document_.head.version;
  line(document_.title, 34, Align::left, strong);
  line(document_.kind + (document_.head.organisation.empty() ? "" : " · " + document_.head.organisation), 46,
       Align::left, small);
  line(identity, 34, Align::right, strong);
  const Face state{7.8, !document_.watermark.empty(), document_.watermark.empty() ? layout::black : alarm};
  line(words_(Word::status) + ": " + document_.status_text, 46, Align::right, state);
  line(words_(Word::page_of, page_, page_total_), paper_height - 40, Align::right, small);
  line(document_.identifier.substr(0, 16) + (document_.watermark.empty() ? "" : " · " + document_.watermark),
       paper_height - 40, Align::left, {7.8, false, document_.watermark.empty() ? layout::black : alarm});
  set_colour(cairo, deep);
  cairo_set_line_width(cairo, 0.8);
  for (double y : {61.0, paper_height - 46}) {
    cairo_move_to(cairo, margin_side, y);
    cairo_line_to(cairo, right, y);
    cairo_stroke(cairo);
  }
}

// Each line is a piece of its own for Cairo, whatever element it belongs to: an element may go on on the next page.
void Flow::put(const Line& line, double x, double y) {
  open_page();
  if (!surface_) return;
  if (element_ == Structure::none) return draw_line(cairo_.get(), line, x, y);
  const bool within = known_.contains(line.target), outside = line.target.find("://") != std::string::npos;
  const bool link = within || outside;
  const Structure::Id element = link ? structure_.add(element_, "Link") : element_;
  if (link) structure_[element].alternative = words_of(line);
  structure_.piece(element);
  const char* tag = link ? CAIRO_TAG_LINK : "P";
  const std::string place = link ? (within ? "dest=" : "uri=") + quoted(line.target) : "";
  cairo_tag_begin(cairo_.get(), tag, place.c_str());
  draw_line(cairo_.get(), line, x, y);
  cairo_tag_end(cairo_.get(), tag);
}

void Flow::put_lines(const std::vector<Line>& lines, double x, double indent) {
  for (const auto& line : lines) {
    ensure(line.height);
    put(line, x + indent, y_);
    y_ += line.height;
  }
}

void Flow::anchor(const std::string& name) {
  open_page();
  if (name.empty() || !anchors_.emplace(name, page_).second || !surface_) return;
  const std::string place = "name=" + quoted(name) + " x=" + std::to_string(static_cast<int>(margin_side)) +
                            " y=" + std::to_string(static_cast<int>(std::max(0.0, y_ - 12)));
  cairo_tag_begin(cairo_.get(), CAIRO_TAG_DEST, place.c_str());
  cairo_tag_end(cairo_.get(), CAIRO_TAG_DEST);
}

void Flow::paragraph(const Paragraph& paragraph) {
  const bool boxed = paragraph.kind != ParagraphKind::body;
  const double indent = boxed ? 10 : 0;
  Face face = body;
  if (paragraph.kind == ParagraphKind::warning) face = {9.5, true, alarm};
  const Inside element(*this, "P");
  const auto lines = typesetter_.lines(paragraph.text, width() - 2 * indent, face);
  double height = 0;
  for (const auto& line : lines) height += line.height;
  ensure(std::min(height + 2 * indent, 200.0));
  open_page();
  if (boxed && surface_ && height + 8 < room()) {
    set_colour(cairo_.get(), paragraph.kind == ParagraphKind::warning ? alarm : deep);
    cairo_rectangle(cairo_.get(), margin_side, y_, 2.5, height + 8);
    cairo_fill(cairo_.get());
  }
  if (boxed) y_ += 4;
  put_lines(lines, margin_side, indent);
  y_ += boxed ? 10 : 6;
}

void Flow::listing(const Listing& listing) {
  const Inside list(*this, "L");
  structure_[element_].attribute = {"List", "ListNumbering", listing.numbered ? "Decimal" : "Disc"};
  std::size_t count = 0;
  for (const auto& item : listing.items) {
    const std::string mark = listing.numbered ? std::to_string(++count) + "." : "•";
    const auto bullet = typesetter_.lines({Run{mark}}, 20, body);
    const auto lines = typesetter_.lines(item, width() - 18, body);
    if (lines.empty()) continue;
    ensure(lines.front().height);
    const Inside each(*this, "LI");
    if (!bullet.empty()) {
      const Inside label(*this, "Lbl");
      put(bullet.front(), margin_side + 5, y_);
    }
    const Inside words(*this, "LBody");
    put_lines(lines, margin_side, 18);
    y_ += 1.5;
  }
  y_ += 5;
}

void Flow::values(const KeyValues& values) {
  Table table;
  table.columns = {{1, Align::left}, {2.6, Align::left}};
  table.header_rows = 0;
  table.row_headers = true;
  for (const auto& [name, value] : values.rows) table.rows.push_back({{{Run{name, Emphasis::strong}}}, {value}});
  this->table(table);
}

void Flow::caption(const std::string& text, const std::string& name) {
  const auto lines = typesetter_.lines({Run{text}}, width(), {9, true, deep});
  double height = 0;
  for (const auto& line : lines) height += line.height;
  ensure(height + 40);
  anchor(name);
  const Inside element(*this, "Caption");
  put_lines(lines, margin_side);
  y_ += text.empty() ? 0 : 2;
}

void Flow::drawing_page(const layout::Page& page, double scale, const std::string& alternative) {
  open_page();
  if (surface_) {
    const Inside figure(*this, "Figure");
    const double left = margin_side + (width() - page.width * scale) / 2;
    const double paper = landscape_ ? page_short : page_long;
    structure_[element_].alternative = alternative;
    structure_[element_].box = {left, paper - y_ - page.height * scale, left + page.width * scale, paper - y_};
    structure_.piece(element_);
    cairo_tag_begin(cairo_.get(), "Figure", nullptr);
    cairo_save(cairo_.get());
    cairo_translate(cairo_.get(), left, y_);
    cairo_scale(cairo_.get(), scale, scale);
    paint_page(cairo_.get(), typesetter_, page);
    cairo_restore(cairo_.get());
    cairo_tag_end(cairo_.get(), "Figure");
  }
  y_ += page.height * scale + 8;
}

void Flow::figure(const Figure& figure) {
  constexpr double smallest = 0.7;
  if (figure.whole && figure.whole->pages.size() == 1) {
    const auto& page = figure.whole->pages.front();
    const double wide = page_short - 2 * margin_side, high = page_long - margin_top - margin_bottom - 40;
    const double scale = std::min({1.0, wide / page.width, high / page.height});
    if (scale >= smallest) {
      turn(false);
      ensure(page.height * scale + 40);
      caption(figure.caption, figure.anchor);
      return drawing_page(page, scale, figure.caption + ". " + figure.description);
    }
  }
  if (!figure.sheets) return;
  for (std::size_t i = 0; i < figure.sheets->pages.size(); ++i) {
    const auto& page = figure.sheets->pages[i];
    turn(page.width > page.height);
    if (i > 0 && !fresh()) next_page();
    const std::string name = figure.sheets->pages.size() == 1
                                 ? figure.caption
                                 : words_(Word::diagram_part, document_.title, i + 1, figure.sheets->pages.size());
    ensure(std::min(page.height + 30, bottom() - margin_top));
    caption(name, i == 0 ? figure.anchor : figure.anchor + "-" + std::to_string(i + 1));
    const double scale = std::min({1.0, width() / page.width, (room() - 8) / page.height});
    drawing_page(page, scale, name + ". " + figure.description);
  }
  turn(false);
}

void Flow::block(const Block& block) {
  if (const auto* each = std::get_if<Paragraph>(&block)) return paragraph(*each);
  if (const auto* each = std::get_if<Listing>(&block)) return listing(*each);
  if (const auto* each = std::get_if<KeyValues>(&block)) return values(*each);
  if (const auto* each = std::get_if<Table>(&block)) return table(*each);
  figure(std::get<Figure>(block));
}

}  // namespace echoflow::documentation

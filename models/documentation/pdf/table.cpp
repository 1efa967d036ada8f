#include <algorithm>

#include "models/documentation/pdf/flow.hpp"

namespace echoflow::documentation {

namespace {

constexpr double pad_x = 4, pad_y = 3;

}  // namespace

/// The lines of a row's cells, and how many of them are drawn already: a row that is higher than a page goes on on the
/// next.
struct Flow::RowLines {
  std::vector<std::vector<Line>> cells;
  std::vector<std::size_t> done;
  std::vector<double> widths;
  std::vector<Structure::Id> elements;  ///< of the cells; none: a header that is repeated
  std::string anchor;
  bool header = false;

  double height_left() const {
    double most = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      double height = 0;
      for (std::size_t i = done[c]; i < cells[c].size(); ++i) height += cells[c][i].height;
      most = std::max(most, height);
    }
    return most + 2 * pad_y;
  }
  bool finished() const {
    for (std::size_t c = 0; c < cells.size(); ++c)
      if (done[c] < cells[c].size()) return false;
    return true;
  }
};

std::vector<double> Flow::column_widths(const Table& table) const {
  double sum = 0;
  for (const auto& column : table.columns) sum += column.width;
  std::vector<double> widths;
  for (const auto& column : table.columns) widths.push_back(width() * column.width / (sum > 0 ? sum : 1));
  return widths;
}

Flow::RowLines Flow::shape_row(const Table& table, std::size_t row, bool header) const {
  RowLines lines;
  lines.widths = column_widths(table);
  lines.header = header;
  if (row < table.row_anchors.size()) lines.anchor = table.row_anchors[row];
  const double size = table.columns.size() > 6 ? 7.4 : 8.6;
  const Face face{size, false, header ? layout::white : layout::black};
  const auto& cells = table.rows[row];
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    auto& shaped = lines.cells.emplace_back();
    if (c >= cells.size()) continue;
    for (const auto& text : cells[c]) {
      auto more = typesetter_.lines(text, lines.widths[c] - 2 * pad_x, face);
      if (!shaped.empty() && !more.empty()) shaped.back().height += 1.5;
      std::move(more.begin(), more.end(), std::back_inserter(shaped));
    }
  }
  lines.done.assign(lines.cells.size(), 0);
  return lines;
}

// ISO 32000-1 §14.8.4.3.4: cells that name their column or row say so.
void Flow::add_cells(const Table& table, RowLines& row, Structure::Id group) {
  const auto element = structure_.add(group, "TR");
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    const bool names_row = !row.header && c == 0 && table.row_headers;
    const auto cell = structure_.add(element, row.header || names_row ? "TH" : "TD");
    if (row.header || names_row) structure_[cell].attribute = {"Table", "Scope", row.header ? "Column" : "Row"};
    row.elements.push_back(cell);
  }
}

// Draws what fits into `height`: all of the row, or as many lines of each cell as there is room for.
void Flow::put_row(const Table& table, RowLines& row, double height) {
  open_page();
  auto* cairo = cairo_.get();
  double x = margin_side;
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    const double cell_width = row.widths[c];
    const Inside cell(*this, row.elements.empty() ? Structure::none : row.elements[c]);
    if (cairo) {
      cairo_rectangle(cairo, x, y_, cell_width, height);
      if (row.header)
        set_colour(cairo, deep);
      else
        set_colour(cairo, pale);
      if (row.header || (c == 0 && table.row_headers)) cairo_fill_preserve(cairo);
      set_colour(cairo, grey);
      cairo_set_line_width(cairo, 0.5);
      cairo_stroke(cairo);
    }
    double y = y_ + pad_y;
    const double end = y_ + height - pad_y + 0.01;
    auto& at = row.done[c];
    while (at < row.cells[c].size() && y + row.cells[c][at].height <= end) {
      const auto& line = row.cells[c][at];
      const double free = cell_width - 2 * pad_x - line.width;
      const double shift = table.columns[c].align == Align::left     ? 0
                           : table.columns[c].align == Align::center ? free / 2
                                                                     : free;
      put(line, x + pad_x + std::max(0.0, shift), y);
      y += line.height;
      ++at;
    }
    x += cell_width;
  }
  y_ += height;
}

void Flow::draw_row(const Table& table, RowLines& row, std::size_t repeated_headers) {
  auto new_page = [&] {
    next_page();
    for (std::size_t h = 0; h < repeated_headers; ++h) {
      auto header = shape_row(table, h, true);
      put_row(table, header, std::min(header.height_left(), room() / 2));
    }
  };
  constexpr double least = 30;
  const double page_height = bottom() - margin_top;
  if (row.height_left() > room() && row.height_left() < page_height / 2) new_page();
  anchor(row.anchor);
  while (true) {
    if (room() < least) new_page();
    const double height = std::min(row.height_left(), room());
    const auto before = row.done;
    put_row(table, row, height);
    if (row.finished()) return;
    new_page();
    if (row.done == before && room() < row.height_left()) {  // one line higher than a page: it is left out
      for (std::size_t c = 0; c < row.done.size(); ++c) row.done[c] = row.cells[c].size();
      return;
    }
  }
}

void Flow::table(const Table& table) {
  if (table.rows.empty() || table.columns.empty()) return;
  y_ += 3;
  const std::size_t headers = std::min(table.header_rows, table.rows.size());
  const Inside element(*this, "Table");
  caption(table.caption, table.anchor);
  const auto head = structure_.add(element_, "THead"), body = structure_.add(element_, "TBody");
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    auto row = shape_row(table, r, r < headers);
    add_cells(table, row, r < headers ? head : body);
    if (r < headers) {
      double with_next = row.height_left();
      if (r + 1 < table.rows.size())
        with_next += std::min(shape_row(table, r + 1, r + 1 < headers).height_left(), 120.0);
      ensure(with_next);
    }
    draw_row(table, row, r < headers ? 0 : headers);
  }
  y_ += 9;
}

}  // namespace echoflow::documentation

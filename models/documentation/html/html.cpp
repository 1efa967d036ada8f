#include <algorithm>

#include "models/base/base64.hpp"
#include "models/documentation/html/style.hpp"
#include "models/documentation/render.hpp"
#include "models/documentation/words.hpp"
#include "models/layout/drawing.hpp"
#include "models/layout/svg.hpp"

namespace echoflow::documentation {

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\n')
      out += "<br>";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t')
      out += c;
  }
  return out;
}

bool is_outside(std::string_view target) {
  return target.find("://") != std::string_view::npos;
}

/// Ids of a drawing are its own only in a file of its own: each gets the figure's name in front.
std::string with_own_ids(std::string svg, const std::string& name) {
  for (const std::string_view id : {"id=\"", "url(#", "href=\"#", "aria-labelledby=\""}) {
    for (std::size_t at = 0; (at = svg.find(id, at)) != std::string::npos;) {
      at += id.size();
      svg.insert(at, name);
      if (!id.starts_with("aria")) continue;
      const auto end = svg.find('"', at);
      for (auto space = svg.find(' ', at); space < end; space = svg.find(' ', space + 1)) svg.insert(space + 1, name);
    }
  }
  return svg;
}

/// Hands finished text on whenever there is much of it.
class Page {
 public:
  explicit Page(const Document& document, const Sink& sink)
      : document_(document), sink_(sink), words_(document.language) {}
  Result<void> write();

 private:
  Page& operator<<(std::string_view text) {
    out_ += text;
    return *this;
  }
  void flush(std::size_t keep);
  void head();
  void contents(const std::vector<Section>& sections, bool below);
  void section(const Section& section, int level);
  void block(const Block& block);
  void text(const Text& text);
  void paragraph(const Paragraph& paragraph);
  void table(const Table& table);
  void row(const Table& table, std::size_t at, bool header);
  void figure(const Figure& figure);
  void values(const KeyValues& values);
  void attachments();

  const Document& document_;
  const Sink& sink_;
  const Words words_;
  std::string out_;
  Result<void> state_;
};

void Page::flush(std::size_t keep) {
  if (!state_.ok() || out_.size() <= keep) return;
  state_ = sink_(out_);
  out_.clear();
}

void Page::head() {
  const auto& d = document_;
  *this << "<!DOCTYPE html>\n<html lang=\"" << d.language << "\">\n<head>\n<meta charset=\"utf-8\">\n"
        << "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>"
        << escaped(d.kind + ": " + d.title) << "</title>\n<meta name=\"generator\" content=\"" << escaped(d.producer)
        << "\">\n<meta name=\"dcterms.identifier\" content=\"" << escaped(d.identifier) << "\">\n<style>" << html_style
        << "</style>\n</head>\n<body";
  if (!d.watermark.empty()) *this << " data-mark=\"" << escaped(d.watermark) << "\"";
  *this << ">\n<a class=\"skip\" href=\"#content\">" << words_(Word::html_skip)
        << "</a>\n<div class=\"sheet\">\n<header id=\"head\">\n<p class=\"kind\">" << escaped(d.kind) << "</p>\n<h1>"
        << escaped(d.title) << "</h1>\n<ul class=\"state\">";
  for (const auto& [name, value] :
       {std::pair{Word::number, d.head.number}, {Word::version, d.head.version}, {Word::status, d.status_text}})
    if (!value.empty()) *this << "<li>" << words_(name) << ": <strong>" << escaped(value) << "</strong></li>";
  *this << "</ul>\n</header>\n";
  if (!d.warning.empty())
    *this << "<p class=\"alarm\" role=\"note\">" << escaped(d.watermark) << ". " << escaped(d.warning) << "</p>\n";
}

void Page::contents(const std::vector<Section>& sections, bool below) {
  *this << "<ol>";
  for (const auto& section : sections) {
    *this << "<li><a href=\"#" << escaped(section.anchor) << "\"><span class=\"number\">" << escaped(section.number)
          << "</span>" << escaped(section.title) << "</a>";
    if (below && !section.children.empty()) contents(section.children, false);
    *this << "</li>\n";
  }
  *this << "</ol>";
}

void Page::text(const Text& text) {
  for (const auto& run : text) {
    if (!run.target.empty())
      *this << "<a href=\"" << (is_outside(run.target) ? "" : "#") << escaped(run.target) << "\">";
    const std::string_view tag = run.emphasis == Emphasis::strong    ? "strong"
                                 : run.emphasis == Emphasis::slanted ? "em"
                                 : run.emphasis == Emphasis::code    ? "code"
                                                                     : "";
    if (!tag.empty()) *this << "<" << tag << ">";
    *this << escaped(run.text);
    if (!tag.empty()) *this << "</" << tag << ">";
    if (!run.target.empty()) *this << "</a>";
    if (run.footnote) {
      const auto number = std::to_string(run.footnote);
      *this << "<sup><a href=\"#note-" << number << "\">" << number << "</a></sup>";
    }
  }
}

void Page::paragraph(const Paragraph& paragraph) {
  const std::string_view kind = paragraph.kind == ParagraphKind::note      ? " class=\"note\""
                                : paragraph.kind == ParagraphKind::warning ? " class=\"warning\""
                                                                           : "";
  *this << "<p" << kind << ">";
  text(paragraph.text);
  *this << "</p>\n";
}

void Page::row(const Table& table, std::size_t at, bool header) {
  const auto& cells = table.rows[at];
  *this << "<tr";
  if (at < table.row_anchors.size() && !table.row_anchors[at].empty())
    *this << " id=\"" << escaped(table.row_anchors[at]) << "\"";
  *this << ">";
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const bool names_row = !header && c == 0 && table.row_headers;
    const std::string_view tag = header || names_row ? "th" : "td";
    *this << "<" << tag << (header ? " scope=\"col\"" : names_row ? " scope=\"row\"" : "");
    const Align align = c < table.columns.size() ? table.columns[c].align : Align::left;
    if (align != Align::left) *this << " class=\"" << (align == Align::center ? "center" : "right") << "\"";
    *this << ">";
    for (const auto& line : cells[c]) {
      if (cells[c].size() > 1) *this << "<p>";
      text(line);
      if (cells[c].size() > 1) *this << "</p>";
    }
    *this << "</" << tag << ">";
  }
  *this << "</tr>\n";
  flush(1u << 16);
}

void Page::table(const Table& table) {
  *this << "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\""
        << escaped(table.caption.empty() ? document_.title : table.caption) << "\">\n<table id=\""
        << escaped(table.anchor) << "\"" << (table.wide ? " class=\"wide\"" : "") << ">\n";
  if (!table.caption.empty()) *this << "<caption>" << escaped(table.caption) << "</caption>\n";
  const std::size_t headers = std::min(table.header_rows, table.rows.size());
  if (headers > 0) *this << "<thead>\n";
  for (std::size_t r = 0; r < headers; ++r) row(table, r, true);
  if (headers > 0) *this << "</thead>\n";
  *this << "<tbody>\n";
  for (std::size_t r = headers; r < table.rows.size(); ++r) row(table, r, false);
  *this << "</tbody>\n</table>\n</div>\n";
}

void Page::figure(const Figure& figure) {
  *this << "<figure id=\"" << escaped(figure.anchor) << "\">\n<figcaption>" << escaped(figure.caption)
        << "</figcaption>\n";
  if (figure.whole)
    for (std::size_t page = 0; page < figure.whole->pages.size(); ++page) {
      std::string svg = layout::to_svg(*figure.whole, page);
      if (svg.starts_with("<?xml")) svg.erase(0, svg.find("?>") + 2);
      *this << "<div class=\"scroll\" role=\"img\" tabindex=\"0\" aria-label=\""
            << escaped(figure.caption + ". " + figure.description) << "\">"
            << with_own_ids(std::move(svg), figure.anchor + "-" + std::to_string(page + 1) + "-") << "</div>\n";
    }
  *this << "</figure>\n";
  flush(1u << 16);
}

void Page::values(const KeyValues& values) {
  *this << "<dl>\n";
  for (const auto& [name, value] : values.rows) {
    *this << "<dt>" << escaped(name) << "</dt><dd>";
    text(value);
    *this << "</dd>\n";
  }
  *this << "</dl>\n";
}

void Page::block(const Block& block) {
  if (const auto* each = std::get_if<Paragraph>(&block)) return paragraph(*each);
  if (const auto* each = std::get_if<Table>(&block)) return table(*each);
  if (const auto* each = std::get_if<Figure>(&block)) return figure(*each);
  if (const auto* each = std::get_if<KeyValues>(&block)) return values(*each);
  const auto& list = std::get<Listing>(block);
  *this << (list.numbered ? "<ol>\n" : "<ul>\n");
  for (const auto& item : list.items) {
    *this << "<li>";
    text(item);
    *this << "</li>\n";
  }
  *this << (list.numbered ? "</ol>\n" : "</ul>\n");
}

void Page::section(const Section& each, int level) {
  const std::string tag = "h" + std::to_string(std::min(level, 6));
  *this << "<section id=\"" << escaped(each.anchor) << "\">\n<" << tag << ">";
  if (!each.number.empty()) *this << "<span class=\"number\">" << escaped(each.number) << "</span>";
  *this << escaped(each.title) << "</" << tag << ">\n";
  for (const auto& part : each.blocks) block(part);
  for (const auto& child : each.children) section(child, level + 1);
  *this << "</section>\n";
}

void Page::attachments() {
  if (document_.attachments.empty()) return;
  *this << "<ul>\n";
  for (const auto& file : document_.attachments) {
    *this << "<li><a download=\"" << escaped(file.name) << "\" href=\"data:" << escaped(file.mime) << ";base64,";
    std::string rest;  // what is left of a group of three bytes
    auto add = [&](std::string_view bytes) -> Result<void> {
      rest += bytes;
      const std::size_t whole = rest.size() / 3 * 3;
      out_ += to_base64(std::string_view(rest).substr(0, whole));
      rest.erase(0, whole);
      flush(1u << 16);
      return state_;
    };
    Result<void> read = file.read ? file.read(add) : add(file.bytes);
    if (!read.ok() && state_.ok()) state_ = read;
    *this << to_base64(rest) << "\">" << escaped(file.name) << "</a></li>\n";
  }
  *this << "</ul>\n";
}

Result<void> Page::write() {
  head();
  *this << "<nav aria-label=\"" << words_(Word::contents) << "\">\n<h2>" << words_(Word::contents) << "</h2>\n";
  contents(document_.sections, true);
  contents(document_.annexes, false);
  *this << "</nav>\n<main id=\"content\">\n";
  table(document_.front);
  section(document_.revisions, 2);
  for (const auto& each : document_.sections) section(each, 2);
  for (const auto& each : document_.annexes) section(each, 2);
  attachments();
  if (!document_.footnotes.empty()) {
    *this << "<section id=\"notes\">\n<h2>" << words_(Word::footnotes) << "</h2>\n<ol>\n";
    for (std::size_t i = 0; i < document_.footnotes.size(); ++i) {
      *this << "<li id=\"note-" << std::to_string(i + 1) << "\">";
      text(document_.footnotes[i]);
      *this << "</li>\n";
    }
    *this << "</ol>\n</section>\n";
  }
  *this << "</main>\n</div>\n</body>\n</html>\n";
  flush(0);
  return state_;
}

}  // namespace

Result<void> write_html(const Document& document, const Sink& sink) {
  return Page(document, sink).write();
}

}  // namespace echoflow::documentation

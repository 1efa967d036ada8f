#include "models/documentation/docx/body.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/documentation/docx/package.hpp"
#include "models/documentation/docx/picture.hpp"
#include "models/layout/drawing.hpp"

namespace echoflow::documentation {

namespace {

// A4 and its margins in twentieths of a point; a point has 12 700 EMU (ISO/IEC 29500-1 §20.1).
constexpr int page_short = 11906, page_long = 16838, margin = 1134;
constexpr double points_across = (page_short - 2 * margin) / 20.0, points_along = (page_long - 2 * margin) / 20.0;
constexpr double emu = 12700;

void collect(const std::vector<Section>& sections, std::set<std::string>& anchors) {
  for (const auto& section : sections) {
    anchors.insert(section.anchor);
    for (const auto& block : section.blocks) {
      const auto* table = std::get_if<Table>(&block);
      if (!table) continue;
      anchors.insert(table->anchor);
      anchors.insert(table->row_anchors.begin(), table->row_anchors.end());
    }
    collect(section.children, anchors);
  }
}

std::string title_of(const Section& section) {
  return section.number.empty() ? section.title : section.number + " " + section.title;
}

constexpr double least_margin = 110;  // points for heading, caption, header and footer

/// The whole drawing where it can be read on an upright page.
const layout::Page* upright(const Figure& figure) {
  constexpr double smallest = 0.7;
  if (!figure.whole || figure.whole->pages.size() != 1) return nullptr;
  const auto& page = figure.whole->pages.front();
  const bool fits = points_across / page.width >= smallest && (points_along - least_margin) / page.height >= smallest;
  return fits ? &page : nullptr;
}

// ISO/IEC 29500-1 §17.4.55: which rows and columns are headers, as bits for those who read no attributes.
std::string_view look_of(bool first_row, bool first_column) {
  if (first_row) return first_column ? "06A0" : "0620";
  return first_column ? "0680" : "0600";
}

bool begins_wide(const Section& section) {
  if (section.blocks.empty()) return !section.children.empty() && begins_wide(section.children.front());
  if (const auto* table = std::get_if<Table>(&section.blocks.front())) return table->wide;
  const auto* figure = std::get_if<Figure>(&section.blocks.front());
  if (!figure || upright(*figure) || !figure->sheets || figure->sheets->pages.empty()) return false;
  return figure->sheets->pages.front().width > figure->sheets->pages.front().height;
}

}  // namespace

// Names of bookmarks are letters, digits and underscores, at most 40 of them; those of all targets are known first.
Body::Body(const Document& document) : document_(document), words_(document.language) {
  std::set<std::string> anchors{"head"}, taken;
  collect(document.sections, anchors);
  collect(document.annexes, anchors);
  for (const auto& anchor : anchors) {
    if (anchor.empty()) continue;
    std::string name = "e_";
    for (char c : anchor) name += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
    name = name.substr(0, 30);
    while (!taken.insert(name).second) name += "x";
    bookmarks_[anchor] = name;
  }
}

std::string Body::bookmark(const std::string& anchor) {
  auto found = bookmarks_.find(anchor);
  return found == bookmarks_.end() ? "" : found->second;
}

void Body::mark(const std::string& anchor) {
  const std::string name = bookmark(anchor);
  if (name.empty() || !marked_.insert(name).second) return;
  const int id = next_id_++;
  pending_ += fmt::format("<w:bookmarkStart w:id=\"{0}\" w:name=\"{1}\"/><w:bookmarkEnd w:id=\"{0}\"/>", id, name);
}

void Body::runs(const Text& text) {
  for (const auto& run : text) {
    std::string properties;
    const std::string inside = bookmark(run.target);
    const bool outside = run.target.find("://") != std::string::npos;
    if (!inside.empty() || outside) properties += "<w:rStyle w:val=\"Hyperlink\"/>";
    if (run.emphasis == Emphasis::code)
      properties += "<w:rFonts w:ascii=\"Liberation Mono\" w:hAnsi=\"Liberation Mono\"/>";
    if (run.emphasis == Emphasis::strong) properties += "<w:b/>";
    if (run.emphasis == Emphasis::slanted) properties += "<w:i/>";
    if (!inside.empty()) out_ += "<w:hyperlink w:anchor=\"" + inside + "\">";
    if (inside.empty() && outside) {
      links_.push_back(run.target);
      out_ += fmt::format("<w:hyperlink r:id=\"rLink{}\">", links_.size());
    }
    out_ += "<w:r>";
    if (!properties.empty()) out_ += "<w:rPr>" + properties + "</w:rPr>";
    std::string_view rest = run.text;
    while (true) {
      const auto end = rest.find('\n');
      out_ += "<w:t xml:space=\"preserve\">" + xml_text(rest.substr(0, end)) + "</w:t>";
      if (end == std::string_view::npos) break;
      out_ += "<w:br/>";
      rest.remove_prefix(end + 1);
    }
    if (run.footnote) out_ += fmt::format("<w:t xml:space=\"preserve\"> [{}]</w:t>", run.footnote);
    out_ += "</w:r>";
    if (!inside.empty() || outside) out_ += "</w:hyperlink>";
  }
}

void Body::paragraph(const std::string& style, const Text& text, const std::string& more) {
  out_ += "<w:p><w:pPr><w:pStyle w:val=\"" + style + "\"/>" + more + "</w:pPr>" + pending_;
  pending_.clear();
  runs(text);
  out_ += "</w:p>";
}

std::string Body::section_properties() const {
  const int width = landscape_ ? page_long : page_short, height = landscape_ ? page_short : page_long;
  return fmt::format(
      "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rHeader\"/><w:footerReference w:type=\"default\" "
      "r:id=\"rFooter{5}\"/><w:pgSz w:w=\"{0}\" w:h=\"{1}\"{2}/><w:pgMar w:top=\"{3}\" w:right=\"{4}\" "
      "w:bottom=\"{4}\" "
      "w:left=\"{4}\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>",
      width, height, landscape_ ? " w:orient=\"landscape\"" : "", margin + 400, margin, landscape_ ? "Wide" : "");
}

// A section ends in the properties of its last paragraph (ISO/IEC 29500-1 §17.6.18).
void Body::turn(bool landscape) {
  if (landscape == landscape_) return;
  out_ += "<w:p><w:pPr><w:spacing w:after=\"0\"/>" + section_properties() + "</w:pPr></w:p>";
  landscape_ = landscape;
}

void Body::row(const Table& table, std::size_t at, const std::vector<int>& widths) {
  const bool header = at < table.header_rows;
  const std::string style = header ? "TableHead" : table.columns.size() > 6 ? "TableSmall" : "TableText";
  out_ += "<w:tr><w:trPr>";
  if (table.rows[at].size() < 9) out_ += "<w:cantSplit/>";
  if (header) out_ += "<w:tblHeader/>";
  out_ += "</w:trPr>";
  if (at < table.row_anchors.size()) mark(table.row_anchors[at]);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const bool names_row = c == 0 && table.row_headers;
    out_ += fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", widths[c]);
    if (header || names_row)
      out_ += fmt::format("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/>", header ? "0B3C5D" : "EEF4F8");
    out_ += "</w:tcPr>";
    const Align align = table.columns[c].align;
    const std::string more = align == Align::left     ? ""
                             : align == Align::center ? "<w:jc w:val=\"center\"/>"
                                                      : "<w:jc w:val=\"right\"/>";
    const bool empty = c >= table.rows[at].size() || table.rows[at][c].empty();
    if (empty) paragraph(style, {}, more);
    if (!empty)
      for (const auto& text : table.rows[at][c]) paragraph(style, text, more);
    out_ += "</w:tc>";
  }
  out_ += "</w:tr>";
}

void Body::table(const Table& table) {
  if (table.rows.empty() || table.columns.empty()) return;
  mark(table.anchor);
  if (!table.caption.empty()) paragraph("Caption", {Run{table.caption}});
  const int total = (landscape_ ? page_long : page_short) - 2 * margin;
  double sum = 0;
  for (const auto& column : table.columns) sum += column.width;
  std::vector<int> widths;
  for (const auto& column : table.columns) widths.push_back(static_cast<int>(total * column.width / sum));
  out_ += fmt::format("<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>", total);
  for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
    out_ += fmt::format("<w:{} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"9AA8B4\"/>", side);
  out_ +=
      "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/><w:right "
      "w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar>";
  out_ += fmt::format("<w:tblLook w:val=\"{}\" w:firstRow=\"{}\" w:firstColumn=\"{}\"/>",
                      look_of(table.header_rows > 0, table.row_headers), table.header_rows > 0 ? 1 : 0,
                      table.row_headers ? 1 : 0);
  out_ += "<w:tblCaption w:val=\"" + xml_text(table.caption.empty() ? document_.title : table.caption) + "\"/>";
  out_ += "</w:tblPr><w:tblGrid>";
  for (int width : widths) out_ += fmt::format("<w:gridCol w:w=\"{}\"/>", width);
  out_ += "</w:tblGrid>";
  for (std::size_t r = 0; r < table.rows.size(); ++r) row(table, r, widths);
  out_ += "</w:tbl>";
  paragraph("Normal", {}, "<w:spacing w:after=\"60\"/>");
}

void Body::values(const KeyValues& values) {
  Table as_table;
  as_table.columns = {{1, Align::left}, {2.6, Align::left}};
  as_table.header_rows = 0;
  as_table.row_headers = true;
  for (const auto& [name, value] : values.rows) as_table.rows.push_back({{{Run{name, Emphasis::strong}}}, {value}});
  table(as_table);
}

void Body::picture(const layout::Page& page, const std::string& description, double width, double height) {
  const double scale = std::min({1.0, width / page.width, height / page.height});
  std::string png = documentation::picture(page, document_.language, 2.5);
  if (png.empty()) return;
  pictures_.push_back(std::move(png));
  const int id = next_id_++;
  const auto cx = static_cast<long>(page.width * scale * emu), cy = static_cast<long>(page.height * scale * emu);
  out_ += "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>" + pending_;
  pending_.clear();
  out_ += fmt::format(
      "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{0}\" cy=\"{1}\"/>"
      "<wp:docPr id=\"{2}\" name=\"Picture {2}\" descr=\"{3}\"/><a:graphic><a:graphicData "
      "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{2}\" "
      "name=\"Picture {2}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rPicture{4}\"/><a:stretch>"
      "<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{0}\" cy=\"{1}\"/>"
      "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
      "</wp:inline></w:drawing></w:r></w:p>",
      cx, cy, id, xml_text(description), pictures_.size());
}

void Body::figure(const Figure& figure) {
  mark(figure.anchor);
  if (const auto* page = upright(figure)) {
    turn(false);
    paragraph("Caption", {Run{figure.caption}});
    return picture(*page, figure.caption + ". " + figure.description, points_across, points_along - least_margin);
  }
  if (!figure.sheets) return;
  const std::size_t count = figure.sheets->pages.size();
  for (std::size_t i = 0; i < count; ++i) {
    const auto& sheet = figure.sheets->pages[i];
    const bool wide = sheet.width > sheet.height;
    turn(wide);
    const std::string name = count == 1 ? figure.caption : words_(Word::diagram_part, document_.title, i + 1, count);
    paragraph("Caption", {Run{name}});
    picture(sheet, name + ". " + figure.description, wide ? points_along : points_across,
            (wide ? points_across : points_along) - least_margin);
  }
}

void Body::block(const Block& block) {
  if (const auto* each = std::get_if<Paragraph>(&block)) {
    const bool note = each->kind == ParagraphKind::note;
    return paragraph(each->kind == ParagraphKind::body ? "Normal" : note ? "Note" : "Warning", each->text);
  }
  if (const auto* each = std::get_if<Table>(&block)) {
    turn(each->wide);
    return table(*each);
  }
  if (const auto* each = std::get_if<KeyValues>(&block)) return values(*each);
  if (const auto* each = std::get_if<Figure>(&block)) return figure(*each);
  const auto& list = std::get<Listing>(block);
  for (const auto& item : list.items) paragraph(list.numbered ? "ListNumber" : "ListBullet", item);
}

void Body::section(const Section& each, int level) {
  turn(begins_wide(each));
  mark(each.anchor);
  paragraph("Heading" + std::to_string(std::min(level, 3)), {Run{title_of(each)}});
  for (const auto& part : each.blocks) block(part);
  for (const auto& child : each.children) section(child, level + 1);
}

// ISO/IEC 29500-1 §17.16.5.68: the table of contents is a field; its present result stands in it.
void Body::contents() {
  paragraph("TOCHeading", {Run{words_(Word::contents)}});
  std::vector<std::pair<const Section*, int>> entries;
  for (const auto* part : {&document_.sections, &document_.annexes})
    for (const auto& section : *part) {
      entries.emplace_back(&section, 1);
      for (const auto& child : section.children) entries.emplace_back(&child, 2);
    }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& [entry, level] = entries[i];
    out_ += fmt::format("<w:p><w:pPr><w:pStyle w:val=\"TOC{}\"/></w:pPr>", level);
    if (i == 0)
      out_ +=
          "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText "
          "xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar "
          "w:fldCharType=\"separate\"/></w:r>";
    // Page numbers are the word processor's to fill in: what it did not lay out it cannot know.
    out_ += "<w:hyperlink w:anchor=\"" + bookmark(entry->anchor) + "\"><w:r><w:t xml:space=\"preserve\">" +
            xml_text(title_of(*entry)) + "</w:t></w:r></w:hyperlink>";
    if (i + 1 == entries.size()) out_ += "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    out_ += "</w:p>";
  }
}

std::string Body::xml() {
  out_ =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
      "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
      "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
      "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
      "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
      "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>";
  mark("head");
  paragraph("Subtitle", {Run{document_.kind}});
  paragraph("Title", {Run{document_.title}});
  if (!document_.warning.empty()) paragraph("Warning", {Run{document_.watermark + ". " + document_.warning}});
  table(document_.front);
  section(document_.revisions, 3);
  out_ += "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";
  contents();
  out_ += "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";
  for (const auto* part : {&document_.sections, &document_.annexes})
    for (const auto& each : *part) section(each, 1);
  turn(false);
  if (!document_.footnotes.empty()) {
    paragraph("Heading2", {Run{words_(Word::footnotes)}});
    for (const auto& note : document_.footnotes) paragraph("ListNumber", note);
  }
  out_ += section_properties() + "</w:body></w:document>";
  return std::move(out_);
}

}  // namespace echoflow::documentation

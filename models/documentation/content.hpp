#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "models/documentation/control.hpp"
#include "models/documentation/evidence.hpp"

namespace echoflow::layout {
struct Drawing;
}

/// What a document says, before it becomes HTML, PDF or DOCX. Every text is in the document's language already.
namespace echoflow::documentation {

enum class Emphasis : std::uint8_t { plain, strong, slanted, code };
/// A piece of a line. `target` links to the section, table or figure with that anchor ("step-3"), or to an outside
/// address.
struct Run {
  std::string text;
  Emphasis emphasis = Emphasis::plain;
  std::string target;
  std::uint32_t footnote = 0;  ///< 1 …: a mark that refers to Document::footnotes
};
using Text = std::vector<Run>;

enum class ParagraphKind : std::uint8_t { body, note, warning };
struct Paragraph {
  Text text;
  ParagraphKind kind = ParagraphKind::body;
};

struct Listing {
  bool numbered = false;
  std::vector<Text> items;
};

struct KeyValues {
  std::vector<std::pair<std::string, Text>> rows;
};

enum class Align : std::uint8_t { left, center, right };
struct Column {
  double width = 1;  ///< share of the table's width
  Align align = Align::left;
};
/// A cell's paragraphs; usually one.
using Cell = std::vector<Text>;
struct Table {
  std::string anchor;
  std::string caption;
  std::vector<Column> columns;
  std::size_t header_rows = 1;
  bool row_headers = false;  ///< the first column names its row
  bool wide = false;         ///< wants the page turned
  std::vector<std::vector<Cell>> rows;
  std::vector<std::string> row_anchors;  ///< "" or absent: none
};

/// A drawing: as a whole for a screen, and on as many sheets as paper needs.
struct Figure {
  std::string anchor;
  std::string caption;
  std::string description;                               ///< for those who cannot see it
  std::shared_ptr<const layout::Drawing> whole, sheets;  ///< both are there; each sheet of `sheets` is a page
};

using Block = std::variant<Paragraph, Listing, KeyValues, Table, Figure>;

struct Section {
  std::string anchor;
  std::string number;  ///< "4.2"; "A" for an annex
  std::string title;
  std::vector<Block> blocks;
  std::vector<Section> children;
  bool new_page = false;
};

struct Document {
  std::string language;     ///< "de", "en"
  std::string kind;         ///< "Verfahrensanweisung"
  std::string title;        ///< the process's name
  std::string status_text;  ///< in the document's language
  std::string watermark;    ///< "" for a released document
  std::string warning;      ///< what the watermark means, as a sentence
  Control head;             ///< as it is shown
  Table front;              ///< the head
  Section revisions;        ///< without a number
  std::vector<Section> sections;
  std::vector<Section> annexes;  ///< numbered by letters
  std::vector<Text> footnotes;
  std::vector<Attachment> attachments;
  std::string identifier;  ///< stable: the same content has the same
  std::string made_at;     ///< xsd:dateTime in UTC
  std::string producer;
};

}  // namespace echoflow::documentation

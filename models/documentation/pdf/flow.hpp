#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/documentation/content.hpp"
#include "models/documentation/pdf/canvas.hpp"
#include "models/documentation/pdf/structure.hpp"
#include "models/documentation/words.hpp"

namespace echoflow::documentation {

/// Where the anchors came to stand: page numbers from 1.
using AnchorPages = std::map<std::string, int>;

/// Fills pages from top to bottom. Run twice: first without a surface, to learn on which pages things stand, then to
/// draw. Only what is on the present page is held.
class Flow {
 public:
  /// `surface` may be null. `known` and `page_total` are what the first run learnt.
  Flow(const Document& document, const Typesetter& typesetter, cairo_surface_t* surface, const AnchorPages& known,
       int page_total);

  /// Puts the whole document down.
  void run();
  const AnchorPages& anchors() const { return anchors_; }
  int pages() const { return page_; }
  const Structure& structure() const { return structure_; }

 private:
  /// What is drawn while it lives belongs to an element of the structure: a new one, or a given one.
  class Inside {
   public:
    Inside(Flow& flow, const char* type) : Inside(flow, flow.structure_.add(flow.element_, type)) {}
    Inside(Flow& flow, Structure::Id element) : flow_(flow), before_(flow.element_) { flow.element_ = element; }
    ~Inside() { flow_.element_ = before_; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    Flow& flow_;
    Structure::Id before_;
  };
  // pages
  void begin_page();
  void open_page();
  void end_page();
  void next_page() { end_page(), begin_page(); }
  void turn(bool landscape);
  void ensure(double height);
  void furniture();
  double bottom() const;
  double width() const;
  double room() const { return bottom() - y_; }
  bool fresh() const;
  // text
  void put(const Line& line, double x, double y);
  void put_lines(const std::vector<Line>& lines, double x, double indent = 0);
  void marked_lines(const char* type, const std::vector<Line>& lines);
  void anchor(const std::string& name);
  // parts
  void title();
  void contents();
  void contents_line(const Section& section, int level);
  void sections(const std::vector<Section>& sections, int level, int outline);
  void section(const Section& section, int level, int outline);
  void heading(const Section& section, int level, int& outline);
  void block(const Block& block);
  void paragraph(const Paragraph& paragraph);
  void listing(const Listing& listing);
  void values(const KeyValues& values);
  void figure(const Figure& figure);
  void drawing_page(const layout::Page& page, double scale, const std::string& alternative);
  void notes();
  // tables: pdf/table.cpp
  struct RowLines;
  void table(const Table& table);
  void caption(const std::string& text, const std::string& name);
  RowLines shape_row(const Table& table, std::size_t row, bool header) const;
  void add_cells(const Table& table, RowLines& row, Structure::Id group);
  void put_row(const Table& table, RowLines& row, double height);
  void draw_row(const Table& table, RowLines& row, std::size_t repeated_headers);
  std::vector<double> column_widths(const Table& table) const;

  const Document& document_;
  const Typesetter& typesetter_;
  const Words words_;
  cairo_surface_t* surface_;
  Cairo cairo_;
  const AnchorPages& known_;
  int page_total_;
  AnchorPages anchors_;
  Structure structure_;
  Structure::Id element_ = Structure::root();  ///< what is drawn belongs to it
  int page_ = 0;
  double y_ = 0;
  bool landscape_ = false;
  bool open_ = false;  ///< the page has its size, header and footer
};

inline constexpr double page_short = 595.276, page_long = 841.89;
inline constexpr double margin_side = 51, margin_top = 76, margin_bottom = 62;

}  // namespace echoflow::documentation

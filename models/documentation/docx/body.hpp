#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/documentation/content.hpp"
#include "models/documentation/words.hpp"
#include "models/layout/drawing.hpp"

namespace echoflow::documentation {

/// word/document.xml of a document, and the pictures that it shows.
class Body {
 public:
  explicit Body(const Document& document);
  std::string xml();
  /// PNGs; the first has the relationship "rPicture1".
  const std::vector<std::string>& pictures() const { return pictures_; }
  /// Addresses outside; the first has the relationship "rLink1".
  const std::vector<std::string>& links() const { return links_; }

 private:
  void contents();
  void section(const Section& section, int level);
  void block(const Block& block);
  void table(const Table& table);
  void row(const Table& table, std::size_t at, const std::vector<int>& widths);
  void values(const KeyValues& values);
  void figure(const Figure& figure);
  void picture(const layout::Page& page, const std::string& description, double width, double height);
  void paragraph(const std::string& style, const Text& text, const std::string& more = "");
  void mark(const std::string& anchor);
  void runs(const Text& text);
  void turn(bool landscape);
  std::string section_properties() const;
  std::string bookmark(const std::string& anchor);

  const Document& document_;
  const Words words_;
  std::string out_;
  std::vector<std::string> pictures_, links_;
  std::map<std::string, std::string> bookmarks_;
  std::set<std::string> marked_;
  std::string pending_;  ///< bookmarks for the next paragraph
  int next_id_ = 1;
  bool landscape_ = false;
};

}  // namespace echoflow::documentation

#include "models/xml/tag_scan.hpp"

#include <cstring>

namespace echoflow::xml {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// An attribute takes five bytes or more ( a=""), so that shorter tags need no counting.
constexpr std::size_t attribute_bytes = 5;

class Scanner {
 public:
  Scanner(std::string_view bytes, std::size_t max_attributes, bool want_positions)
      : bytes_(bytes), max_attributes_(max_attributes), want_positions_(want_positions) {}

  TagScan run() {
    while (at_ < bytes_.size() && !found_.doctype && !found_.too_many_attributes) {
      const std::size_t open = bytes_.find('<', at_);
      if (open == std::string_view::npos) break;
      at_ = open + 1;
      markup(open);
    }
    return std::move(found_);
  }

 private:
  void markup(std::size_t open) {
    const std::string_view rest = bytes_.substr(open);
    if (rest.starts_with("<!--")) return skip_past("-->", open + 4);
    if (rest.starts_with("<![CDATA[")) return skip_past("]]>", open + 9);
    if (rest.starts_with("<?")) return skip_past("?>", open + 2);
    if (rest.starts_with("<!DOCTYPE")) {
      found_.doctype = true;
      found_.where = position_of(open);
      return;
    }
    if (rest.starts_with("</") || rest.starts_with("<!")) return;
    start_tag(open);
  }

  void skip_past(std::string_view end, std::size_t from) {
    const std::size_t found = bytes_.find(end, from);
    at_ = found == std::string_view::npos ? bytes_.size() : found + end.size();
  }

  void start_tag(std::size_t open) {
    if (!want_positions_) {
      // A raw '<' cannot stand in an attribute's value: the tag ends before the next one.
      const std::size_t next = bytes_.find('<', at_);
      const std::size_t length = (next == std::string_view::npos ? bytes_.size() : next) - open;
      if (length / attribute_bytes <= max_attributes_) return;
    } else {
      found_.tags.push_back({position_of(open), found_.attributes.size()});
    }
    attributes(open);
  }

  void attributes(std::size_t open) {
    const auto in_name = [&] {
      return at_ < bytes_.size() && !is_space(bytes_[at_]) && bytes_[at_] != '>' && bytes_[at_] != '=' &&
             bytes_[at_] != '<';
    };
    const auto skip_space = [&] {
      while (at_ < bytes_.size() && is_space(bytes_[at_])) ++at_;
    };
    while (in_name()) ++at_;  // the element's name
    for (std::size_t count = 1;; ++count) {
      skip_space();
      if (!in_name() || bytes_[at_] == '/') return;
      if (count > max_attributes_) {
        found_.too_many_attributes = true;
        found_.where = position_of(open);
        return;
      }
      if (want_positions_) found_.attributes.push_back(position_of(at_));
      while (in_name()) ++at_;
      skip_space();
      if (at_ >= bytes_.size() || bytes_[at_] != '=') return;
      ++at_;
      skip_space();
      if (at_ >= bytes_.size() || (bytes_[at_] != '"' && bytes_[at_] != '\'')) return;
      const std::size_t end = bytes_.find(bytes_[at_], at_ + 1);
      at_ = end == std::string_view::npos ? bytes_.size() : end + 1;
    }
  }

  // Counts on from the last place asked for; places are asked for in their order.
  Position position_of(std::size_t offset) {
    for (; counted_ < offset; ++counted_) {
      const auto c = static_cast<unsigned char>(bytes_[counted_]);
      if (c == '\n' || (c == '\r' && (counted_ + 1 >= bytes_.size() || bytes_[counted_ + 1] != '\n'))) {
        ++position_.line;
        position_.column = 1;
      } else if ((c & 0xc0) != 0x80) {
        ++position_.column;
      }
    }
    return position_;
  }

  std::string_view bytes_;
  std::size_t max_attributes_;
  bool want_positions_;
  std::size_t at_ = 0;
  std::size_t counted_ = 0;
  Position position_{1, 1};
  TagScan found_;
};

}  // namespace

TagScan scan_tags(std::string_view bytes, std::size_t max_attributes, bool want_positions) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  return Scanner(bytes, max_attributes, want_positions).run();
}

}  // namespace echoflow::xml

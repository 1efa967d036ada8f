#pragma once
// Inside models/xml only: a quick look over the bytes before the parser gets them.
#include <cstddef>
#include <string_view>
#include <vector>

#include "models/xml/tree.hpp"

namespace echoflow::xml {

/// What the parser cannot tell or would tell too late: Xerces compares all attributes of an element with one another
/// and reports the end of a start tag, not its beginning.
struct TagScan {
  struct Tag {
    Position position;
    std::size_t first_attribute = 0;  ///< into `attributes`
  };
  bool doctype = false;              ///< a DOCTYPE stands at `where`
  bool too_many_attributes = false;  ///< the tag at `where` has more than the limit (namespace declarations count)
  Position where;
  std::vector<Tag> tags;             ///< every start tag in its order, when positions were asked for
  std::vector<Position> attributes;  ///< every attribute and declaration, in its order
};

/// Scans ASCII-compatible bytes. It needs no well-formed document (the parser will tell): it finds at least all that a
/// well-formed beginning holds.
TagScan scan_tags(std::string_view bytes, std::size_t max_attributes, bool want_positions);

}  // namespace echoflow::xml

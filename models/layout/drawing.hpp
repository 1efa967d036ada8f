#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/graph/nodes.hpp"

/// What a diagram is painted with, whoever paints it (SVG here, Cairo in the documents). All lengths are points
/// (1/72 inch), y downwards.
namespace echoflow::layout {

using graph::Bounds;
using graph::Point;

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  friend bool operator==(const Colour&, const Colour&) = default;
};
inline constexpr Colour black{0x1c, 0x1c, 0x1c};
inline constexpr Colour white{0xff, 0xff, 0xff};

enum class Dash : std::uint8_t { solid, dashed, dotted, dash_dotted };

/// What is not there is not painted. Ends and joins of lines are round.
struct Style {
  std::optional<Colour> stroke = black;
  std::optional<Colour> fill;
  double width = 1;
  Dash dash = Dash::solid;
};

/// The lengths of a dash and the gaps between, in units of the line's width; empty for solid.
std::vector<double> dash_pattern(Dash dash);

enum class Step : std::uint8_t { move, line, curve, close };

/// `curve` is a cubic Bézier from where the pen is: control, control, to. `close` goes back to the last `move`.
struct Segment {
  Step step = Step::move;
  Point to;
  Point control_1;
  Point control_2;
};

struct Path {
  std::vector<Segment> segments;
  Style style;
};

enum class Anchor : std::uint8_t { start, middle, end };

/// One line of text in a generic sans-serif font with Helvetica's widths (Liberation Sans, Arial).
struct Text {
  Point at;  ///< on the baseline; left, centre or right by `anchor`
  std::string text;
  double size = 11;  ///< font size
  Anchor anchor = Anchor::middle;
  double width = 0;  ///< measured; a painter whose font is wider compresses the line to it
  bool bold = false;
  bool italic = false;
  bool upwards = false;  ///< reads from bottom to top (titles of pools and lanes), turned around `at`
  Colour colour = black;
};

using Shape = std::variant<Path, Text>;

/// What belongs to one element of the model. Groups do not nest; they are painted in their order.
struct Group {
  std::string element;      ///< the source's id; "" for what is not in the model (badges' legend, page furniture)
  std::string category;     ///< "task", "event", "gateway", "flow", "pool" …: the class in SVG
  std::string title;        ///< for readers who do not see the drawing: type and name
  std::string description;  ///< the element's documentation; may be empty
  std::vector<Shape> shapes;
};

/// A sheet. Everything is in the page's own points; what lies outside `window` is to be clipped, but for the groups
/// of category "page", which are painted last and unclipped.
struct Page {
  double width = 0;
  double height = 0;
  Bounds window;
  std::string title;
  std::vector<Group> groups;
};

/// One page of the drawing's own size, or several of a paper's size: first an overview, where there are more than one.
struct Drawing {
  std::string title;
  std::string description;
  std::string language;
  std::vector<Page> pages;
};

}  // namespace echoflow::layout

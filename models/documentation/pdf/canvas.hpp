#pragma once
#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <vector>

#include "models/documentation/content.hpp"
#include "models/layout/drawing.hpp"

/// Cairo and Pango as values that free themselves.
namespace echoflow::documentation {

struct FreeSurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
struct FreeObject {
  void operator()(void* object) const { g_object_unref(object); }
};
using Surface = std::unique_ptr<cairo_surface_t, FreeSurface>;
using Cairo = std::unique_ptr<cairo_t, FreeCairo>;
using PangoContextPointer = std::unique_ptr<PangoContext, FreeObject>;

/// How a piece of text looks.
struct Face {
  double size = 9.5;
  bool bold = false;
  layout::Colour colour = layout::black;
};

/// One shaped line. The layout that owns it lives as long as the line does.
struct Line {
  std::shared_ptr<PangoLayout> owner;
  PangoLayoutLine* line = nullptr;
  double height = 0, baseline = 0, width = 0;
  std::string target;  ///< what the line links to
  layout::Colour colour;
};

/// Shapes text for one language.
class Typesetter {
 public:
  explicit Typesetter(const std::string& language);
  /// Lines no wider than `width` points; words that are wider are broken.
  std::vector<Line> lines(const Text& text, double width, const Face& face) const;
  PangoContext* context() const { return context_.get(); }

 private:
  PangoContextPointer context_;
};

/// Draws a shaped line with its left end and top at x, y.
void draw_line(cairo_t* cairo, const Line& line, double x, double y);
void set_colour(cairo_t* cairo, const layout::Colour& colour);
/// Paints a page of a drawing with its corner at the origin.
void paint_page(cairo_t* cairo, const Typesetter& typesetter, const layout::Page& page);

inline constexpr layout::Colour deep{0x0b, 0x3c, 0x5d};
inline constexpr layout::Colour pale{0xee, 0xf4, 0xf8};
inline constexpr layout::Colour grey{0x9a, 0xa8, 0xb4};
inline constexpr layout::Colour link_colour{0x0a, 0x56, 0x89};
inline constexpr layout::Colour alarm{0x9b, 0x1c, 0x1c};

}  // namespace echoflow::documentation

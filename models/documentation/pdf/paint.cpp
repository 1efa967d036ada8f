#include "models/documentation/pdf/canvas.hpp"

namespace echoflow::documentation {

namespace {

void trace(cairo_t* cairo, const layout::Path& path) {
  cairo_new_path(cairo);
  for (const auto& segment : path.segments) switch (segment.step) {
      case layout::Step::move:
        cairo_move_to(cairo, segment.to.x, segment.to.y);
        break;
      case layout::Step::line:
        cairo_line_to(cairo, segment.to.x, segment.to.y);
        break;
      case layout::Step::curve:
        cairo_curve_to(cairo, segment.control_1.x, segment.control_1.y, segment.control_2.x, segment.control_2.y,
                       segment.to.x, segment.to.y);
        break;
      case layout::Step::close:
        cairo_close_path(cairo);
        break;
    }
}

void paint(cairo_t* cairo, const layout::Path& path) {
  trace(cairo, path);
  if (path.style.fill) {
    set_colour(cairo, *path.style.fill);
    cairo_fill_preserve(cairo);
  }
  if (path.style.stroke) {
    set_colour(cairo, *path.style.stroke);
    auto dashes = layout::dash_pattern(path.style.dash);
    for (auto& length : dashes) length *= path.style.width;
    cairo_set_dash(cairo, dashes.data(), static_cast<int>(dashes.size()), 0);
    cairo_set_line_width(cairo, path.style.width);
    cairo_stroke_preserve(cairo);
  }
  cairo_new_path(cairo);
}

void paint(cairo_t* cairo, const Typesetter& typesetter, const layout::Text& text) {
  Run run;
  run.text = text.text;
  if (text.italic) run.emphasis = Emphasis::slanted;
  const auto lines = typesetter.lines({run}, 1e5, {text.size, text.bold, text.colour});
  if (lines.empty()) return;
  const auto& line = lines.front();
  const double squeeze = text.width > 0 && line.width > text.width ? text.width / line.width : 1;
  const double width = line.width * squeeze;
  double x = 0;
  switch (text.anchor) {
    case layout::Anchor::start:
      break;
    case layout::Anchor::middle:
      x = -width / 2;
      break;
    case layout::Anchor::end:
      x = -width;
      break;
  }
  cairo_save(cairo);
  cairo_translate(cairo, text.at.x, text.at.y);
  if (text.upwards) cairo_rotate(cairo, -1.5707963267948966);
  cairo_translate(cairo, x, 0);
  cairo_scale(cairo, squeeze, 1);
  draw_line(cairo, line, 0, -line.baseline);
  cairo_restore(cairo);
}

void paint(cairo_t* cairo, const Typesetter& typesetter, const layout::Group& group) {
  for (const auto& shape : group.shapes) {
    if (const auto* path = std::get_if<layout::Path>(&shape))
      paint(cairo, *path);
    else
      paint(cairo, typesetter, std::get<layout::Text>(shape));
  }
}

}  // namespace

void paint_page(cairo_t* cairo, const Typesetter& typesetter, const layout::Page& page) {
  cairo_save(cairo);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_save(cairo);
  cairo_rectangle(cairo, page.window.x, page.window.y, page.window.width, page.window.height);
  cairo_clip(cairo);
  for (const auto& group : page.groups)
    if (group.category != "page") paint(cairo, typesetter, group);
  cairo_restore(cairo);
  for (const auto& group : page.groups)
    if (group.category == "page") paint(cairo, typesetter, group);
  cairo_restore(cairo);
}

}  // namespace echoflow::documentation

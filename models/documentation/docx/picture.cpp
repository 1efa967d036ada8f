#include "models/documentation/docx/picture.hpp"

#include <algorithm>
#include <cmath>

#include "models/documentation/pdf/canvas.hpp"

namespace echoflow::documentation {

namespace {

constexpr double most_dots = 6000;  // a side; Cairo refuses more than 32767

cairo_status_t append(void* to, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string picture(const layout::Page& page, const std::string& language, double scale) {
  if (!(page.width > 0) || !(page.height > 0)) return "";
  scale = std::min(scale, most_dots / std::max(page.width, page.height));
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::ceil(page.width * scale)),
                                                   static_cast<int>(std::ceil(page.height * scale))));
  const Cairo cairo(cairo_create(surface.get()));
  cairo_set_source_rgb(cairo.get(), 1, 1, 1);
  cairo_paint(cairo.get());
  cairo_scale(cairo.get(), scale, scale);
  paint_page(cairo.get(), Typesetter(language), page);
  std::string png;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS) return "";
  return png;
}

}  // namespace echoflow::documentation

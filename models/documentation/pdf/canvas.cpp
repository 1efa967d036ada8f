#include "models/documentation/pdf/canvas.hpp"

namespace echoflow::documentation {

namespace {

constexpr const char* family = "Liberation Sans, Arial, DejaVu Sans, sans-serif";
constexpr const char* fixed_family = "Liberation Mono, DejaVu Sans Mono, monospace";

struct FreeAttributes {
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
using Attributes = std::unique_ptr<PangoAttrList, FreeAttributes>;

void mark(PangoAttrList* list, PangoAttribute* attribute, std::size_t from, std::size_t to) {
  attribute->start_index = static_cast<guint>(from);
  attribute->end_index = static_cast<guint>(to);
  pango_attr_list_insert(list, attribute);
}

guint16 wide(std::uint8_t part) {
  return static_cast<guint16>(part * 257);
}

void mark_run(PangoAttrList* list, const Run& run, std::size_t from, std::size_t to) {
  switch (run.emphasis) {
    case Emphasis::plain:
      break;
    case Emphasis::strong:
      mark(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, to);
      break;
    case Emphasis::slanted:
      mark(list, pango_attr_style_new(PANGO_STYLE_ITALIC), from, to);
      break;
    case Emphasis::code:
      mark(list, pango_attr_family_new(fixed_family), from, to);
      mark(list, pango_attr_scale_new(0.92), from, to);
      break;
  }
  if (!run.target.empty())
    mark(list, pango_attr_foreground_new(wide(link_colour.red), wide(link_colour.green), wide(link_colour.blue)), from,
         to);
}

/// Control characters have no shape and are not allowed in XML either.
std::string visible(const std::string& text) {
  std::string out;
  for (char c : text)
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n') out += c;
  return out;
}

PangoFontDescription* description(const Face& face) {
  auto* font = pango_font_description_from_string(family);
  pango_font_description_set_absolute_size(font, face.size * PANGO_SCALE);
  pango_font_description_set_weight(font, face.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return font;
}

}  // namespace

Typesetter::Typesetter(const std::string& language) {
  PangoFontMap* fonts = pango_cairo_font_map_new();
  context_.reset(pango_font_map_create_context(fonts));
  g_object_unref(fonts);
  pango_cairo_context_set_resolution(context_.get(), 72);
  pango_context_set_language(context_.get(), pango_language_from_string(language.c_str()));
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
}

std::vector<Line> Typesetter::lines(const Text& text, double width, const Face& face) const {
  std::string all, target;
  bool one_target = true;
  Attributes attributes(pango_attr_list_new());
  for (const auto& run : text) {
    const std::size_t from = all.size();
    all += visible(run.text);
    if (run.footnote) all += " [" + std::to_string(run.footnote) + "]";
    mark_run(attributes.get(), run, from, all.size());
    if (&run == &text.front())
      target = run.target;
    else if (run.target != target)
      one_target = false;
  }
  std::vector<Line> result;
  if (all.empty()) return result;
  std::shared_ptr<PangoLayout> layout(pango_layout_new(context_.get()), FreeObject{});
  PangoFontDescription* font = description(face);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_text(layout.get(), all.data(), static_cast<int>(all.size()));
  pango_layout_set_attributes(layout.get(), attributes.get());
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  const int count = pango_layout_get_line_count(layout.get());
  for (int i = 0; i < count; ++i) {
    Line line;
    line.owner = layout;
    line.line = pango_layout_get_line_readonly(layout.get(), i);
    PangoRectangle box;
    pango_layout_line_get_extents(line.line, nullptr, &box);
    line.height = static_cast<double>(box.height) / PANGO_SCALE * 1.12;
    line.baseline = static_cast<double>(-box.y) / PANGO_SCALE * 1.06;
    line.width = static_cast<double>(box.width) / PANGO_SCALE;
    line.colour = face.colour;
    if (one_target) line.target = target;
    result.push_back(std::move(line));
  }
  return result;
}

void set_colour(cairo_t* cairo, const layout::Colour& colour) {
  cairo_set_source_rgb(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
}

void draw_line(cairo_t* cairo, const Line& line, double x, double y) {
  set_colour(cairo, line.colour);
  cairo_move_to(cairo, x, y + line.baseline);
  pango_cairo_show_layout_line(cairo, line.line);
}

}  // namespace echoflow::documentation

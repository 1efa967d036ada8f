#include "models/layout/svg.hpp"

#include <charconv>
#include <cmath>

#include "models/xml/escape.hpp"

namespace echoflow::layout {

namespace {

constexpr std::string_view font = "'Liberation Sans', Arial, Helvetica, sans-serif";

void number(double value, std::string& out) {
  if (!std::isfinite(value)) value = 0;
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, 2).ptr;
  std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  while (text.back() == '0') text.remove_suffix(1);
  if (text.back() == '.') text.remove_suffix(1);
  if (text == "-0") text = "0";
  out += text;
}

void attribute(std::string_view name, std::string_view value, std::string& out) {
  out += ' ';
  out += name;
  out += "=\"";
  xml::append_escaped(value, xml::EscapePlace::attribute, out);
  out += '"';
}

void attribute(std::string_view name, double value, std::string& out) {
  out += ' ';
  out += name;
  out += "=\"";
  number(value, out);
  out += '"';
}

void element(std::string_view name, std::string_view text, std::string_view id, std::string& out) {
  out += '<';
  out += name;
  if (!id.empty()) attribute("id", id, out);
  out += '>';
  xml::append_escaped(text, xml::EscapePlace::text, out);
  out += "</";
  out += name;
  out += '>';
}

std::string colour(const Colour& c) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "#";
  for (const auto part : {c.red, c.green, c.blue}) text += digits[part >> 4], text += digits[part & 15];
  return text;
}

void point(Point p, std::string& out) {
  number(p.x, out);
  out += ' ';
  number(p.y, out);
}

void write(const Path& path, std::string& out) {
  out += "<path d=\"";
  for (const auto& s : path.segments) {
    switch (s.step) {
      case Step::move:
        out += 'M';
        point(s.to, out);
        break;
      case Step::line:
        out += 'L';
        point(s.to, out);
        break;
      case Step::curve:
        out += 'C';
        point(s.control_1, out);
        out += ' ';
        point(s.control_2, out);
        out += ' ';
        point(s.to, out);
        break;
      case Step::close:
        out += 'Z';
        break;
    }
  }
  out += '"';
  const auto& style = path.style;
  attribute("fill", style.fill ? colour(*style.fill) : "none", out);
  if (style.stroke) {
    attribute("stroke", colour(*style.stroke), out);
    attribute("stroke-width", style.width, out);
    std::string dashes;
    for (const auto part : dash_pattern(style.dash)) {
      if (!dashes.empty()) dashes += ' ';
      number(part * style.width, dashes);
    }
    if (!dashes.empty()) attribute("stroke-dasharray", dashes, out);
  }
  out += "/>";
}

void write(const Text& text, std::string& out) {
  out += "<text";
  attribute("x", text.at.x, out);
  attribute("y", text.at.y, out);
  attribute("font-size", text.size, out);
  if (text.anchor != Anchor::start) attribute("text-anchor", text.anchor == Anchor::middle ? "middle" : "end", out);
  if (text.bold) attribute("font-weight", "bold", out);
  if (text.italic) attribute("font-style", "italic", out);
  // A wider font is pressed to the measured width, so that no label leaves its place.
  if (text.width > 0) {
    attribute("textLength", text.width, out);
    attribute("lengthAdjust", "spacingAndGlyphs", out);
  }
  if (text.upwards) {
    std::string turn = "rotate(-90 ";
    point(text.at, turn);
    attribute("transform", turn + ")", out);
  }
  if (!(text.colour == black)) attribute("fill", colour(text.colour), out);
  out += '>';
  xml::append_escaped(text.text, xml::EscapePlace::text, out);
  out += "</text>";
}

void write(const Group& group, std::string& out) {
  out += "<g";
  attribute("class", group.category, out);
  if (!group.element.empty()) attribute("data-element", group.element, out);
  if (!group.title.empty()) {
    attribute("role", "graphics-symbol img", out);
    attribute("aria-label", group.title, out);
  }
  out += '>';
  if (!group.title.empty()) element("title", group.title, {}, out);
  if (!group.description.empty()) element("desc", group.description, {}, out);
  for (const auto& shape : group.shapes) std::visit([&](const auto& s) { write(s, out); }, shape);
  out += "</g>\n";
}

}  // namespace

std::string to_svg(const Drawing& drawing, std::size_t page_number) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"";
  static const Page nothing;
  const auto& page = page_number < drawing.pages.size() ? drawing.pages[page_number] : nothing;
  attribute("width", page.width, out);
  attribute("height", page.height, out);
  std::string view = "0 0 ";
  point({page.width, page.height}, view);
  attribute("viewBox", view, out);
  if (!drawing.language.empty()) attribute("xml:lang", drawing.language, out), attribute("lang", drawing.language, out);
  attribute("role", "graphics-document document", out);
  attribute("aria-labelledby", drawing.description.empty() ? "diagram-title" : "diagram-title diagram-description",
            out);
  attribute("font-family", font, out);
  attribute("fill", colour(black), out);
  attribute("stroke-linecap", "round", out);
  attribute("stroke-linejoin", "round", out);
  out += ">\n";
  element("title", page.title.empty() ? drawing.title : page.title, "diagram-title", out);
  if (!drawing.description.empty()) element("desc", drawing.description, "diagram-description", out);
  out += "\n<rect";
  attribute("width", page.width, out);
  attribute("height", page.height, out);
  attribute("fill", "#ffffff", out);
  out += "/>\n";
  const auto& w = page.window;
  const bool clipped = w.x > 0 || w.y > 0 || w.width < page.width || w.height < page.height;
  if (clipped) {
    out += "<clipPath id=\"window\"><rect";
    attribute("x", w.x, out);
    attribute("y", w.y, out);
    attribute("width", w.width, out);
    attribute("height", w.height, out);
    out += "/></clipPath>\n<g clip-path=\"url(#window)\">\n";
  }
  for (const auto& group : page.groups)
    if (group.category != "page") write(group, out);
  if (clipped) out += "</g>\n";
  for (const auto& group : page.groups)
    if (group.category == "page") write(group, out);
  out += "</svg>\n";
  return out;
}

}  // namespace echoflow::layout

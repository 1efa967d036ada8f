#include <algorithm>
#include <cmath>

#include "models/documentation/sections.hpp"
#include "models/layout/drawing.hpp"
#include "models/layout/text.hpp"

namespace echoflow::documentation {

namespace {

constexpr double box_width = 160, column = 170, gap = 26;
constexpr double text_size = 8.5;
constexpr double line_height = 11.5;
constexpr std::size_t most_lines = 8;
constexpr layout::Colour ink{0x0b, 0x3c, 0x5d};
constexpr layout::Colour paper{0xee, 0xf4, 0xf8};
constexpr layout::Colour core{0x0b, 0x3c, 0x5d};

struct Box {
  std::string title;
  std::vector<std::string> lines;
  double x = 0, y = 0, height = 0;
};

layout::Path rectangle(double x, double y, double width, double height, layout::Colour fill) {
  using layout::Step;
  layout::Path path;
  path.segments = {{Step::move, {x, y}},
                   {Step::line, {x + width, y}},
                   {Step::line, {x + width, y + height}},
                   {Step::line, {x, y + height}},
                   {Step::close}};
  path.style.fill = fill;
  path.style.stroke = ink;
  return path;
}

layout::Text text(double x, double y, std::string words, double size, layout::Anchor anchor) {
  layout::Text text;
  text.at = {x, y};
  text.size = size;
  text.anchor = anchor;
  text.width = layout::text_width(words, size);
  text.text = std::move(words);
  return text;
}

void arrow(std::vector<layout::Shape>& shapes, layout::Point from, layout::Point to) {
  using layout::Step;
  layout::Path line;
  line.segments = {{Step::move, from}, {Step::line, to}};
  line.style.stroke = ink;
  line.style.width = 1.2;
  shapes.push_back(line);
  const double dx = to.x - from.x, dy = to.y - from.y;
  const double length = dx != 0 ? std::abs(dx) : std::abs(dy);
  const layout::Point along{dx / length * 6, dy / length * 6}, across{-along.y / 2, along.x / 2};
  layout::Path head;
  head.segments = {{Step::move, to},
                   {Step::line, {to.x - along.x + across.x, to.y - along.y + across.y}},
                   {Step::line, {to.x - along.x - across.x, to.y - along.y - across.y}},
                   {Step::close}};
  head.style.fill = ink;
  head.style.stroke = ink;
  shapes.push_back(head);
}

Box box(const Words& words, std::string title, const std::vector<std::string>& names) {
  Box result;
  result.title = std::move(title);
  for (const auto& name : names) {
    if (result.lines.size() >= most_lines) {
      result.lines.back() = "…";
      break;
    }
    auto broken = layout::wrap(name, box_width - 24, text_size);
    for (std::size_t i = 0; i < broken.size() && result.lines.size() < most_lines; ++i) {
      std::string line = i == 0 ? "• " : "   ";
      result.lines.push_back(line += broken[i]);
    }
  }
  if (result.lines.empty()) result.lines.push_back(words(Word::none_given));
  result.height = 24 + line_height * static_cast<double>(result.lines.size());
  return result;
}

void paint(layout::Page& page, const Box& box) {
  layout::Group group;
  group.category = "turtle";
  group.title = box.title;
  group.shapes.push_back(rectangle(box.x, box.y, box_width, box.height, paper));
  auto title = text(box.x + 8, box.y + 14, box.title, 9.5, layout::Anchor::start);
  title.bold = true;
  title.width = layout::text_width(title.text, 9.5, true);
  title.colour = ink;
  group.shapes.push_back(title);
  double y = box.y + 27;
  for (const auto& line : box.lines) {
    group.shapes.push_back(text(box.x + 8, y, line, text_size, layout::Anchor::start));
    y += line_height;
  }
  page.groups.push_back(std::move(group));
}

/// The process itself, with an arrow from or to each box.
layout::Group process_group(const std::string& title, double x, double top, double bottom, double row_top,
                            double row_height) {
  layout::Group group;
  group.category = "process";
  group.title = title;
  group.shapes.push_back(rectangle(x, row_top, box_width, row_height, core));
  auto name = layout::wrap(title, box_width - 16, 11, true);
  if (name.size() > 5) name.resize(5);
  const double centre = row_top + row_height / 2;
  double y = centre - 7 * (static_cast<double>(name.size()) - 1) + 4;
  for (const auto& line : name) {
    auto label = text(x + box_width / 2, y, line, 11, layout::Anchor::middle);
    label.bold = true;
    label.width = layout::text_width(line, 11, true);
    label.colour = layout::white;
    group.shapes.push_back(label);
    y += 14;
  }
  arrow(group.shapes, {x - column + box_width, centre}, {x, centre});
  arrow(group.shapes, {x + box_width, centre}, {x + column, centre});
  for (double at : {x + 30, x + box_width - 30}) {
    arrow(group.shapes, {at, top}, {at, row_top});
    arrow(group.shapes, {at, bottom}, {at, row_top + row_height});
  }
  return group;
}

std::vector<std::string> methods(const Source& source) {
  std::vector<std::string> names;
  for (const auto& process : source.steps.processes())
    for (const auto& step : process.steps)
      if (!step.decision && step.number.find('.') == std::string::npos) names.push_back(step.name);
  return names;
}

}  // namespace

// Left to right: inputs, process, outputs; above: with what, with whom; below: how, how measured.
std::shared_ptr<const layout::Drawing> turtle(const Source& source) {
  const auto& w = source.words;
  const auto sides = exchange(source);
  Box what = box(w, w(Word::with_what), system_names(source)), whom = box(w, w(Word::with_whom), role_names(source));
  Box in = box(w, w(Word::inputs), sides.inputs), out = box(w, w(Word::outputs), sides.outputs);
  Box how = box(w, w(Word::how), methods(source)), measured = box(w, w(Word::measured_how), kpi_names(source));
  const double above = 1 + std::max(what.height, whom.height);
  const double middle = std::max({in.height, out.height, 76.0});
  const double row_2 = above + gap, row_3 = row_2 + middle + gap, second = 1 + column;
  what.x = how.x = 1 + column / 2, whom.x = measured.x = second + column / 2;
  what.y = above - what.height, whom.y = above - whom.height, how.y = measured.y = row_3;
  in.x = 1, out.x = second + column;
  in.y = row_2 + (middle - in.height) / 2, out.y = row_2 + (middle - out.height) / 2;

  layout::Page page;
  page.width = out.x + box_width + 1;
  page.height = row_3 + std::max(how.height, measured.height) + 1;
  page.window = {0, 0, page.width, page.height};
  page.title = w(Word::turtle_caption);
  for (const auto* each : {&what, &whom, &in, &out, &how, &measured}) paint(page, *each);
  page.groups.push_back(process_group(source.title, second, above, row_3, row_2, middle));

  auto drawing = std::make_shared<layout::Drawing>();
  drawing->title = w(Word::turtle_caption);
  drawing->description = source.title;
  drawing->language = w.language();
  drawing->pages.push_back(std::move(page));
  return drawing;
}

}  // namespace echoflow::documentation

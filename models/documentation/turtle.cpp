#include <algorithm>
#include <cmath>

#include "models/documentation/sections.hpp"
#include "models/layout/drawing.hpp"
#include "models/layout/text.hpp"

namespace echoflow::documentation {

namespace {

constexpr double box_width = 160;
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

}  // namespace

// Left to right: inputs, process, outputs; above: with what, with whom; below: how, how measured.
std::shared_ptr<const layout::Drawing> turtle(const Source& source) {
  const auto& w = source.words;
  const auto sides = exchange(source);
  std::vector<std::string> methods;
  for (const auto& process : source.steps.processes())
    for (const auto& step : process.steps)
      if (!step.decision && step.number.find('.') == std::string::npos) methods.push_back(step.name);
  Box above_left = box(w, w(Word::with_what), system_names(source));
  Box above_right = box(w, w(Word::with_whom), role_names(source));
  Box left = box(w, w(Word::inputs), sides.inputs), right = box(w, w(Word::outputs), sides.outputs);
  Box below_left = box(w, w(Word::how), methods), below_right = box(w, w(Word::measured_how), kpi_names(source));
  const double top = std::max(above_left.height, above_right.height);
  const double middle = std::max({left.height, right.height, 76.0});
  const double bottom = std::max(below_left.height, below_right.height);
  constexpr double gap = 26, column = 170;
  const double first = 1, second = first + column, third = second + column;
  const double row_2 = 1 + top + gap, row_3 = row_2 + middle + gap;
  const double half = column / 2;
  above_left.x = first + half, above_right.x = second + half, below_left.x = first + half,
  below_right.x = second + half;
  above_left.y = 1 + top - above_left.height, above_right.y = 1 + top - above_right.height;
  below_left.y = below_right.y = row_3;
  left.x = first, right.x = third;
  left.y = row_2 + (middle - left.height) / 2, right.y = row_2 + (middle - right.height) / 2;

  layout::Page page;
  page.width = third + box_width + 1;
  page.height = row_3 + bottom + 1;
  page.window = {0, 0, page.width, page.height};
  page.title = w(Word::turtle_caption);
  for (const auto* each : {&above_left, &above_right, &left, &right, &below_left, &below_right}) paint(page, *each);

  layout::Group group;
  group.category = "process";
  group.title = source.title;
  const double process_x = second, process_width = box_width;
  group.shapes.push_back(rectangle(process_x, row_2, process_width, middle, core));
  auto name = layout::wrap(source.title, process_width - 16, 11, true);
  if (name.size() > 5) name.resize(5);
  double y = row_2 + middle / 2 - 7 * static_cast<double>(name.size() - 1) + 4;
  for (const auto& line : name) {
    auto label = text(process_x + process_width / 2, y, line, 11, layout::Anchor::middle);
    label.bold = true;
    label.width = layout::text_width(line, 11, true);
    label.colour = layout::white;
    group.shapes.push_back(label);
    y += 14;
  }
  const double centre = row_2 + middle / 2;
  arrow(group.shapes, {left.x + box_width, centre}, {process_x, centre});
  arrow(group.shapes, {process_x + process_width, centre}, {right.x, centre});
  for (double x : {process_x + 30, process_x + process_width - 30}) {
    arrow(group.shapes, {x, 1 + top}, {x, row_2});
    arrow(group.shapes, {x, row_3}, {x, row_2 + middle});
  }
  page.groups.push_back(std::move(group));

  auto drawing = std::make_shared<layout::Drawing>();
  drawing->title = w(Word::turtle_caption);
  drawing->description = source.title;
  drawing->language = w.language();
  drawing->pages.push_back(std::move(page));
  return drawing;
}

}  // namespace echoflow::documentation

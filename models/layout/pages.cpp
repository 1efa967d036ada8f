#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <optional>

#include "models/layout/draw.hpp"
#include "models/layout/paint.hpp"
#include "models/layout/pen.hpp"
#include "models/layout/text.hpp"
#include "models/layout/words.hpp"

namespace echoflow::layout {

namespace {

constexpr double gutter = 24;  // for arrows and the names of lanes that begin on another page
constexpr double foot = 16;
constexpr double note_size = 8;
constexpr double readable = 6;   // the smallest text, as it is printed
constexpr double for_page = 40;  // more to cut through is worth another page
constexpr double through_node = 100;
constexpr double through_text = 30;
constexpr double through_line = 1;

struct Mapping {
  double scale = 1;
  double dx = 0;
  double dy = 0;
  Point operator()(Point p) const { return {p.x * scale + dx, p.y * scale + dy}; }
  Bounds operator()(const Bounds& b) const {
    return {b.x * scale + dx, b.y * scale + dy, b.width * scale, b.height * scale};
  }
};

Group mapped(Group group, const Mapping& map) {
  for (auto& shape : group.shapes) {
    if (auto* path = std::get_if<Path>(&shape)) {
      for (auto& s : path->segments) s.to = map(s.to), s.control_1 = map(s.control_1), s.control_2 = map(s.control_2);
      path->style.width *= map.scale;
    } else {
      auto& text = std::get<Text>(shape);
      text.at = map(text.at);
      text.size *= map.scale;
      text.width *= map.scale;
    }
  }
  return group;
}

std::optional<Bounds> bounds_of(const Group& group) {
  std::optional<Bounds> all;
  const auto add = [&](const Bounds& b) { all = all ? joined(*all, b) : b; };
  for (const auto& shape : group.shapes) {
    if (const auto* path = std::get_if<Path>(&shape)) {
      for (const auto& s : path->segments)
        if (s.step != Step::close) add({s.to.x, s.to.y, 0, 0});
    } else {
      const auto& text = std::get<Text>(shape);
      const double reach = std::max(text.width, text.size);
      add({text.at.x - reach, text.at.y - text.size, 2 * reach, 2 * text.size});
    }
  }
  return all;
}

/// What is cut through at each whole point of one axis.
class CutCosts {
 public:
  explicit CutCosts(double extent) : change_(static_cast<std::size_t>(std::clamp(extent, 0.0, 2e6)) + 3, 0) {}
  void add(double from, double to, double cost) {
    if (to <= from) return;
    change_[index(from)] += cost;
    change_[index(to) + 1] -= cost;
  }
  /// Places of the cuts, the ends of the extent among them: little is cut through, and there are few pages. A place
  /// after another, the cheapest way there over the last `page` places (a sliding minimum).
  std::vector<double> cuts(double extent, double page) const {
    const auto end = index(std::ceil(extent));
    const auto reach = static_cast<std::size_t>(std::max(1.0, std::floor(page)));
    std::vector<double> least(end + 1, 0);
    std::vector<std::size_t> from(end + 1, 0);
    std::deque<std::size_t> best{0};
    double through = change_[0];
    for (std::size_t at = 1; at <= end; ++at) {
      through += change_[at];
      while (best.front() + reach < at) best.pop_front();
      from[at] = best.front();
      least[at] = least[best.front()] + for_page + (at == end ? 0 : through);
      while (!best.empty() && least[best.back()] >= least[at]) best.pop_back();
      best.push_back(at);
    }
    std::vector<double> result = {extent};
    for (auto at = from[end]; at > 0; at = from[at]) result.push_back(static_cast<double>(at));
    if (extent > 0) result.push_back(0);
    std::reverse(result.begin(), result.end());
    return result;
  }

 private:
  std::size_t index(double v) const {
    return static_cast<std::size_t>(std::clamp(v, 0.0, static_cast<double>(change_.size() - 2)));
  }
  std::vector<double> change_;
};

class Paginator {
 public:
  Paginator(const Drawing& drawing, const Diagram& diagram, const PageOptions& options)
      : drawing_(drawing), source_(drawing.pages.front()), diagram_(diagram), o_(options) {}

  Drawing run() {
    result_.title = drawing_.title;
    result_.description = drawing_.description;
    result_.language = drawing_.language;
    const double width = std::max(50.0, o_.width - 2 * o_.margin);
    const double height = std::max(50.0, o_.height - 2 * o_.margin - foot);
    const double whole = std::min({1.0, width / source_.width, height / source_.height});
    scale_ = std::clamp(readable / smallest_text(), o_.smallest_scale, 1.0);
    if (whole >= scale_) {
      add_whole(whole, drawing_.title);
      return std::move(result_);
    }
    find_cuts((width - 2 * gutter) / scale_, (height - 2 * gutter) / scale_);
    for (const auto& group : source_.groups) extents_.push_back(bounds_of(group));
    number_pages();
    add_overview(whole);
    for (std::size_t r = 0; r + 1 < ys_.size(); ++r)
      for (std::size_t c = 0; c + 1 < xs_.size(); ++c)
        if (number_.contains({r, c})) add_part(r, c);
    return std::move(result_);
  }

 private:
  double smallest_text() const {
    double smallest = font_size;
    for (const auto& group : source_.groups)
      for (const auto& shape : group.shapes)
        if (const auto* text = std::get_if<Text>(&shape)) smallest = std::min(smallest, text->size);
    return std::max(1.0, smallest);
  }

  std::string_view word(words::Word w) const { return words::word(w, o_.language); }

  Page sheet(std::string title) const {
    Page page;
    page.width = o_.width;
    page.height = o_.height;
    page.window = {0, 0, o_.width, o_.height};
    page.title = std::move(title);
    return page;
  }

  void add_whole(double scale, const std::string& title) {
    auto page = sheet(title);
    const Mapping map{scale, o_.margin + (o_.width - 2 * o_.margin - source_.width * scale) / 2, o_.margin};
    for (const auto& group : source_.groups) page.groups.push_back(mapped(group, map));
    result_.pages.push_back(std::move(page));
  }

  void find_cuts(double width, double height) {
    CutCosts across(source_.width);
    CutCosts down(source_.height);
    const auto add = [&](const Bounds& b, double cost) {
      across.add(b.x - 4, right(b) + 4, cost);
      down.add(b.y - 4, bottom(b) + 4, cost);
    };
    for (const auto& node : diagram_.nodes) {
      if (!node.open) add(node.bounds, through_node);
      if (!node.label.lines.empty()) add(node.label.bounds, through_text);
    }
    for (const auto& edge : diagram_.edges) {
      if (!edge.label.lines.empty()) add(edge.label.bounds, through_text);
      for (std::size_t i = 1; i < edge.points.size(); ++i) {
        const auto& a = edge.points[i - 1];
        const auto& b = edge.points[i];
        add({std::min(a.x, b.x) + 5, std::min(a.y, b.y) + 5, std::abs(a.x - b.x) - 10, std::abs(a.y - b.y) - 10},
            through_line);
      }
    }
    for (const auto& pool : diagram_.pools) down.add(pool.bounds.y - 1, bottom(pool.bounds) + 1, 3 * through_line);
    xs_ = across.cuts(source_.width, width);
    ys_ = down.cuts(source_.height, height);
  }

  Bounds cell(std::size_t r, std::size_t c) const { return {xs_[c], ys_[r], xs_[c + 1] - xs_[c], ys_[r + 1] - ys_[r]}; }

  static bool is_frame(const Group& group) { return group.category == "pool" || group.category == "lane"; }

  /// Parts that hold nothing but frames have no page.
  void number_pages() {
    std::size_t next = 2;
    for (std::size_t r = 0; r + 1 < ys_.size(); ++r)
      for (std::size_t c = 0; c + 1 < xs_.size(); ++c) {
        const auto window = cell(r, c);
        for (std::size_t g = 0; g < source_.groups.size(); ++g)
          if (!is_frame(source_.groups[g]) && extents_[g] && overlap(grown(*extents_[g], 0.5), window)) {
            number_[{r, c}] = next++;
            break;
          }
      }
    count_ = next - 1;
  }

  static Text note(Point at, std::string text, Anchor anchor, double size) {
    Text result{at, std::move(text), size, anchor};
    result.width = text_width(result.text, size);
    result.colour = palette::grey;
    return result;
  }

  void add_foot(Page& page, std::size_t number) const {
    Group group{"", "page", "", "", {}};
    const auto text = drawing_.title + " – " + std::string(word(words::Word::page)) + " " + std::to_string(number) +
                      " / " + std::to_string(count_);
    group.shapes.emplace_back(note({o_.width / 2, o_.height - o_.margin + 2}, text, Anchor::middle, note_size));
    page.groups.push_back(std::move(group));
  }

  void add_overview(double scale) {
    add_whole(scale, drawing_.title + " – " + std::string(word(words::Word::overview)));
    auto& page = result_.pages.back();
    const Mapping map{scale, o_.margin + (o_.width - 2 * o_.margin - source_.width * scale) / 2, o_.margin};
    Group group{"", "page", "", "", {}};
    for (const auto& [place, number] : number_) {
      const auto box = map(cell(place.first, place.second));
      group.shapes.emplace_back(pen::box(box, 0, {palette::taken, std::nullopt, 0.7, Dash::dashed}));
      const auto text = std::to_string(number);
      const double width = text_width(text, 10, true) + 8;
      const Bounds tag{right(box) - width, bottom(box) - 14, width, 14};
      group.shapes.emplace_back(pen::box(tag, 2, {std::nullopt, palette::taken, 0}));
      Text label{{middle(tag).x, tag.y + 10.5}, text, 10, Anchor::middle, width - 8, true};
      label.colour = white;
      group.shapes.emplace_back(std::move(label));
    }
    page.groups.push_back(std::move(group));
    add_foot(page, 1);
  }

  void add_part(std::size_t r, std::size_t c) {
    const auto number = number_.at({r, c});
    auto page = sheet(drawing_.title + " – " + std::string(word(words::Word::page)) + " " + std::to_string(number));
    const auto window = cell(r, c);
    const double left = o_.margin + gutter;
    const double top = o_.margin + gutter;
    const Mapping map{scale_, left - window.x * scale_, top - window.y * scale_};
    page.window = map(window);
    for (std::size_t g = 0; g < source_.groups.size(); ++g)
      if (extents_[g] && overlap(grown(*extents_[g], 2), window)) page.groups.push_back(mapped(source_.groups[g], map));
    Group furniture{"", "page", "", "", {}};
    add_names(window, map, furniture);
    add_arrows(r, c, map, furniture);
    page.groups.push_back(std::move(furniture));
    add_foot(page, number);
    result_.pages.push_back(std::move(page));
  }

  /// The names of pools and lanes whose heads stand on another page.
  void add_names(const Bounds& window, const Mapping& map, Group& to) const {
    const auto add = [&](const Bounds& frame, const Bounds& head, const Label& label) {
      if (right(head) > window.x || frame.x >= right(window) || right(frame) <= window.x || head.width > head.height)
        return;
      const double from = std::max(frame.y, window.y);
      const double until = std::min(bottom(frame), bottom(window));
      std::string text;
      for (const auto& line : label.lines) text += (text.empty() ? "" : " ") + line;
      if (until - from < 30 || text.empty()) return;
      const auto box = map(Bounds{window.x, from, 0, until - from});
      const auto fitted = fit(text, box.height - 4, note_size * 1.3, note_size, 5);
      if (fitted.lines.empty()) return;
      auto result = note({box.x - 8, middle(box).y}, fitted.lines.front(), Anchor::middle, fitted.size);
      result.upwards = true;
      to.shapes.emplace_back(std::move(result));
    };
    for (const auto& lane : diagram_.lanes) add(lane.bounds, lane.label.bounds, lane.label);
    if (diagram_.lanes.empty())
      for (const auto& pool : diagram_.pools) add(pool.bounds, pool.label.bounds, pool.label);
  }

  /// Where a line leaves the page or comes from another one.
  void add_arrows(std::size_t r, std::size_t c, const Mapping& map, Group& to) const {
    const auto window = cell(r, c);
    for (const auto& edge : diagram_.edges)
      for (std::size_t i = 1; i < edge.points.size(); ++i) {
        const auto a = edge.points[i - 1];
        const auto b = edge.points[i];
        side_arrow(a, b, right(window), r, c + 1, c + 2 < xs_.size(), 1, window, map, to);
        side_arrow(a, b, window.x, r, c - 1, c > 0, -1, window, map, to);
        edge_arrow(a, b, bottom(window), r + 1, c, r + 2 < ys_.size(), 1, window, map, to);
        edge_arrow(a, b, window.y, r - 1, c, r > 0, -1, window, map, to);
      }
  }

  void flag(Point at, double dx, double dy, std::size_t r, std::size_t c, Group& to) const {
    const auto number = number_.find({r, c});
    if (number == number_.end()) return;
    const auto turned = [&](double along, double aside) {
      return Point{at.x + along * dx - aside * dy, at.y + along * dy + aside * dx};
    };
    to.shapes.emplace_back(
        pen::polygon({turned(1, -4), turned(7, 0), turned(1, 4)}, {palette::taken, palette::taken, 0.6}));
    const auto centre = turned(14, 0);
    auto text = note({centre.x, centre.y + 2.8}, std::to_string(number->second), Anchor::middle, note_size);
    text.colour = palette::taken;
    text.bold = true;
    text.width = text_width(text.text, note_size, true);
    to.shapes.emplace_back(std::move(text));
  }

  void side_arrow(Point a, Point b, double x, std::size_t r, std::size_t c, bool there, double out,
                  const Bounds& window, const Mapping& map, Group& to) const {
    if (!there || (a.x < x) == (b.x < x)) return;
    const double y = a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x);
    if (y >= window.y && y <= bottom(window)) flag(map(Point{x, y}), out, 0, r, c, to);
  }
  void edge_arrow(Point a, Point b, double y, std::size_t r, std::size_t c, bool there, double out,
                  const Bounds& window, const Mapping& map, Group& to) const {
    if (!there || (a.y < y) == (b.y < y)) return;
    const double x = a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y);
    if (x >= window.x && x <= right(window)) flag(map(Point{x, y}), 0, out, r, c, to);
  }

  const Drawing& drawing_;
  const Page& source_;
  const Diagram& diagram_;
  const PageOptions& o_;
  Drawing result_;
  double scale_ = 1;
  std::vector<double> xs_;
  std::vector<double> ys_;
  std::vector<std::optional<Bounds>> extents_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> number_;
  std::size_t count_ = 1;
};

}  // namespace

Drawing on_pages(const Drawing& drawing, const Diagram& diagram, const PageOptions& options) {
  if (drawing.pages.size() != 1) return drawing;
  return Paginator(drawing, diagram, options).run();
}

}  // namespace echoflow::layout

#include "models/layout/pen.hpp"

#include <algorithm>
#include <charconv>

namespace echoflow::layout::pen {

namespace {

constexpr double roundness = 0.5522847498;  // of a quarter circle as a Bézier curve
constexpr double sign_size = 24;

Segment move(double x, double y) {
  return {Step::move, {x, y}, {}, {}};
}
Segment to(double x, double y) {
  return {Step::line, {x, y}, {}, {}};
}
Segment curve(Point a, Point b, Point end) {
  return {Step::curve, end, a, b};
}
Segment close() {
  return {Step::close, {}, {}, {}};
}

void add_circle(Point c, double r, std::vector<Segment>& segments) {
  const double k = r * roundness;
  segments.push_back(move(c.x + r, c.y));
  segments.push_back(curve({c.x + r, c.y + k}, {c.x + k, c.y + r}, {c.x, c.y + r}));
  segments.push_back(curve({c.x - k, c.y + r}, {c.x - r, c.y + k}, {c.x - r, c.y}));
  segments.push_back(curve({c.x - r, c.y - k}, {c.x - k, c.y - r}, {c.x, c.y - r}));
  segments.push_back(curve({c.x + k, c.y - r}, {c.x + r, c.y - k}, {c.x + r, c.y}));
  segments.push_back(close());
}

class SignReader {
 public:
  SignReader(std::string_view text, const Bounds& place) : text_(text), place_(place) {}

  std::vector<Segment> run() {
    while (skip_spaces()) {
      const char command = text_.front();
      text_.remove_prefix(1);
      switch (command) {
        case 'M': {
          const auto p = point();
          segments_.push_back(move(p.x, p.y));
          break;
        }
        case 'L': {
          const auto p = point();
          segments_.push_back(to(p.x, p.y));
          break;
        }
        case 'C': {
          const auto a = point();
          const auto b = point();
          segments_.push_back(curve(a, b, point()));
          break;
        }
        case 'O': {
          const auto c = point();
          add_circle(c, number() * place_.width / sign_size, segments_);
          break;
        }
        case 'Z':
          segments_.push_back(close());
          break;
        default:
          return std::move(segments_);
      }
    }
    return std::move(segments_);
  }

 private:
  bool skip_spaces() {
    while (!text_.empty() && text_.front() == ' ') text_.remove_prefix(1);
    return !text_.empty();
  }
  double number() {
    skip_spaces();
    double value = 0;
    const auto end = std::from_chars(text_.data(), text_.data() + text_.size(), value).ptr;
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return value;
  }
  Point point() {
    const double x = number();
    const double y = number();
    return {place_.x + x * place_.width / sign_size, place_.y + y * place_.height / sign_size};
  }

  std::string_view text_;
  const Bounds& place_;
  std::vector<Segment> segments_;
};

}  // namespace

Path box(const Bounds& b, double radius, const Style& style) {
  Path path{{}, style};
  auto& s = path.segments;
  const double r = std::max(0.0, std::min({radius, b.width / 2, b.height / 2}));
  if (r == 0) {
    s = {move(b.x, b.y), to(right(b), b.y), to(right(b), bottom(b)), to(b.x, bottom(b)), close()};
    return path;
  }
  const double k = r * (1 - roundness);
  const double x1 = right(b);
  const double y1 = bottom(b);
  s = {move(b.x + r, b.y),
       to(x1 - r, b.y),
       curve({x1 - k, b.y}, {x1, b.y + k}, {x1, b.y + r}),
       to(x1, y1 - r),
       curve({x1, y1 - k}, {x1 - k, y1}, {x1 - r, y1}),
       to(b.x + r, y1),
       curve({b.x + k, y1}, {b.x, y1 - k}, {b.x, y1 - r}),
       to(b.x, b.y + r),
       curve({b.x, b.y + k}, {b.x + k, b.y}, {b.x + r, b.y}),
       close()};
  return path;
}

Path circle(Point centre, double radius, const Style& style) {
  Path path{{}, style};
  add_circle(centre, radius, path.segments);
  return path;
}

Path line(const std::vector<Point>& points, const Style& style) {
  Path path{{}, style};
  for (const auto& p : points) path.segments.push_back(path.segments.empty() ? move(p.x, p.y) : to(p.x, p.y));
  return path;
}

Path polygon(const std::vector<Point>& points, const Style& style) {
  auto path = line(points, style);
  if (!points.empty()) path.segments.push_back(close());
  return path;
}

Path sign(std::string_view description, const Bounds& place, const Style& style) {
  return {SignReader(description, place).run(), style};
}

}  // namespace echoflow::layout::pen

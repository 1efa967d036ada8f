#include <algorithm>

#include "models/layout/paint.hpp"
#include "models/layout/pen.hpp"
#include "models/layout/signs.hpp"

namespace echoflow::layout {

namespace {

using graph::ActivityKind;

constexpr double icon_size = 15;
constexpr double marker_size = 13;

class SymbolPainter {
 public:
  SymbolPainter(const graph::Node& node, const PlacedNode& placed, bool ran, std::vector<Shape>& shapes)
      : node_(node), b_(placed.bounds), open_(placed.open), ran_(ran), shapes_(shapes), sign_(cx_sign(node)) {}

  // BPMN 2.0 §10.3 (activities)
  void operator()(const graph::Activity& activity) {
    const bool call = activity.kind == ActivityKind::call_activity;
    const bool event = activity.kind == ActivityKind::event_sub_process;
    Style style{palette::line, fill(white), call ? 3.2 : 1.2, event ? Dash::dotted : Dash::solid};
    if (open_) style.fill = white;
    add(pen::box(b_, 8, style));
    if (activity.kind == ActivityKind::transaction) add(pen::box(grown(b_, -3), 6, {palette::line, std::nullopt, 1.0}));
    const double icon = std::min(icon_size, b_.height / 4);
    const Bounds corner{b_.x + 5, b_.y + 4, icon, icon};
    if (sign_ != CxSign::none) {
      put(signs::of(sign_), corner, Style{palette::cx, palette::cx_fill, 1.1});
    } else if (const auto picture = signs::of(activity.kind); !picture.empty()) {
      if (activity.kind == ActivityKind::send_task)
        put_filled_envelope(corner);
      else
        put(picture, corner, Style{palette::line, white, 1});
      if (activity.kind == ActivityKind::receive_task && activity.instantiate)
        add(pen::circle(middle(corner), icon * 0.72, {palette::line, std::nullopt, 1}));
    }
    markers(activity);
  }

  // BPMN 2.0 §10.5 (events)
  void operator()(const graph::Event& event) {
    const bool start = event.position == graph::EventPosition::start;
    const bool end = event.position == graph::EventPosition::end;
    const auto colour = start ? palette::start : end ? palette::end : palette::middle;
    const auto ground = start ? palette::start_fill : end ? palette::end_fill : palette::middle_fill;
    const bool passing = (start || event.position == graph::EventPosition::boundary) && !event.interrupting;
    const auto dash = passing ? Dash::dashed : Dash::solid;
    const double r = b_.width / 2;
    const auto c = middle(b_);
    const double thick = end ? 3 : 1.4;
    add(pen::circle(c, r - thick / 2, {colour, fill(sign_ == CxSign::none ? ground : palette::cx_fill), thick, dash}));
    if (!start && !end) add(pen::circle(c, r - 4, {colour, std::nullopt, 1.2, dash}));
    const bool throws = end || event.position == graph::EventPosition::intermediate_throw;
    const double size = r * 1.08;
    const Bounds place{c.x - size / 2, c.y - size / 2, size, size};
    event_sign(event, throws, colour, place);
  }

  // BPMN 2.0 §10.6 (gateways)
  void operator()(const graph::Gateway& gateway) {
    const auto c = middle(b_);
    add(pen::polygon({{c.x, b_.y}, {right(b_), c.y}, {c.x, bottom(b_)}, {b_.x, c.y}},
                     {palette::middle, fill(palette::gateway_fill), 1.4}));
    const double size = b_.width * 0.46;
    const Bounds place{c.x - size / 2, c.y - size / 2, size, size};
    const Style solid{std::nullopt, palette::line, 1};
    switch (gateway.kind) {
      case graph::GatewayKind::exclusive:
        put(signs::exclusive, grown(place, -size * 0.08), solid);
        break;
      case graph::GatewayKind::parallel:
        put(signs::parallel, place, solid);
        break;
      case graph::GatewayKind::inclusive:
        put(signs::inclusive, place, {palette::line, std::nullopt, 2.4});
        break;
      case graph::GatewayKind::complex:
        put(signs::complex, place, {palette::line, std::nullopt, 2.8});
        break;
      case graph::GatewayKind::event_based:
        add(pen::circle(c, size * 0.56, {palette::line, std::nullopt, 1}));
        if (!gateway.instantiate) add(pen::circle(c, size * 0.46, {palette::line, std::nullopt, 1}));
        put(gateway.parallel_events ? signs::parallel_multiple : signs::multiple, grown(place, -size * 0.2),
            {palette::line, std::nullopt, 1});
        break;
    }
  }

  void operator()(const graph::Data& data) {
    if (data.kind == graph::DataKind::store || data.kind == graph::DataKind::store_reference) return store();
    const double fold = std::min(10.0, b_.width / 3);
    const double x1 = right(b_);
    const double y1 = bottom(b_);
    const Style style{palette::line, fill(white), 1.2};
    if (data.kind == graph::DataKind::document) {
      document(style);
      return;
    }
    add(pen::polygon({{b_.x, b_.y}, {x1 - fold, b_.y}, {x1, b_.y + fold}, {x1, y1}, {b_.x, y1}}, style));
    add(pen::line({{x1 - fold, b_.y}, {x1 - fold, b_.y + fold}, {x1, b_.y + fold}},
                  {palette::line, std::nullopt, 1.2}));
    const Bounds arrow{b_.x + 4, b_.y + 4, 13, 13};
    if (data.kind == graph::DataKind::input) put(signs::of(graph::EventType::link), arrow, {palette::line, white, 1});
    if (data.kind == graph::DataKind::output)
      put(signs::of(graph::EventType::link), arrow, {palette::line, palette::line, 1});
    if (data.collection)
      put(signs::multi_parallel, {middle(b_).x - 6, y1 - 13, 12, 12}, {palette::line, std::nullopt, 1.8});
  }

  void operator()(const graph::Role& role) {
    if (role.kind == graph::RoleKind::organisation) {
      add(pen::box(b_, b_.height / 2, {palette::line, fill(white), 1.2}));
      add(pen::line({{b_.x + 6, b_.y + 4}, {b_.x + 6, bottom(b_) - 4}}, {palette::line, std::nullopt, 1.2}));
      return;
    }
    put(signs::person, inner_square(), {palette::line, fill(white), 1.2});
  }
  void operator()(const graph::System&) { put(signs::system, inner_square(), {palette::line, fill(white), 1.2}); }
  void operator()(const graph::Kpi&) {
    add(pen::box(b_, 4, {palette::cx, fill(palette::cx_fill), 1.2}));
    put(signs::chart, grown(inner_square(), -4), {palette::cx, std::nullopt, 2});
  }
  void operator()(const graph::Risk&) {
    put(signs::warning, inner_square(), {palette::end, fill(palette::end_fill), 1.6});
  }
  void operator()(const graph::Note&) {
    add(pen::line({{b_.x + 8, b_.y}, {b_.x, b_.y}, {b_.x, bottom(b_)}, {b_.x + 8, bottom(b_)}},
                  {palette::line, std::nullopt, 1.2}));
  }
  void operator()(const graph::Group&) { add(pen::box(b_, 8, {palette::grey, std::nullopt, 1.4, Dash::dash_dotted})); }

 private:
  Colour fill(Colour usual) const { return ran_ ? palette::ran_fill : usual; }
  void add(Path path) { shapes_.emplace_back(std::move(path)); }
  void put(std::string_view picture, const Bounds& place, const Style& style) { add(pen::sign(picture, place, style)); }

  Bounds inner_square() const {
    const double size = std::min(b_.width, b_.height);
    const auto c = middle(b_);
    return {c.x - size / 2, c.y - size / 2, size, size};
  }

  void put_filled_envelope(const Bounds& place) {
    put("M2 5 L22 5 L22 19 L2 19 Z", place, {palette::line, palette::line, 1});
    put("M2 5 L12 13 L22 5", place, {white, std::nullopt, 1.2});
  }

  void event_sign(const graph::Event& event, bool throws, Colour colour, const Bounds& place) {
    if (sign_ != CxSign::none) {
      put(signs::of(sign_), place, {palette::cx, white, 1.2});
      return;
    }
    if (event.definitions.empty()) return;
    if (event.definitions.size() > 1) {
      const Style style{colour, throws ? std::optional(colour) : std::nullopt, 1.3};
      put(event.parallel_multiple ? signs::parallel_multiple : signs::multiple, place, style);
      return;
    }
    const auto type = event.definitions.front().type;
    if (type == graph::EventType::message && throws) {
      put("M2 5 L22 5 L22 19 L2 19 Z", place, {colour, colour, 1});
      put("M2 5 L12 13 L22 5", place, {white, std::nullopt, 1.3});
      return;
    }
    const bool filled = throws && signs::can_be_filled(type);
    put(signs::of(type), place, {colour, filled ? colour : white, 1.3});
  }

  // BPMN 2.0 §10.3.8 and Table 10.3: loop or multi-instance, compensation, ad hoc, and the sub-process's sign.
  void markers(const graph::Activity& activity) {
    std::vector<std::pair<std::string_view, Style>> marks;
    const Style stroke{palette::line, std::nullopt, 1.4};
    const Style bars{palette::line, std::nullopt, 2};
    switch (activity.loop.kind) {
      case graph::LoopKind::none:
        break;
      case graph::LoopKind::standard:
        marks.emplace_back(signs::loop, stroke);
        break;
      case graph::LoopKind::multi_parallel:
        marks.emplace_back(signs::multi_parallel, bars);
        break;
      case graph::LoopKind::multi_sequential:
        marks.emplace_back(signs::multi_sequential, bars);
        break;
    }
    if (activity.for_compensation) marks.emplace_back(signs::compensation, Style{palette::line, white, 1.2});
    if (is_sub_process(node_) && !open_) marks.emplace_back(signs::collapsed, Style{palette::line, white, 1.2});
    if (activity.kind == ActivityKind::ad_hoc_sub_process)
      marks.emplace_back(signs::ad_hoc, Style{palette::line, palette::line, 0.6});
    const double size = std::min(marker_size, b_.height / 5);
    double x = middle(b_).x - (static_cast<double>(marks.size()) * (size + 3) - 3) / 2;
    for (const auto& [picture, style] : marks) {
      put(picture, {x, bottom(b_) - size - 3, size, size}, style);
      x += size + 3;
    }
  }

  void store() {
    const double h = std::min(8.0, b_.height / 5);
    const double x1 = right(b_);
    const double y0 = b_.y + h;
    const double y1 = bottom(b_) - h;
    const auto half = [&](double y, double bend) {
      return Segment{Step::curve, {x1, y}, {b_.x, y + bend}, {x1, y + bend}};
    };
    Path body{{{Step::move, {b_.x, y0}, {}, {}},
               half(y0, -1.35 * h),
               {Step::line, {x1, y1}, {}, {}},
               {Step::curve, {b_.x, y1}, {x1, y1 + 1.35 * h}, {b_.x, y1 + 1.35 * h}},
               {Step::close, {}, {}, {}}},
              {palette::line, fill(white), 1.2}};
    add(std::move(body));
    for (const double y : {y0, y0 + h * 0.7})
      add({{{Step::move, {b_.x, y}, {}, {}}, half(y, 1.35 * h)}, {palette::line, std::nullopt, 1.2}});
  }

  void document(const Style& style) {
    const double x1 = right(b_);
    const double y1 = bottom(b_) - b_.height * 0.12;
    const double w = b_.height * 0.16;
    add({{{Step::move, {b_.x, b_.y}, {}, {}},
          {Step::line, {x1, b_.y}, {}, {}},
          {Step::line, {x1, y1}, {}, {}},
          {Step::curve, {b_.x, y1}, {x1 - b_.width * 0.4, y1 - w}, {b_.x + b_.width * 0.4, y1 + 2 * w}},
          {Step::close, {}, {}, {}}},
         style});
  }

  const graph::Node& node_;
  const Bounds& b_;
  bool open_;
  bool ran_;
  std::vector<Shape>& shapes_;
  CxSign sign_;
};

}  // namespace

void paint_symbol(const graph::Node& node, const PlacedNode& placed, bool ran, std::vector<Shape>& shapes) {
  std::visit(SymbolPainter(node, placed, ran, shapes), node.detail);
}

}  // namespace echoflow::layout

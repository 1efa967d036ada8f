#include "models/layout/draw.hpp"

#include <algorithm>

#include "models/layout/members.hpp"
#include "models/layout/paint.hpp"
#include "models/layout/pen.hpp"
#include "models/layout/text.hpp"
#include "models/layout/words.hpp"

namespace echoflow::layout {

namespace {

using graph::NodeIndex;
using words::Word;

std::string titled(std::string type, std::string_view name) {
  if (!name.empty()) type += ": " + std::string(name);
  return type;
}

std::string_view category(const graph::Node& node) {
  struct Category {
    std::string_view operator()(const graph::Activity& a) const {
      return a.body == graph::none ? "task" : "sub-process";
    }
    std::string_view operator()(const graph::Event&) const { return "event"; }
    std::string_view operator()(const graph::Gateway&) const { return "gateway"; }
    std::string_view operator()(const graph::Data&) const { return "data"; }
    std::string_view operator()(const graph::Role&) const { return "role"; }
    std::string_view operator()(const graph::System&) const { return "system"; }
    std::string_view operator()(const graph::Kpi&) const { return "kpi"; }
    std::string_view operator()(const graph::Risk&) const { return "risk"; }
    std::string_view operator()(const graph::Note&) const { return "note"; }
    std::string_view operator()(const graph::Group&) const { return "group"; }
  };
  return std::visit(Category{}, node.detail);
}

class Painter {
 public:
  Painter(const graph::ProcessGraph& graph, const Diagram& diagram, const DrawOptions& options)
      : graph_(graph), diagram_(diagram), options_(options), ran_(graph.node_count(), false) {}

  Drawing run() {
    find_what_ran();
    Drawing drawing;
    drawing.language = options_.language;
    drawing.title = titled(std::string(word(Word::diagram)), name_of_all());
    for (const auto& container : graph_.containers)
      if (container.parent == graph::none && drawing.description.empty())
        drawing.description = container.documentation.in(options_.language);
    page_.width = diagram_.width;
    page_.height = diagram_.height;
    page_.window = {0, 0, page_.width, page_.height};
    for (const auto& pool : diagram_.pools) add_pool(pool);
    for (const auto& lane : diagram_.lanes) add_lane(lane);
    for (const auto& node : diagram_.nodes)
      if (node.open) add_node(node);
    for (const auto& edge : diagram_.edges) add_edge(edge);
    for (const auto& node : diagram_.nodes)
      if (!node.open) add_node(node);
    page_.title = drawing.title;
    drawing.pages.push_back(std::move(page_));
    return drawing;
  }

 private:
  std::string_view word(Word w) const { return words::word(w, options_.language); }

  std::string name_of_all() const {
    std::string name(graph_.name.in(options_.language));
    for (const auto& container : graph_.containers)
      if (name.empty() && container.parent == graph::none) name = container.name.in(options_.language);
    for (const auto& participant : graph_.participants)
      if (name.empty()) name = participant.name.in(options_.language);
    return name;
  }

  const Figures* figures(const std::string& id) const {
    const auto it = options_.figures.find(id);
    return it == options_.figures.end() || it->second.entered == 0 ? nullptr : &it->second;
  }

  /// Gateways and plain events leave no record of their own where they only pass the flow on: one ran if something
  /// before it and something behind it did.
  void find_what_ran() {
    if (options_.figures.empty()) return;
    std::vector<bool> silent(graph_.node_count(), false);
    for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
      const auto& node = graph_.node(n);
      ran_[n] = figures(node.id) != nullptr;
      silent[n] =
          !ran_[n] && (node.as<graph::Gateway>() || (node.as<graph::Event>() && !options_.figures.contains(node.id)));
    }
    const auto reach = [&](bool forward) {
      auto seen = ran_;
      std::vector<NodeIndex> open;
      for (NodeIndex n = 0; n < graph_.node_count(); ++n)
        if (seen[n] || (silent[n] && (forward ? graph_.incoming(n) : graph_.outgoing(n)).empty()))
          open.push_back(n), seen[n] = true;
      while (!open.empty()) {
        const auto n = open.back();
        open.pop_back();
        for (const auto f : forward ? graph_.outgoing(n) : graph_.incoming(n)) {
          const auto next = forward ? graph_.target(f) : graph_.source(f);
          if (silent[next] && !seen[next]) seen[next] = true, open.push_back(next);
        }
      }
      return seen;
    };
    const auto after = reach(true);
    const auto before = reach(false);
    for (NodeIndex n = 0; n < graph_.node_count(); ++n)
      if (silent[n] && after[n] && before[n]) {
        // A boundary event that is silent did not happen.
        const auto* event = graph_.node(n).as<graph::Event>();
        ran_[n] = !event || event->position != graph::EventPosition::boundary;
      }
  }

  bool was_taken(graph::FlowIndex f) const {
    if (options_.taken.contains(graph_.flow(f).id)) return true;
    return ran_[graph_.source(f)] && ran_[graph_.target(f)];
  }

  Group group(std::string element, std::string_view kind, std::string title) const {
    return {std::move(element), std::string(kind), std::move(title), {}, {}};
  }

  void add_pool(const PlacedPool& pool) {
    const auto& participant = graph_.participants[pool.participant];
    auto g =
        group(participant.id, "pool", titled(std::string(word(Word::pool)), participant.name.in(options_.language)));
    g.description = participant.documentation.in(options_.language);
    const bool black = pool.label.bounds == pool.bounds;
    const bool upright = pool.label.bounds.width < 0.4 * pool.label.bounds.height;
    g.shapes.emplace_back(pen::box(pool.bounds, 0, {palette::line, black ? palette::pool_head : white, 1.4}));
    if (!black) g.shapes.emplace_back(pen::box(pool.label.bounds, 0, {palette::line, palette::pool_head, 1.4}));
    if (participant.maximum > 1) {
      const auto c = middle(pool.bounds);
      g.shapes.emplace_back(pen::sign("M6 3 L6 21 M12 3 L12 21 M18 3 L18 21",
                                      {c.x - 7, bottom(pool.bounds) - 17, 14, 14}, {palette::line, std::nullopt, 2}));
    }
    const bool level_text =
        black ? !upright || pool.bounds.width > 60 : pool.label.bounds.width > pool.label.bounds.height;
    paint_label(pool.label, true, !level_text, false, g.shapes);
    page_.groups.push_back(std::move(g));
  }

  void add_lane(const PlacedLane& lane) {
    const auto& node = graph_.node(lane.node);
    auto g = group(node.id, "lane", titled(words::type_name(node, options_.language), node.name.in(options_.language)));
    g.description = node.documentation.in(options_.language);
    g.shapes.emplace_back(pen::box(lane.bounds, 0, {palette::line, std::nullopt, 1}));
    g.shapes.emplace_back(pen::box(lane.label.bounds, 0, {palette::line, palette::lane_head, 1}));
    paint_label(lane.label, true, lane.label.bounds.width <= lane.label.bounds.height, false, g.shapes);
    page_.groups.push_back(std::move(g));
  }

  void add_node(const PlacedNode& placed) {
    const auto& node = graph_.node(placed.node);
    auto g = group(node.id, category(node),
                   titled(words::type_name(node, options_.language), caption(node, options_.language)));
    g.description = node.documentation.in(options_.language);
    paint_symbol(node, placed, ran_[placed.node], g.shapes);
    const bool note = node.as<graph::Note>() || node.as<graph::Group>();
    paint_label(placed.label, !note, false, placed.open, g.shapes);
    if (options_.highlighted.contains(node.id))
      g.shapes.emplace_back(pen::box(grown(placed.bounds, 4), 10, {palette::finding, std::nullopt, 2.5, Dash::dashed}));
    if (const auto* f = figures(node.id)) add_figures(*f, placed.bounds, g);
    page_.groups.push_back(std::move(g));
  }

  /// Badges along the upper edge: how often, how many are running, how many faults.
  void add_figures(const Figures& f, const Bounds& b, Group& g) const {
    const auto say = [&](std::uint64_t count, Word what) {
      return std::to_string(count) + " " + std::string(word(what));
    };
    g.title += ", " + say(f.entered, Word::runs);
    if (f.running) g.title += ", " + say(f.running, Word::running);
    if (f.faulted) g.title += ", " + say(f.faulted, Word::faults);
    double x = right(b) + 4;
    const auto badge = [&](std::uint64_t count, Colour ground, Colour ink) {
      Text text{{}, std::to_string(count), 9, Anchor::middle, 0, true};
      text.width = text_width(text.text, text.size, true);
      text.colour = ink;
      const double width = std::max(16.0, text.width + 8);
      x -= width;
      const Bounds place{x, b.y - 8, width, 15};
      text.at = {middle(place).x, place.y + 10.7};
      g.shapes.emplace_back(pen::box(place, 7.5, {ink == white ? ground : ink, ground, 1}));
      g.shapes.emplace_back(std::move(text));
      x -= 2;
    };
    badge(f.entered, palette::taken, white);
    if (f.running) badge(f.running, palette::running, black);
    if (f.faulted) badge(f.faulted, palette::faulted, white);
  }

  void add_edge(const PlacedEdge& edge) {
    auto g = group("", "flow", "");
    bool taken = false;
    switch (edge.kind) {
      case EdgeKind::flow: {
        const auto f = static_cast<graph::FlowIndex>(edge.index);
        g.element = graph_.flow(f).id;
        g.title = titled(std::string(word(Word::sequence_flow)), graph_.flow(f).name.in(options_.language));
        taken = was_taken(f);
        break;
      }
      case EdgeKind::message:
        g.element = graph_.message_flows[edge.index].id;
        g.category = "message-flow";
        g.title =
            titled(std::string(word(Word::message_flow)), graph_.message_flows[edge.index].name.in(options_.language));
        break;
      case EdgeKind::relation:
        g.element = graph_.relations[edge.index].id;
        g.category = "association";
        g.title = std::string(word(Word::association));
        break;
    }
    paint_edge(graph_, edge, taken, g.shapes);
    paint_label(edge.label, true, false, false, g.shapes);
    if (const auto it = options_.taken.find(g.element); it != options_.taken.end() && it->second > 0)
      g.title += ", " + std::to_string(it->second) + " " + std::string(word(Word::runs));
    page_.groups.push_back(std::move(g));
  }

  const graph::ProcessGraph& graph_;
  const Diagram& diagram_;
  const DrawOptions& options_;
  std::vector<bool> ran_;
  Page page_;
};

}  // namespace

std::vector<double> dash_pattern(Dash dash) {
  switch (dash) {
    case Dash::solid:
      return {};
    case Dash::dashed:
      return {5, 3};
    case Dash::dotted:
      return {0.5, 3};
    case Dash::dash_dotted:
      return {7, 3, 0.5, 3};
  }
  return {};
}

Drawing draw(const graph::ProcessGraph& graph, const Diagram& diagram, const DrawOptions& options) {
  return Painter(graph, diagram, options).run();
}

}  // namespace echoflow::layout

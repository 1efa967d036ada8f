#include "models/layout/measure.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "models/layout/line_ends.hpp"
#include "models/layout/members.hpp"
#include "models/layout/symbols.hpp"

namespace echoflow::layout {

namespace {

using graph::NodeIndex;
using graph::none;

constexpr double slack = 1.5;
constexpr double shared_stretch = 12;

struct Stretch {
  Point a;
  Point b;
  std::size_t edge = 0;
  double left() const { return std::min(a.x, b.x); }
  double right_end() const { return std::max(a.x, b.x); }
  double top() const { return std::min(a.y, b.y); }
  double low() const { return std::max(a.y, b.y); }
};

class Measurer {
 public:
  Measurer(const graph::ProcessGraph& graph, const Diagram& diagram) : graph_(graph), diagram_(diagram) {
    for (std::size_t i = 0; i < diagram.nodes.size(); ++i) at_[diagram.nodes[i].node] = i;
    for (std::size_t e = 0; e < diagram.edges.size(); ++e)
      for (std::size_t i = 1; i < diagram.edges[e].points.size(); ++i)
        stretches_.push_back({diagram.edges[e].points[i - 1], diagram.edges[e].points[i], e});
    std::sort(stretches_.begin(), stretches_.end(),
              [](const Stretch& a, const Stretch& b) { return a.left() < b.left(); });
  }

  Measures run() {
    m_.nodes = diagram_.nodes.size();
    m_.edges = diagram_.edges.size();
    count_missing();
    count_bends();
    count_crossings();
    count_node_overlaps();
    count_through_nodes();
    count_loose_ends();
    count_labels();
    return m_;
  }

 private:
  bool is_flow(std::size_t edge) const { return diagram_.edges[edge].kind != EdgeKind::relation; }

  /// The nodes at a line's ends; `none` for pools.
  std::pair<NodeIndex, NodeIndex> ends(const PlacedEdge& edge) const {
    switch (edge.kind) {
      case EdgeKind::flow:
        return {graph_.source(static_cast<graph::FlowIndex>(edge.index)),
                graph_.target(static_cast<graph::FlowIndex>(edge.index))};
      case EdgeKind::message:
        return {graph_.find(graph_.message_flows[edge.index].from), graph_.find(graph_.message_flows[edge.index].to)};
      case EdgeKind::relation:
        return {graph_.relations[edge.index].from, graph_.relations[edge.index].to};
    }
    return {none, none};
  }

  bool holds(NodeIndex outer, NodeIndex inner) const {
    for (std::size_t steps = 0; inner < graph_.node_count() && steps <= graph_.containers.size(); ++steps) {
      if (inner == outer) return true;
      const auto container = graph_.node(inner).container;
      if (const auto* event = graph_.node(inner).as<graph::Event>(); event && event->attached_to == outer) return true;
      inner = container < graph_.containers.size() ? graph_.containers[container].owner : none;
    }
    return false;
  }

  bool is_frame(const PlacedNode& node) const { return graph_.node(node.node).as<graph::Group>() != nullptr; }

  void count_missing() {
    std::set<std::size_t> drawn;
    for (const auto& edge : diagram_.edges)
      if (edge.kind == EdgeKind::flow) drawn.insert(edge.index);
    for (graph::FlowIndex f = 0; f < graph_.flow_count(); ++f)
      m_.missing_edges += !drawn.contains(f) && at_.contains(graph_.source(f)) && at_.contains(graph_.target(f));
  }

  void count_bends() {
    for (std::size_t e = 0; e < diagram_.edges.size(); ++e)
      if (is_flow(e) && diagram_.edges[e].points.size() > 2) m_.bends += diagram_.edges[e].points.size() - 2;
  }

  bool share_an_end(std::size_t a, std::size_t b) const {
    const auto [p, q] = ends(diagram_.edges[a]);
    const auto [r, s] = ends(diagram_.edges[b]);
    return p == r || p == s || q == r || q == s;
  }

  static bool lie_on_each_other(const Stretch& a, const Stretch& b) {
    const bool level =
        std::abs(a.a.y - a.b.y) < 0.5 && std::abs(b.a.y - b.b.y) < 0.5 && std::abs(a.a.y - b.a.y) < slack;
    if (level) return std::min(a.right_end(), b.right_end()) - std::max(a.left(), b.left()) > shared_stretch;
    const bool upright =
        std::abs(a.a.x - a.b.x) < 0.5 && std::abs(b.a.x - b.b.x) < 0.5 && std::abs(a.a.x - b.a.x) < slack;
    return upright && std::min(a.low(), b.low()) - std::max(a.top(), b.top()) > shared_stretch;
  }

  void count_crossings() {
    std::set<std::pair<std::size_t, std::size_t>> on_each_other;
    for (std::size_t i = 0; i < stretches_.size(); ++i)
      for (std::size_t k = i + 1; k < stretches_.size() && stretches_[k].left() <= stretches_[i].right_end() + slack;
           ++k) {
        const auto& a = stretches_[i];
        const auto& b = stretches_[k];
        if (a.edge == b.edge || !is_flow(a.edge) || !is_flow(b.edge)) continue;
        if (a.top() > b.low() + slack || b.top() > a.low() + slack) continue;
        m_.crossings += crosses(a.a, a.b, b.a, b.b);
        if (lie_on_each_other(a, b) && !share_an_end(a.edge, b.edge))
          on_each_other.insert({std::min(a.edge, b.edge), std::max(a.edge, b.edge)});
      }
    m_.lines_on_lines = on_each_other.size();
  }

  template <class Visit>
  void near_pairs(Visit visit) const {
    std::vector<const PlacedNode*> order;
    for (const auto& node : diagram_.nodes) order.push_back(&node);
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return a->bounds.x < b->bounds.x; });
    for (std::size_t i = 0; i < order.size(); ++i)
      for (std::size_t k = i + 1; k < order.size() && order[k]->bounds.x < right(order[i]->bounds); ++k)
        visit(*order[i], *order[k]);
  }

  void count_node_overlaps() {
    near_pairs([&](const PlacedNode& a, const PlacedNode& b) {
      if (is_frame(a) || is_frame(b) || !overlap(a.bounds, b.bounds, slack)) return;
      if (holds(a.node, b.node) || holds(b.node, a.node)) return;
      ++m_.node_overlaps;
    });
  }

  void count_through_nodes() {
    std::set<std::pair<std::size_t, NodeIndex>> found;
    std::vector<const PlacedNode*> order;
    for (const auto& node : diagram_.nodes)
      if (!is_frame(node)) order.push_back(&node);
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return a->bounds.x < b->bounds.x; });
    double widest = 0;
    for (const auto* node : order) widest = std::max(widest, node->bounds.width);
    for (const auto& stretch : stretches_) {
      const auto [from, to] = ends(diagram_.edges[stretch.edge]);
      auto it = std::lower_bound(order.begin(), order.end(), stretch.left() - widest,
                                 [](const PlacedNode* node, double x) { return node->bounds.x < x; });
      for (; it != order.end() && (*it)->bounds.x < stretch.right_end(); ++it) {
        const auto n = (*it)->node;
        if (n == from || n == to || holds(n, from) || holds(n, to)) continue;
        if (crosses(stretch.a, stretch.b, grown((*it)->bounds, -slack))) found.insert({stretch.edge, n});
      }
    }
    m_.through_nodes = found.size();
  }

  bool on_border(NodeIndex n, Point p) const {
    const auto it = at_.find(n);
    if (it == at_.end()) return true;
    const End end{diagram_.nodes[it->second].bounds, symbol_of(graph_.node(n)).outline};
    return inside(end, p, 3) && !inside(end, p, -3);
  }

  void count_loose_ends() {
    for (const auto& edge : diagram_.edges) {
      if (edge.points.size() < 2) continue;
      const auto [from, to] = ends(edge);
      m_.loose_ends += !on_border(from, edge.points.front());
      m_.loose_ends += !on_border(to, edge.points.back());
    }
  }

  void count_labels() {
    struct Mark {
      Bounds box;
      NodeIndex node = none;
      bool text = false;
    };
    std::vector<Mark> marks;
    for (const auto& node : diagram_.nodes) {
      if (node.label.lines.empty()) {
        if (!node.open && !is_frame(node)) marks.push_back({node.bounds, node.node, false});
        continue;
      }
      const bool beyond = node.inside && !is_frame(node) && !contains(node.bounds, node.label.bounds, 1);
      m_.clipped_labels += node.label.cut || beyond;
      if (!node.open && !is_frame(node)) marks.push_back({node.bounds, node.node, false});
      if (!node.inside) marks.push_back({node.label.bounds, node.node, true});
    }
    for (const auto& pool : diagram_.pools) m_.clipped_labels += pool.label.cut;
    for (const auto& lane : diagram_.lanes) m_.clipped_labels += lane.label.cut;
    for (const auto& edge : diagram_.edges)
      if (!edge.label.lines.empty()) marks.push_back({edge.label.bounds, none, true});
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.box.x < b.box.x; });
    for (std::size_t i = 0; i < marks.size(); ++i)
      for (std::size_t k = i + 1; k < marks.size() && marks[k].box.x < right(marks[i].box); ++k) {
        if ((!marks[i].text && !marks[k].text) || !overlap(marks[i].box, marks[k].box, 2)) continue;
        if (marks[i].node != none && marks[i].node == marks[k].node) continue;
        ++m_.covered_labels;
      }
  }

  const graph::ProcessGraph& graph_;
  const Diagram& diagram_;
  std::map<NodeIndex, std::size_t> at_;
  std::vector<Stretch> stretches_;
  Measures m_;
};

}  // namespace

Measures measure(const graph::ProcessGraph& graph, const Diagram& diagram) {
  return Measurer(graph, diagram).run();
}

}  // namespace echoflow::layout

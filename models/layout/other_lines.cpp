#include <algorithm>
#include <map>
#include <set>

#include "models/layout/block.hpp"
#include "models/layout/labels.hpp"
#include "models/layout/router.hpp"
#include "models/layout/text.hpp"

namespace echoflow::layout {

namespace {

using graph::NodeIndex;
using graph::none;

constexpr std::size_t most_to_lead_again = 40;

/// An end of a line: a node, a pool, or a point on another line.
struct Place {
  Bounds bounds;
  Outline outline = Outline::box;
  bool pool = false;
};

class OtherLines {
 public:
  OtherLines(const graph::ProcessGraph& graph, const Members& members, const std::string& language, Diagram& diagram)
      : graph_(graph), members_(members), language_(language), diagram_(diagram) {
    for (std::size_t i = 0; i < diagram.nodes.size(); ++i) at_[diagram.nodes[i].node] = i;
    for (const auto& edge : diagram.edges) done_.insert({edge.kind, edge.index});
  }

  void run() {
    know_all();
    for (graph::FlowIndex f = 0; f < graph_.flow_count(); ++f)
      if (!done_.contains({EdgeKind::flow, f})) add_flow(f);
    for (std::size_t m = 0; m < graph_.message_flows.size(); ++m)
      if (!done_.contains({EdgeKind::message, m})) add_message(m);
    lead_again();
    for (std::size_t r = 0; r < graph_.relations.size(); ++r)
      if (!done_.contains({EdgeKind::relation, r}) && has_line(graph_, graph_.relations[r])) add_relation(r);
    add_labels();
    add_groups();
  }

 private:
  void know_all() {
    for (const auto& node : diagram_.nodes) {
      const bool group = graph_.node(node.node).as<graph::Group>() != nullptr;
      if (!node.open && !group) router_.add_box(node.bounds), labels_.add_box(node.bounds);
      if (!node.inside && !node.label.lines.empty())
        router_.add_text(node.label.bounds), labels_.add_text(node.label.bounds);
      if (node.open)
        labels_.add_text({node.label.bounds.x, node.label.bounds.y, node.label.bounds.width, node.label.bounds.height});
    }
    for (const auto& node : diagram_.nodes)
      if (node.open) router_.add_frame(node.bounds);
    for (const auto& lane : diagram_.lanes) router_.add_frame(lane.bounds);
    for (const auto& lane : diagram_.lanes) labels_.add_text({lane.bounds.x, lane.bounds.y, 30, lane.bounds.height});
    for (const auto& pool : diagram_.pools) {
      const bool black = is_black(pool);
      if (black)
        router_.add_box(pool.bounds);
      else
        router_.add_frame(pool.bounds);
      router_.add_text({pool.bounds.x, pool.bounds.y, 30, pool.bounds.height});
      labels_.add_text(black ? pool.bounds : Bounds{pool.bounds.x, pool.bounds.y, 30, pool.bounds.height});
      for (double off = 12; off < 90; off += 9)
        router_.add_level(bottom(pool.bounds) + off), router_.add_level(pool.bounds.y - off);
    }
    for (const auto& edge : diagram_.edges) {
      router_.add_line(edge.points), labels_.add_line(edge.points);
      if (!edge.label.lines.empty()) router_.add_text(edge.label.bounds), labels_.add_text(edge.label.bounds);
    }
    first_new_ = diagram_.edges.size();
  }

  bool is_black(const PlacedPool& pool) const {
    const auto process = graph_.participants[pool.participant].process;
    return process >= graph_.containers.size() || members_.in_container[process].empty();
  }

  const Place* place(NodeIndex n) {
    if (n >= graph_.node_count()) return nullptr;
    const auto it = at_.find(n);
    if (it == at_.end()) return nullptr;
    const auto& node = diagram_.nodes[it->second];
    return &(places_[n] = {node.bounds, symbol_of(graph_.node(n)).outline, false});
  }

  /// A node of a collapsed sub-process is where that is.
  const Place* visible_place(NodeIndex n) {
    for (std::size_t steps = 0; n < graph_.node_count() && steps <= graph_.containers.size(); ++steps) {
      if (const auto* found = place(n)) return found;
      const auto container = graph_.node(n).container;
      n = container < graph_.containers.size() ? graph_.containers[container].owner : none;
    }
    return nullptr;
  }

  const Place* place_of_id(const std::string& id) {
    if (const auto* found = visible_place(graph_.find(id))) return found;
    for (const auto& pool : diagram_.pools) {
      const auto& participant = graph_.participants[pool.participant];
      const bool own =
          participant.process < graph_.containers.size() && graph_.containers[participant.process].id == id;
      if (participant.id == id || own) return &(pool_places_[pool.participant] = {pool.bounds, Outline::box, true});
    }
    return nullptr;
  }

  void add(EdgeKind kind, std::size_t index, const Place& from, const Place& to, Router::Sides sides,
           std::string_view text) {
    const Router::Request request{from.bounds, from.outline, to.bounds, to.outline, sides, sides};
    auto points = router_.route(request);
    diagram_.edges.push_back({kind, index, std::move(points), flowing(text, 100, 10)});
    requests_.push_back(request);
  }

  /// The first lines did not know of those after them.
  void lead_again() {
    if (requests_.size() > most_to_lead_again) return;
    for (int round = 0; round < 2; ++round)
      for (std::size_t i = 0; i < requests_.size(); ++i) {
        auto& points = diagram_.edges[first_new_ + i].points;
        router_.forget(points);
        points = router_.route(requests_[i]);
      }
  }

  void add_flow(graph::FlowIndex f) {
    const auto* from = place(graph_.source(f));
    const auto* to = place(graph_.target(f));
    if (from && to && from != to) add(EdgeKind::flow, f, *from, *to, Router::Sides::all, caption(graph_, f, language_));
  }

  void add_message(std::size_t m) {
    const auto& flow = graph_.message_flows[m];
    const auto* from = place_of_id(flow.from);
    const auto* to = place_of_id(flow.to);
    if (!from || !to || from == to) return;
    add(EdgeKind::message, m, *from, *to, Router::Sides::upright, flow.name.in(language_));
  }

  void add_relation(std::size_t r) {
    const auto& relation = graph_.relations[r];
    const auto* from = place(relation.from);
    const auto* to = place(relation.to);
    Place on_flow;
    if (!to && relation.to_flow < graph_.flow_count()) {
      for (const auto& edge : diagram_.edges)
        if (edge.kind == EdgeKind::flow && edge.index == relation.to_flow && !edge.points.empty()) {
          const auto at = point_at(edge.points, 0.5);
          on_flow.bounds = {at.x, at.y, 0, 0};
          to = &on_flow;
          break;
        }
    }
    if (from && to) add(EdgeKind::relation, r, *from, *to, Router::Sides::all, "");
  }

  void add_labels() {
    for (auto i = first_new_; i < diagram_.edges.size(); ++i) labels_.add_line(diagram_.edges[i].points);
    for (auto i = first_new_; i < diagram_.edges.size(); ++i) {
      auto& edge = diagram_.edges[i];
      if (!edge.label.lines.empty()) labels_.place_along(edge.points, edge.label);
    }
  }

  /// A group that the source does not place frames what belongs to it.
  void add_groups() {
    for (NodeIndex n = 0; n < graph_.node_count(); ++n) {
      if (!graph_.node(n).as<graph::Group>() || at_.contains(n) || !members_.shown[n]) continue;
      std::optional<Bounds> all;
      for (const auto r : members_.relations[n]) {
        const auto& relation = graph_.relations[r];
        const auto other = relation.from == n ? relation.to : relation.from;
        const auto* member = other == n ? nullptr : place(other);
        if (member) all = all ? joined(*all, member->bounds) : member->bounds;
      }
      PlacedNode group;
      group.node = n;
      group.bounds = all ? grown(*all, 12) : Bounds{20, diagram_.height, 200, 60};
      if (!all) diagram_.height += 80, diagram_.width = std::max(diagram_.width, 240.0);
      group.inside = true;
      group.label = flowing(caption(graph_.node(n), language_), std::max(60.0, group.bounds.width), 10);
      group.label.bounds.x = group.bounds.x + 6;
      group.label.bounds.y = group.bounds.y + 3;
      diagram_.nodes.push_back(std::move(group));
    }
  }

  const graph::ProcessGraph& graph_;
  const Members& members_;
  const std::string& language_;
  Diagram& diagram_;
  std::map<NodeIndex, std::size_t> at_;
  std::set<std::pair<EdgeKind, std::size_t>> done_;
  std::map<NodeIndex, Place> places_;
  std::map<std::size_t, Place> pool_places_;
  Router router_;
  LabelPlacer labels_;
  std::size_t first_new_ = 0;
  std::vector<Router::Request> requests_;  ///< of the edges from there on
};

}  // namespace

void lead_other_lines(const graph::ProcessGraph& graph, const Members& members, const std::string& language,
                      Diagram& diagram) {
  OtherLines(graph, members, language, diagram).run();
}

}  // namespace echoflow::layout

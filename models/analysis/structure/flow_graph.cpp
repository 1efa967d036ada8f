#include "models/analysis/structure/flow_graph.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "models/analysis/structure/reach.hpp"
#include "models/graph/process_graph.hpp"

namespace echoflow::structure {
namespace {

using graph::Activity;
using graph::ActivityKind;
using graph::Event;
using graph::EventPosition;
using graph::EventType;
using graph::Gateway;
using graph::GatewayKind;

/// What leads from one node to another, before nodes become vertices. `from` or `to` is `none` at the terminals.
struct Arc {
  std::uint32_t from, to;  ///< places in `Builder::nodes_`
  EdgeKind kind;
  FlowIndex flow;
};

Logic logic_of(GatewayKind kind) {
  switch (kind) {
    case GatewayKind::exclusive:
      return Logic::exclusive;
    case GatewayKind::inclusive:
      return Logic::inclusive;
    case GatewayKind::parallel:
      return Logic::parallel;
    case GatewayKind::event_based:
      return Logic::event_based;
    case GatewayKind::complex:
      return Logic::complex;
  }
  return Logic::none;
}

bool has_type(const Event& event, EventType type) {
  return std::any_of(event.definitions.begin(), event.definitions.end(), [&](const auto& d) { return d.type == type; });
}

class Builder {
 public:
  Builder(const graph::ProcessGraph& graph, const std::vector<NodeIndex>& nodes, Boundaries boundaries)
      : graph_(graph), boundaries_(boundaries), place_(graph.node_count(), none) {
    for (const auto n : nodes)
      if (flows(n)) take(n);
  }

  FlowGraph build() {
    collect_arcs();
    if (boundaries_ == Boundaries::left_out) leave_out_boundaries();
    add_terminals();
    add_repairs();
    make_vertices();
    return std::move(out_);
  }

 private:
  // BPMN 2.0 §10.4.6 and §10.5.5: compensation activities and event sub-processes stand outside the sequence flow.
  bool flows(NodeIndex n) {
    const auto& node = graph_.node(n);
    const bool connected = !graph_.incoming(n).empty() || !graph_.outgoing(n).empty();
    if (const auto* activity = node.as<Activity>()) {
      const bool aside = activity->kind == ActivityKind::event_sub_process || activity->for_compensation;
      if (aside && !connected) out_.apart.push_back(n);
      return connected || !aside;
    }
    if (const auto* event = node.as<Event>())
      return event->position != EventPosition::boundary || connected || !has_type(*event, EventType::compensation);
    return node.as<Gateway>() != nullptr;
  }

  void take(NodeIndex n) {
    place_[n] = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back(n);
  }

  const Event* event(std::uint32_t i) const { return graph_.node(nodes_[i]).as<Event>(); }

  void collect_arcs() {
    entered_.assign(nodes_.size(), false);
    left_.assign(nodes_.size(), false);
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      for (const auto f : graph_.incoming(nodes_[i]))
        if (place_[graph_.source(f)] == none) entered_[i] = true;
      for (const auto f : graph_.outgoing(nodes_[i])) {
        const auto to = place_[graph_.target(f)];
        if (to == none)
          left_[i] = true;
        else
          arcs_.push_back({i, to, EdgeKind::flow, f});
      }
      const auto* boundary = event(i);
      if (boundaries_ == Boundaries::branches && boundary && boundary->position == EventPosition::boundary &&
          boundary->attached_to != none && place_[boundary->attached_to] != none)
        arcs_.push_back({place_[boundary->attached_to], i, EdgeKind::boundary, none});
    }
    collect_links();
  }

  // BPMN 2.0 §10.5.1 (link events): a throwing link goes on at the catching one of the same name.
  void collect_links() {
    std::map<std::string, std::vector<std::uint32_t>> catching;  // by name, and by id behind a separator
    const auto for_links = [&](EventPosition position, auto&& act) {
      for (std::uint32_t i = 0; i < nodes_.size(); ++i)
        if (event(i) && event(i)->position == position)
          for (const auto& definition : event(i)->definitions)
            if (definition.type == EventType::link) act(i, definition);
    };
    for_links(EventPosition::intermediate_catch, [&](std::uint32_t i, const graph::EventDefinition& definition) {
      if (!definition.name.empty()) catching[definition.name].push_back(i);
      if (!definition.id.empty()) catching['\n' + definition.id].push_back(i);
    });
    for_links(EventPosition::intermediate_throw, [&](std::uint32_t i, const graph::EventDefinition& definition) {
      auto found = catching.find(definition.name);
      if (definition.name.empty() || found == catching.end()) found = catching.find('\n' + definition.ref);
      if (found != catching.end()) arcs_.push_back({i, found->second.front(), EdgeKind::link, none});
    });
  }

  Neighbours neighbours(bool forwards) const {
    Neighbours next(nodes_.size());
    for (const auto& arc : arcs_)
      if (arc.from != none && arc.to != none)
        forwards ? next[arc.from].push_back(arc.to) : next[arc.to].push_back(arc.from);
    return next;
  }

  void leave_out_boundaries() {
    std::vector<bool> has_incoming(nodes_.size(), false), handlers(nodes_.size(), false), others(nodes_.size(), false);
    for (const auto& arc : arcs_) has_incoming[arc.to] = true;
    const auto next = neighbours(true);
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      const bool boundary = event(i) && event(i)->position == EventPosition::boundary;
      if (boundary)
        reach(next, i, handlers);
      else if (!has_incoming[i] || entered_[i])
        reach(next, i, others);
    }
    const auto given = std::move(nodes_);
    const auto arcs = std::move(arcs_);
    const auto entered = std::move(entered_), left = std::move(left_);
    nodes_.clear();
    arcs_.clear();
    entered_.clear();
    left_.clear();
    for (std::uint32_t i = 0; i < given.size(); ++i) {
      const bool out = handlers[i] && !others[i];
      place_[given[i]] = none;
      if (out) continue;
      take(given[i]);
      entered_.push_back(entered[i]);
      left_.push_back(left[i]);
    }
    for (auto arc : arcs) {
      arc.from = place_[given[arc.from]];
      arc.to = place_[given[arc.to]];
      if (arc.from != none && arc.to != none) arcs_.push_back(arc);
    }
  }

  void add_terminals() {
    std::vector<bool> has_incoming(nodes_.size(), false), has_outgoing(nodes_.size(), false);
    for (const auto& arc : arcs_) {
      has_incoming[arc.to] = true;
      if (arc.kind != EdgeKind::boundary) has_outgoing[arc.from] = true;
    }
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      if (!has_incoming[i] || entered_[i]) starts_.push_back(i);
      if (!has_outgoing[i] || left_[i]) ends_.push_back(i);
    }
    for (const auto i : starts_) arcs_.push_back({none, i, EdgeKind::start, none});
    for (const auto i : ends_) arcs_.push_back({i, none, EdgeKind::end, none});
  }

  void add_repairs() {
    std::vector<bool> reached(nodes_.size(), false), leads_out(nodes_.size(), false);
    const auto next = neighbours(true), previous = neighbours(false);
    for (const auto i : starts_) reach(next, i, reached);
    for (const auto i : first_unreached(next, reached)) arcs_.push_back({none, i, EdgeKind::repair, none});
    for (const auto i : ends_) reach(previous, i, leads_out);
    for (const auto i : first_unreached(previous, leads_out)) arcs_.push_back({i, none, EdgeKind::repair, none});
  }

  Logic start_logic() const {
    std::size_t events = 0;
    for (const auto i : starts_) events += event(i) && event(i)->position == EventPosition::start;
    if (starts_.size() < 2) return Logic::none;
    const bool epc = graph_.notation == graph::Notation::aml || graph_.notation == graph::Notation::epml;
    if (epc) return Logic::inclusive;
    if (events == 0) return Logic::parallel;
    return events == starts_.size() ? Logic::exclusive : Logic::complex;
  }

  struct Ends {
    VertexIndex entry, boundary, exit;
  };

  void make_vertices() {
    out_.source = out_.add_vertex(Part::source, start_logic(), none);
    out_.sink = out_.add_vertex(Part::sink, Logic::none, none);
    std::vector<std::uint32_t> in(nodes_.size(), 0), out(nodes_.size(), 0), boundaries(nodes_.size(), 0);
    std::vector<bool> conditional(nodes_.size(), false);
    for (const auto& arc : arcs_) {
      if (arc.to != none) ++in[arc.to];
      if (arc.from == none) continue;
      ++(arc.kind == EdgeKind::boundary ? boundaries : out)[arc.from];
      if (arc.flow != none && graph_.flow(arc.flow).condition) conditional[arc.from] = true;
    }
    std::vector<Ends> ends;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i)
      ends.push_back(graph_.node(nodes_[i]).as<Gateway>()
                         ? add_gateway(i, in[i], out[i])
                         : add_worker(i, in[i], out[i], boundaries[i], conditional[i]));
    for (const auto& arc : arcs_) {
      const auto from = arc.from == none                 ? out_.source
                        : arc.kind == EdgeKind::boundary ? ends[arc.from].boundary
                                                         : ends[arc.from].exit;
      out_.add_edge(from, arc.to == none ? out_.sink : ends[arc.to].entry, arc.kind, arc.flow);
    }
    if (nodes_.empty()) out_.add_edge(out_.source, out_.sink, EdgeKind::inner);
    order_incoming();
  }

  Ends add_gateway(std::uint32_t i, std::uint32_t in, std::uint32_t out) {
    const auto split_logic = logic_of(graph_.node(nodes_[i]).as<Gateway>()->kind);
    const auto join_logic = split_logic == Logic::event_based ? Logic::exclusive : split_logic;
    if (in < 2 || out < 2) {
      const auto part = in > 1 ? Part::join : out > 1 ? Part::split : Part::pass;
      const auto v = out_.add_vertex(part, part == Part::join ? join_logic : split_logic, nodes_[i]);
      return {v, v, v};
    }
    const auto join = out_.add_vertex(Part::join, join_logic, nodes_[i]);
    const auto split = out_.add_vertex(Part::split, split_logic, nodes_[i]);
    out_.add_edge(join, split, EdgeKind::inner);
    return {join, split, split};
  }

  // BPMN 2.0 §13.3.1 (uncontrolled flow): each token that comes starts the activity; a token leaves on every flow whose
  // condition holds.
  Ends add_worker(std::uint32_t i, std::uint32_t in, std::uint32_t out, std::uint32_t boundaries, bool conditional) {
    std::vector<VertexIndex> row;
    const auto add = [&](Part part, Logic logic) {
      row.push_back(out_.add_vertex(part, logic, nodes_[i]));
      if (row.size() > 1) out_.add_edge(row[row.size() - 2], row.back(), EdgeKind::inner);
      return row.back();
    };
    if (in > 1) add(Part::join, Logic::exclusive);
    auto boundary = add(Part::work, Logic::none);
    if (boundaries > 0) boundary = add(Part::boundary, Logic::boundary);
    if (out > 1) add(Part::split, conditional ? Logic::inclusive : Logic::parallel);
    return {row.front(), boundary, row.back()};
  }

  /// Edges were added in the order of the flows' sources.
  void order_incoming() {
    std::vector<std::uint32_t> rank(graph_.flow_count(), 0);
    for (const auto n : nodes_)
      for (std::uint32_t i = 0; i < graph_.incoming(n).size(); ++i) rank[graph_.incoming(n)[i]] = i;
    const auto rank_of = [&](EdgeIndex e) {
      const auto f = out_.edges[e].flow;
      return f == none ? none : rank[f];
    };
    for (auto& vertex : out_.vertices)
      if (vertex.node != none)
        std::stable_sort(vertex.incoming.begin(), vertex.incoming.end(),
                         [&](EdgeIndex a, EdgeIndex b) { return rank_of(a) < rank_of(b); });
  }

  const graph::ProcessGraph& graph_;
  Boundaries boundaries_;
  std::vector<std::uint32_t> place_;  ///< by node
  std::vector<NodeIndex> nodes_;
  std::vector<bool> entered_, left_;  ///< by a flow from or to a node that is not taken
  std::vector<Arc> arcs_;
  std::vector<std::uint32_t> starts_, ends_;
  FlowGraph out_;
};

}  // namespace

VertexIndex FlowGraph::add_vertex(Part part, Logic logic, NodeIndex node) {
  vertices.push_back({part, logic, node, {}, {}});
  return static_cast<VertexIndex>(vertices.size() - 1);
}

EdgeIndex FlowGraph::add_edge(VertexIndex from, VertexIndex to, EdgeKind kind, FlowIndex flow) {
  const auto e = static_cast<EdgeIndex>(edges.size());
  edges.push_back({from, to, kind, flow});
  vertices[from].outgoing.push_back(e);
  vertices[to].incoming.push_back(e);
  return e;
}

FlowGraph flow_graph(const graph::ProcessGraph& graph, ContainerIndex container, Boundaries boundaries) {
  return flow_graph(graph, graph.nodes_of(container), boundaries);
}

FlowGraph flow_graph(const graph::ProcessGraph& graph, const std::vector<NodeIndex>& nodes, Boundaries boundaries) {
  return Builder(graph, nodes, boundaries).build();
}

}  // namespace echoflow::structure

#include "models/analysis/net.hpp"

#include <algorithm>
#include <map>

namespace echoflow::analysis {
namespace {

Net::Join join_of(const Vertex& vertex) {
  if (vertex.part != Part::join) return Net::Join::any;
  switch (vertex.logic) {
    case Logic::parallel:
      return Net::Join::all;
    case Logic::inclusive:
    case Logic::complex:
      return Net::Join::some;
    case Logic::none:
    case Logic::exclusive:
    case Logic::event_based:
    case Logic::boundary:
      return Net::Join::any;
  }
  return Net::Join::any;
}

bool terminates(const View& view, const Edge& edge) {
  return edge.to == view.flow.sink && view.flow.vertices[edge.from].node != none &&
         analysis::terminates(view.graph, view.flow.vertices[edge.from].node);
}

class Skeleton {
 public:
  Skeleton(const View& view, FragmentIndex fragment)
      : view_(view), f_(fragment), fragment_(view.tree.fragments[fragment]) {}

  Net build() {
    for (const auto c : fragment_.children) place_of_[c] = add_place(c);
    transition_at(fragment_.entry);
    for (const auto c : fragment_.children) {
      const auto& child = view_.tree.fragments[c];
      transition_at(child.entry);
      if (child.exit == view_.flow.sink) continue;
      const auto t = transition_at(child.exit);
      net_.places[place_of_[c]].to = t;
      net_.transitions[t].in.push_back(place_of_[c]);
    }
    net_.start = add_place(none);
    net_.places[net_.start].to = transition_at(fragment_.entry);
    net_.transitions[transition_at(fragment_.entry)].in.push_back(net_.start);
    if (fragment_.exit != view_.flow.sink) net_.out = add_place(none);
    for (auto& transition : net_.transitions) add_outcomes(transition);
    return std::move(net_);
  }

 private:
  Net::Index add_place(FragmentIndex child) {
    Net::Place place;
    place.child = child;
    if (child != none && view_.tree.fragments[child].exit == view_.flow.sink)
      for (const auto e : view_.tree.edges(child))
        place.terminates = place.terminates || terminates(view_, view_.flow.edges[e]);
    net_.places.push_back(place);
    return static_cast<Net::Index>(net_.places.size() - 1);
  }

  Net::Index transition_at(VertexIndex v) {
    const auto [at, fresh] = transition_of_.emplace(v, static_cast<Net::Index>(net_.transitions.size()));
    if (fresh) net_.transitions.push_back({v, join_of(view_.flow.vertices[v]), {}, {}, {}});
    return at->second;
  }

  /// Edges that lie outside count as the exit's way out, and as nothing at the entry.
  void add_outcomes(Net::Transition& transition) {
    const auto all = outcomes(view_.graph, view_.flow, transition.vertex);
    net_.complete = net_.complete && all.complete;
    std::map<std::vector<Net::Index>, std::vector<EdgeIndex>> found;  // with the fewest edges outside
    for (const auto& set : all.sets) {
      std::vector<Net::Index> places;
      std::vector<EdgeIndex> outside;
      for (const auto e : set) {
        const auto child = view_.child_with(f_, e);
        if (child != none) {
          places.push_back(place_of_.at(child));
        } else if (transition.vertex == fragment_.exit) {
          places.push_back(net_.out);
          outside.push_back(e);
        }
      }
      std::sort(places.begin(), places.end());
      places.erase(std::unique(places.begin(), places.end()), places.end());
      if (places.empty()) continue;
      const auto [at, fresh] = found.emplace(std::move(places), outside);
      if (!fresh && outside.size() < at->second.size()) at->second = std::move(outside);
    }
    for (std::size_t size = 1; transition.outcomes.size() < found.size(); ++size)
      for (const auto& [places, outside] : found) {
        if (places.size() != size) continue;
        transition.outcomes.push_back(places);
        transition.outside.push_back(outside);
      }
  }

  const View& view_;
  FragmentIndex f_;
  const Fragment& fragment_;
  std::map<FragmentIndex, Net::Index> place_of_;
  std::map<VertexIndex, Net::Index> transition_of_;
  Net net_;
};

}  // namespace

// BPMN 2.0 §10.5.3 and §13.5.6 (end events).
bool terminates(const graph::ProcessGraph& graph, NodeIndex node) {
  const auto* event = graph.node(node).as<graph::Event>();
  if (!event || event->position != graph::EventPosition::end) return false;
  return std::any_of(event->definitions.begin(), event->definitions.end(), [](const graph::EventDefinition& d) {
    return d.type == graph::EventType::terminate || d.type == graph::EventType::error ||
           d.type == graph::EventType::cancel;
  });
}

Net net_of(const View& view) {
  Net net;
  const auto& flow = view.flow;
  for (VertexIndex v = 0; v < flow.vertices.size(); ++v) {
    auto all = outcomes(view.graph, flow, v);
    net.transitions.push_back({v, join_of(flow.vertices[v]), flow.vertices[v].incoming, std::move(all.sets), {}});
    net.complete = net.complete && all.complete;
  }
  for (const auto& edge : flow.edges) {
    Net::Place place;
    place.to = edge.to == flow.sink ? none : edge.to;
    place.terminates = terminates(view, edge);
    net.places.push_back(place);
  }
  net.start = static_cast<Net::Index>(net.places.size());
  net.places.push_back({flow.source, false, none});
  net.transitions[flow.source].in.push_back(net.start);
  return net;
}

Net net_of(const View& view, FragmentIndex fragment) {
  return Skeleton(view, fragment).build();
}

}  // namespace echoflow::analysis

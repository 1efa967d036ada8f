#include "adapters/documents/replay.hpp"

#include <algorithm>

namespace echoflow::documents {

namespace {

using graph::NodeIndex;

bool is_step(const graph::Node& node) {
  if (const auto* activity = node.as<graph::Activity>()) return activity->body == graph::none;
  return node.as<graph::Event>() != nullptr;
}

bool is_event_sub_process(const graph::Node& node) {
  const auto* activity = node.as<graph::Activity>();
  return activity && activity->kind == graph::ActivityKind::event_sub_process;
}

bool is_boundary(const graph::Node& node) {
  const auto* event = node.as<graph::Event>();
  return event && event->position == graph::EventPosition::boundary;
}

/// Where control may go from a node, whatever it means: the flows, and what BPMN says beside them. A sub-process is two
/// places: its beginning is the node, its end lies behind all nodes.
class Moves {
 public:
  explicit Moves(const graph::ProcessGraph& g) : graph_(g), next_(2 * g.node_count() + 2) {
    for (NodeIndex n = 0; n < g.node_count(); ++n) add_node(n);
    for (graph::FlowIndex f = 0; f < g.flow_count(); ++f) add(end_of(g.source(f)), g.target(f));
    for (const auto& relation : g.relations)
      if (relation.kind == graph::RelationKind::compensates && relation.from != graph::none &&
          relation.to != graph::none)
        add(relation.from, relation.to);
    for (graph::ContainerIndex c = 0; c < g.containers.size(); ++c) add_container(c);
  }

  std::size_t start() const { return 2 * graph_.node_count(); }
  std::size_t end() const { return start() + 1; }
  const std::vector<std::size_t>& from(std::size_t place) const { return next_[place]; }
  /// Where a node's work is done.
  std::size_t end_of(NodeIndex n) const { return has_body(n) ? graph_.node_count() + n : n; }

 private:
  bool has_body(NodeIndex n) const {
    const auto* activity = graph_.node(n).as<graph::Activity>();
    return activity && activity->body != graph::none;
  }
  void add(std::size_t from, std::size_t to) { next_[from].push_back(to); }

  void add_node(NodeIndex n) {
    const auto& node = graph_.node(n);
    if (const auto* activity = node.as<graph::Activity>()) {
      if (activity->loop.kind != graph::LoopKind::none) add(end_of(n), n);
      if (activity->body != graph::none && graph_.nodes_of(activity->body).empty()) add(n, end_of(n));
    }
    const auto* event = node.as<graph::Event>();
    if (!event) return;
    if (event->attached_to != graph::none) add(event->attached_to, n);
    if (event->position == graph::EventPosition::intermediate_throw) add_links(n, *event);
  }

  // BPMN 2.0 §13.5.3: a link event goes on at the catching event of the same name in its container.
  void add_links(NodeIndex n, const graph::Event& thrown) {
    for (const auto& definition : thrown.definitions) {
      if (definition.type != graph::EventType::link) continue;
      for (const NodeIndex other : graph_.nodes_of(graph_.node(n).container)) {
        const auto* event = graph_.node(other).as<graph::Event>();
        if (!event || event->position != graph::EventPosition::intermediate_catch) continue;
        for (const auto& caught : event->definitions)
          if (caught.type == graph::EventType::link && caught.name == definition.name) add(n, other);
      }
    }
  }

  void add_container(graph::ContainerIndex c) {
    const auto owner = graph_.containers[c].owner;
    const std::size_t in = owner == graph::none ? start() : owner;
    const std::size_t out = owner == graph::none ? end() : end_of(owner);
    const auto* activity = owner == graph::none ? nullptr : graph_.node(owner).as<graph::Activity>();
    const bool ad_hoc = activity && activity->kind == graph::ActivityKind::ad_hoc_sub_process;
    for (const NodeIndex n : graph_.nodes_of(c)) {
      const auto& node = graph_.node(n);
      if (!node.as<graph::Activity>() && !node.as<graph::Event>() && !node.as<graph::Gateway>()) continue;
      const bool begins = graph_.incoming(n).empty() && !is_boundary(node);
      if (begins || ad_hoc) add(in, n);
      if (graph_.outgoing(n).empty() || ad_hoc) add(end_of(n), out);
      if (ad_hoc) add(end_of(n), in);
      // What interrupts or accompanies the container may begin at any time in it.
      if (is_event_sub_process(node)) add(end_of(n), out);
    }
  }

  const graph::ProcessGraph& graph_;
  std::vector<std::vector<std::size_t>> next_;
};

}  // namespace

Replay::Replay(const graph::ProcessGraph& description, const std::set<std::string>& observable) {
  const Moves moves(description);
  std::vector<std::uint32_t> number(2 * description.node_count() + 2, unknown);
  std::vector<NodeIndex> nodes;
  for (NodeIndex n = 0; n < description.node_count(); ++n) {
    const auto& node = description.node(n);
    if (!is_step(node) || !observable.contains(node.id)) continue;
    number[n] = static_cast<std::uint32_t>(nodes.size());
    by_id_[node.id] = number[n];
    nodes.push_back(n);
  }
  std::vector<std::uint32_t> mark(number.size(), 0);
  std::uint32_t round = 0;
  const auto search = [&](std::size_t from, Element& element) {
    ++round;
    std::vector<std::size_t> open = moves.from(from);
    while (!open.empty()) {
      const auto place = open.back();
      open.pop_back();
      if (mark[place] == round) continue;
      mark[place] = round;
      if (place == moves.end()) element.reaches_end = true;
      if (number[place] != unknown)
        element.next.push_back(number[place]);
      else
        open.insert(open.end(), moves.from(place).begin(), moves.from(place).end());
    }
  };
  search(moves.start(), start_);
  elements_.resize(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) search(nodes[i], elements_[i]);
  // An element lies in a loop when it can be reached from itself.
  for (std::uint32_t i = 0; i < elements_.size(); ++i) {
    std::vector<bool> seen(elements_.size());
    std::vector<std::uint32_t> open = elements_[i].next;
    while (!open.empty() && !seen[i]) {
      const auto at = open.back();
      open.pop_back();
      if (seen[at]) continue;
      seen[at] = true;
      open.insert(open.end(), elements_[at].next.begin(), elements_[at].next.end());
    }
    elements_[i].in_loop = seen[i];
  }
}

Replay::Run Replay::begin() const {
  Run run;
  run.allowed.resize(elements_.size() / 64 + 1);
  run.seen.resize(elements_.size() / 64 + 1);
  allow(run, start_);
  return run;
}

void Replay::allow(Run& run, const Element& element) const {
  for (const auto next : element.next) run.allowed[next / 64] |= std::uint64_t{1} << (next % 64);
  run.may_end = run.may_end || element.reaches_end;
}

std::uint32_t Replay::index_of(std::string_view element) const {
  const auto found = by_id_.find(element);
  return found == by_id_.end() ? unknown : found->second;
}

Replay::Verdict Replay::see(Run& run, std::uint32_t element) const {
  const auto bit = std::uint64_t{1} << (element % 64);
  const bool allowed = run.allowed[element / 64] & bit, seen = run.seen[element / 64] & bit;
  run.seen[element / 64] |= bit;
  allow(run, elements_[element]);
  if (!allowed) return Verdict::skipped;
  return seen && !elements_[element].in_loop ? Verdict::repeated : Verdict::fits;
}

}  // namespace echoflow::documents

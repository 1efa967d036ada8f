#include <algorithm>
#include <cctype>
#include <charconv>
#include <deque>
#include <map>
#include <optional>

#include "bpel/generate/net.hpp"

namespace echoflow::generate {

namespace {

using graph::Activity;
using graph::Event;
using graph::EventPosition;
using graph::EventType;
using graph::Gateway;
using graph::GatewayKind;
using graph::ProcessGraph;

struct Ops {
  Op join;
  Op split;
};

Ops ops_of(GatewayKind kind) {
  switch (kind) {
    case GatewayKind::exclusive:
      return {Op::xor_join, Op::xor_split};
    case GatewayKind::inclusive:
      return {Op::or_join, Op::or_split};
    case GatewayKind::parallel:
      return {Op::and_join, Op::and_split};
    case GatewayKind::event_based:
      return {Op::xor_join, Op::event_split};
    case GatewayKind::complex:
      return {Op::complex_join, Op::or_split};
  }
  return {Op::xor_join, Op::xor_split};
}

/// "activationCount >= 2", "activationCount>1", "activationCount = 3": how many tokens; nullopt when it is another.
std::optional<int> tokens_needed(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (!std::isspace(static_cast<unsigned char>(c)) && c != '$' && c != '{' && c != '}') plain += c;
  }
  constexpr std::string_view count = "activationCount";
  if (plain.rfind(count, 0) != 0) return std::nullopt;
  std::string_view rest = std::string_view(plain).substr(count.size());
  int more = 0;
  if (rest.substr(0, 2) == ">=" || rest.substr(0, 2) == "==") {
    rest.remove_prefix(2);
  } else if (rest.substr(0, 1) == "=") {
    rest.remove_prefix(1);
  } else if (rest.substr(0, 1) == ">") {
    rest.remove_prefix(1);
    more = 1;
  } else {
    return std::nullopt;
  }
  int number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc{} || end != rest.data() + rest.size() || number + more < 1) return std::nullopt;
  return number + more;
}

class Builder {
 public:
  Builder(const ProcessGraph& graph, Diagnostics& findings) : graph_(graph), findings_(findings) {}

  Net build(const Entry& entry) {
    net_.source = net_.add(Op::pass);
    VertexIndex from = net_.source;
    if (entry.nodes.size() + entry.flows.size() > 1) {
      from = net_.add(entry.choice ? Op::xor_split : Op::and_split, none, entry.choice ? net_.source : none);
      net_.connect(net_.source, from);
    }
    int outcome = 0;
    for (const NodeIndex node : entry.nodes) net_.connect(from, vertices_of(node).first, none, ++outcome);
    for (const FlowIndex flow : entry.flows) net_.connect(from, vertices_of(graph_.target(flow)).first, flow);
    while (!waiting_.empty()) {
      const NodeIndex node = waiting_.front();
      waiting_.pop_front();
      lead_on(node);
    }
    check_joins(entry.apart);
    simplify();
    return std::move(net_);
  }

 private:
  struct Ends {
    VertexIndex first = none;
    VertexIndex last = none;  ///< what leaves the node leaves here
  };

  Ends vertices_of(NodeIndex node) {
    const auto [at, added] = ends_.try_emplace(node);
    if (!added) return at->second;
    waiting_.push_back(node);
    Ends ends = graph_.node(node).as<Gateway>() != nullptr ? gateway(node) : worker(node);
    ends_[node] = ends;
    return ends;
  }

  Ends gateway(NodeIndex node) {
    const Gateway& gateway = *graph_.node(node).as<Gateway>();
    const Ops ops = ops_of(gateway.kind);
    const VertexIndex join = net_.add(ops.join, node);
    if (gateway.kind == GatewayKind::event_based && gateway.parallel_events)
      refuse(findings_, graph_, node,
             called(graph_, node) + " waits for all its events, which is not supported; use a parallel gateway");
    if (ops.join == Op::complex_join && graph_.incoming(node).size() > 1) {
      const auto need = gateway.activation ? tokens_needed(gateway.activation->text) : std::nullopt;
      if (!need)
        refuse(findings_, graph_, node,
               called(graph_, node) + " must say 'activationCount >= n' as its activation condition");
      net_.vertices[join].need = need.value_or(1);
    }
    const VertexIndex split = net_.add(ops.split, node);
    net_.connect(join, split);
    return {join, split};
  }

  bool conditional(NodeIndex node) const {
    return std::any_of(graph_.outgoing(node).begin(), graph_.outgoing(node).end(),
                       [&](FlowIndex f) { return graph_.flow(f).condition.has_value(); });
  }

  Ends worker(NodeIndex node) {
    const VertexIndex join = net_.add(Op::xor_join, node);
    const VertexIndex work = net_.add(Op::work, node);
    net_.connect(join, work);
    quantities(node, net_.vertices[work]);
    VertexIndex last = work;
    int outcome = 0;
    for (const NodeIndex boundary : graph_.boundary_of(node)) {
      const Event& event = *graph_.node(boundary).as<Event>();
      const bool undo = !event.definitions.empty() && event.definitions[0].type == EventType::compensation;
      if (!event.interrupting || undo || thrown_by_instances(graph_, boundary)) continue;
      if (last == work) {
        last = net_.add(Op::xor_split, node, work);
        net_.connect(work, last);
      }
      net_.connect(last, vertices_of(boundary).first, none, ++outcome);
    }
    const VertexIndex split = net_.add(conditional(node) ? Op::or_split : Op::and_split, node);
    net_.connect(last, split);
    return {join, split};
  }

  // BPMN 2.0 §10.3.2: both quantities are at least one.
  void quantities(NodeIndex node, Vertex& vertex) {
    const Activity* activity = graph_.node(node).as<Activity>();
    if (activity == nullptr) return;
    vertex.gives = activity->completion_quantity;
    vertex.takes = activity->start_quantity;
    if (vertex.gives < 1 || vertex.takes < 1)
      refuse(findings_, graph_, node, called(graph_, node) + " must have a start and completion quantity of 1 or more");
  }

  void lead_on(NodeIndex node) {
    const Ends ends = ends_[node];
    for (const FlowIndex flow : graph_.outgoing(node))
      net_.connect(ends.last, vertices_of(graph_.target(flow)).first, flow);
    if (const Event* event = graph_.node(node).as<Event>()) follow_link(node, *event, ends.last);
  }

  // BPMN 2.0 §10.5.1: a pair of link events is a sequence flow that is not drawn.
  void follow_link(NodeIndex node, const Event& event, VertexIndex from) {
    if (event.position != EventPosition::intermediate_throw || event.definitions.empty()) return;
    const graph::EventDefinition& link = event.definitions[0];
    if (link.type != EventType::link) return;
    const NodeIndex target = link_target(graph_.node(node).container, link);
    if (target == none)
      refuse(findings_, graph_, node, called(graph_, node) + " is a link that no catching link event continues");
    else
      net_.connect(from, vertices_of(target).first);
  }

  NodeIndex link_target(ContainerIndex container, const graph::EventDefinition& link) const {
    for (const bool by_name : {false, true}) {
      for (const NodeIndex n : graph_.nodes_of(container)) {
        const Event* event = graph_.node(n).as<Event>();
        if (event == nullptr || event->position != EventPosition::intermediate_catch) continue;
        for (const graph::EventDefinition& each : event->definitions) {
          if (each.type != EventType::link) continue;
          if (by_name ? each.name == link.name
                      : !link.ref.empty() && (each.id == link.ref || graph_.node(n).id == link.ref))
            return n;
        }
      }
    }
    return none;
  }

  /// A join that also waits for flows that do not belong to this net would wait for ever, or for tokens of another one.
  void check_joins(bool apart) {
    for (const Vertex& vertex : net_.vertices) {
      const bool all = vertex.op == Op::and_join || vertex.op == Op::complex_join;
      if (!all && !(apart && vertex.op == Op::or_join)) continue;
      for (const FlowIndex flow : graph_.incoming(vertex.node)) {
        if (ends_.count(graph_.source(flow)) != 0) continue;
        refuse(findings_, graph_, vertex.node,
               called(graph_, vertex.node) + " waits for the flow from " + called(graph_, graph_.source(flow)) +
                   ", which brings no token together with the others");
      }
    }
  }

  /// What joins one or splits into one does nothing, unless its one flow has a condition that counts.
  void simplify() {
    for (Vertex& vertex : net_.vertices) {
      if (is_join(vertex.op) && vertex.in.size() < 2) vertex.op = Op::pass;
      if (!is_split(vertex.op) || vertex.out.size() > 1) continue;
      if (vertex.op == Op::event_split && !vertex.out.empty()) continue;
      const bool decides = vertex.op == Op::or_split || vertex.op == Op::xor_split;
      const FlowIndex flow = vertex.out.empty() ? none : net_.edges[vertex.out[0]].flow;
      const bool default_flow = vertex.node != none && flow == graph_.node(vertex.node).default_flow;
      if (decides && flow != none && !default_flow && graph_.flow(flow).condition) continue;
      vertex.op = Op::pass;
    }
  }

  const ProcessGraph& graph_;
  Diagnostics& findings_;
  Net net_;
  std::map<NodeIndex, Ends> ends_;
  std::deque<NodeIndex> waiting_;
};

}  // namespace

Net build_net(const graph::ProcessGraph& graph, const Entry& entry, Diagnostics& findings) {
  return Builder(graph, findings).build(entry);
}

}  // namespace echoflow::generate

#include <algorithm>

#include "tests/bpel/generate/reference/game.hpp"

namespace echoflow::generate::reference {

/// The flows that can be reached from a node by paths that do not go through another one. A boundary event is a way out
/// of its activity, a pair of link events a flow.
const std::set<FlowIndex>& Game::reached(NodeIndex from, NodeIndex without) const {
  const auto [found, added] = reached_.try_emplace({from, without});
  if (!added) return found->second;
  std::set<NodeIndex> seen;
  std::vector<NodeIndex> stack{from};
  while (!stack.empty()) {
    const NodeIndex node = stack.back();
    stack.pop_back();
    if (node == without || !seen.insert(node).second) continue;
    for (const FlowIndex flow : graph_.outgoing(node)) {
      found->second.insert(flow);
      stack.push_back(graph_.target(flow));
    }
    for (const NodeIndex boundary : graph_.boundary_of(node)) stack.push_back(boundary);
    const graph::Event* event = graph_.node(node).as<graph::Event>();
    if (event == nullptr || event->definitions.empty() || event->definitions[0].type != graph::EventType::link)
      continue;
    for (const NodeIndex other : graph_.nodes_of(graph_.node(node).container)) {
      const graph::Event* link = graph_.node(other).as<graph::Event>();
      if (link == nullptr || link->position != graph::EventPosition::intermediate_catch || link->definitions.empty())
        continue;
      if (link->definitions[0].type == graph::EventType::link &&
          link->definitions[0].name == event->definitions[0].name)
        stack.push_back(other);
    }
  }
  return found->second;
}

// BPMN 2.0 §13.4.3: it waits for a token that can come to a flow without one, unless it can as well come to one with
// one.
bool Game::inclusive_waits(const State& state, int scope, NodeIndex node) const {
  std::set<FlowIndex> with;
  std::set<FlowIndex> without;
  for (const FlowIndex flow : graph_.incoming(node)) {
    const bool there = std::binary_search(state.tokens.begin(), state.tokens.end(), Token{scope, flow, none});
    (there ? with : without).insert(flow);
  }
  const auto meets = [](const std::set<FlowIndex>& one, const std::set<FlowIndex>& other) {
    return std::any_of(one.begin(), one.end(), [&](FlowIndex flow) { return other.count(flow) != 0; });
  };
  const auto keeps_waiting = [&](NodeIndex at) {
    const std::set<FlowIndex>& ways = reached(at, node);
    return meets(ways, without) && !meets(ways, with);
  };
  for (const Token& token : state.tokens) {
    if (token.scope != scope) continue;
    const NodeIndex at = token.flow == none ? token.node : graph_.target(token.flow);
    if (at != node && keeps_waiting(at)) return true;
  }
  return std::any_of(state.jobs.begin(), state.jobs.end(),
                     [&](const Job& job) { return job.scope == scope && keeps_waiting(job.node); });
}

}  // namespace echoflow::generate::reference

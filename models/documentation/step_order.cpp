#include "models/documentation/step_order.hpp"

#include <algorithm>

namespace echoflow::documentation {

using graph::NodeIndex;

bool StepOrder::is_event_sub_process(NodeIndex node) const {
  const auto* activity = graph_.node(node).as<graph::Activity>();
  return activity && activity->kind == graph::ActivityKind::event_sub_process;
}

bool StepOrder::begins(NodeIndex node) const {
  const auto* event = graph_.node(node).as<graph::Event>();
  if (event && event->position == graph::EventPosition::boundary) return false;
  return graph_.incoming(node).empty() && !is_event_sub_process(node);
}

std::vector<NodeIndex> StepOrder::following(NodeIndex node) const {
  std::vector<NodeIndex> next;
  for (graph::FlowIndex flow : graph_.outgoing(node)) next.push_back(graph_.target(flow));
  for (NodeIndex boundary : reader_.boundary_of(node)) next.push_back(boundary);
  return next;
}

std::set<NodeIndex> StepOrder::reached_from(std::vector<NodeIndex> open) const {
  std::set<NodeIndex> reached;
  while (!open.empty()) {
    const NodeIndex node = open.back();
    open.pop_back();
    if (!reached.insert(node).second) continue;
    for (NodeIndex next : following(node)) open.push_back(next);
  }
  return reached;
}

// Without recursion: a model may be a chain of ten thousand steps. The last way out is taken first, as the order is
// turned around at the end.
void StepOrder::visit(NodeIndex from) {
  struct Frame {
    NodeIndex node;
    std::vector<NodeIndex> following;
  };
  if (!seen_.insert(from).second) return;
  std::vector<Frame> stack{{from, following(from)}};
  while (!stack.empty()) {
    auto& top = stack.back();
    if (top.following.empty()) {
      finished_.push_back(top.node);
      stack.pop_back();
      continue;
    }
    const NodeIndex next = top.following.back();
    top.following.pop_back();
    if (seen_.insert(next).second) stack.push_back({next, following(next)});
  }
}

// What is visited last stands first.
std::vector<NodeIndex> StepOrder::of(graph::ContainerIndex container) {
  const auto nodes = graph_.nodes_of(container);
  std::vector<NodeIndex> starts;
  std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(starts), [&](NodeIndex node) { return begins(node); });
  const auto reached = reached_from(starts);
  for (auto at = nodes.rbegin(); at != nodes.rend(); ++at)
    if (is_event_sub_process(*at)) visit(*at);
  for (auto at = nodes.rbegin(); at != nodes.rend(); ++at)
    if (!reached.contains(*at)) visit(*at);
  for (auto at = starts.rbegin(); at != starts.rend(); ++at) visit(*at);
  std::reverse(finished_.begin(), finished_.end());
  return std::move(finished_);
}

}  // namespace echoflow::documentation

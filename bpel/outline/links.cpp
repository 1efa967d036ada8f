#include "bpel/outline/drawer.hpp"

namespace echoflow::outline {

using graph::GatewayDirection;
using graph::GatewayKind;

LinkEnds* Drawer::link(const std::string& name) {
  for (auto table = links_.rbegin(); table != links_.rend(); ++table)
    if (const auto found = (*table)->find(name); found != (*table)->end()) return &found->second;
  return nullptr;
}

/// WS-BPEL 2.0 §11.6: an activity waits for its incoming links and then tells its outgoing ones. A gateway stands for
/// that where control comes or goes another way too.
Piece Drawer::with_links(const ast::Activity& activity, Piece piece, ContainerIndex in) {
  if (piece.entry == graph::none || (!activity.targets && activity.sources.empty())) return piece;
  const bool direct = child_of_flow_ == &activity;
  if (activity.targets) {
    if (!direct || activity.targets->targets.size() > 1) {
      auto node = node_of(static_cast<const ast::Element&>(activity), "#targets", in);
      node.documentation = {};
      if (activity.targets->join_condition)
        node.attributes.push_back({"bpel.joinCondition", activity.targets->join_condition->text, {}});
      const NodeIndex join = add_gateway(std::move(node), GatewayKind::inclusive, GatewayDirection::converging);
      connect(join, piece.entry);
      piece.entry = join;
    }
    for (const auto& target : activity.targets->targets)
      if (auto* ends = link(target.link_name)) {
        ends->to = piece.entry;
        ends->where = target.origin.where;
      }
  }
  if (activity.sources.empty() || piece.exit == graph::none) return piece;
  bool conditional = false;
  for (const auto& source : activity.sources) conditional = conditional || source.transition_condition;
  if (!direct || conditional || activity.sources.size() > 1) {
    auto node = node_of(static_cast<const ast::Element&>(activity), "#sources", in);
    node.documentation = {};
    const NodeIndex split = add_gateway(std::move(node), conditional ? GatewayKind::inclusive : GatewayKind::parallel,
                                        GatewayDirection::diverging);
    connect(piece.exit, split);
    piece.exit = split;
  }
  for (const auto& source : activity.sources)
    if (auto* ends = link(source.link_name)) {
      ends->from = piece.exit;
      if (source.transition_condition) ends->condition = expression(*source.transition_condition);
    }
  return piece;
}

/// The node itself, or the sub-process around it that stands in the container.
NodeIndex Drawer::lifted(NodeIndex node, ContainerIndex to) const {
  while (graph_.node(node).container != to) node = graph_.containers[graph_.node(node).container].owner;
  return node;
}

ContainerIndex Drawer::common(NodeIndex a, NodeIndex b) const {
  const auto depth = [&](ContainerIndex c) {
    int n = 0;
    for (; graph_.containers[c].parent != graph::none; c = graph_.containers[c].parent) ++n;
    return n;
  };
  auto x = graph_.node(a).container;
  auto y = graph_.node(b).container;
  while (x != y) {
    if (depth(x) >= depth(y))
      x = graph_.containers[x].parent;
    else
      y = graph_.containers[y].parent;
  }
  return x;
}

void Drawer::connect_links(const LinkTable& links) {
  for (const auto& [name, ends] : links) {
    if (ends.from == graph::none || ends.to == graph::none) continue;
    const auto container = common(ends.from, ends.to);
    const NodeIndex from = lifted(ends.from, container);
    const NodeIndex to = lifted(ends.to, container);
    if (from == to) continue;
    const auto flow = connect(from, to);
    graph_.flow(flow).name = graph::Names(name);
    graph_.flow(flow).condition = ends.condition;
    if (!ends.where.file.empty()) graph_.flow(flow).where = ends.where;
  }
}

}  // namespace echoflow::outline

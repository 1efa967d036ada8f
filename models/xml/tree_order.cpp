// Document order as a number on every node: new nodes at the end count on, nodes in between get a number from the gap,
// and when a gap is used up the whole document is numbered again.
#include <algorithm>

#include "models/xml/tree.hpp"

namespace echoflow::xml {
namespace {

constexpr std::uint32_t step_at_end = 256;
constexpr std::uint32_t highest_order = 0xffffffffu - step_at_end;

}  // namespace

bool Document::on_right_spine(NodeIndex n) const {
  for (NodeIndex at = tail_; at != no_node; at = nodes_[at].parent)
    if (at == n) return true;
  return false;
}

bool Document::is_last_in_order(NodeIndex n) const {
  const Node& node = nodes_[n];
  if (node.next != no_node) return false;
  if (node.kind != NodeKind::attribute) return on_right_spine(node.parent);
  return nodes_[node.parent].first_child == no_node && (tail_ == node.parent || nodes_[tail_].parent == node.parent);
}

void Document::place(NodeIndex n) {
  if (is_last_in_order(n)) {
    tail_ = n;
    if (last_order_ >= highest_order) return renumber();
    nodes_[n].order = last_order_ += step_at_end;
    return;
  }
  const NodeIndex successor = order_successor(n);
  if (successor == no_node) {
    tail_ = n;
    if (last_order_ >= highest_order) return renumber();
    nodes_[n].order = last_order_ += step_at_end;
    return;
  }
  const std::uint32_t before = nodes_[order_predecessor(n)].order;
  const std::uint32_t gap = nodes_[successor].order - before;
  if (gap < 2) return renumber();
  // A small part of the gap, since more nodes mostly follow behind this one.
  nodes_[n].order = before + std::max(1u, gap / 64);
}

NodeIndex Document::order_predecessor(NodeIndex n) const {
  NodeIndex at = nodes_[n].previous;
  if (nodes_[n].kind == NodeKind::attribute) return at != no_node ? at : nodes_[n].parent;
  if (at == no_node) {
    at = nodes_[n].parent;
  } else {
    while (nodes_[at].last_child != no_node) at = nodes_[at].last_child;
  }
  const NodeIndex attribute = last_attribute(at);
  return attribute != no_node ? attribute : at;
}

NodeIndex Document::order_successor(NodeIndex n) const {
  if (nodes_[n].next != no_node) return nodes_[n].next;
  NodeIndex at = n;
  if (nodes_[n].kind == NodeKind::attribute) {
    at = nodes_[n].parent;
    if (nodes_[at].first_child != no_node) return nodes_[at].first_child;
  }
  while (at != no_node && nodes_[at].next == no_node) at = nodes_[at].parent;
  return at == no_node ? no_node : nodes_[at].next;
}

void Document::renumber() {
  const std::uint32_t live = static_cast<std::uint32_t>(nodes_.size() - removed_);
  const std::uint32_t step = std::clamp(0x80000000u / live, 1u, 0x10000u);
  std::uint32_t order = 0;
  for (NodeIndex at = root_node; at != no_node; at = next_in_subtree(at, root_node)) {
    nodes_[at].order = order += step;
    for (NodeIndex a = nodes_[at].first_attribute; a != no_node; a = nodes_[a].next) nodes_[a].order = order += step;
  }
  last_order_ = order;
}

}  // namespace echoflow::xml

#include "engine/behaviors/control_order.hpp"

#include <algorithm>

#include "engine/behaviors/links.hpp"

namespace echoflow::engine::control_order {

using program::ActivityKind;
using program::NodeId;
using program::Program;

namespace {

/// Follows control from the ends of activities to what can begin then.
class Reach {
 public:
  /// `scope` itself and what encloses it end later than what is looked for.
  Reach(const Program& program, NodeId scope)
      : program_(program), begun_(program.nodes.size()), ended_(program.nodes.size()) {
    for (NodeId at = scope; at != program::none; at = program.node(at).parent) ended_[at] = true;
    end_within(scope);
  }
  std::vector<bool> run() {
    while (!open_.empty()) {
      const NodeId node = open_.back();
      open_.pop_back();
      after_end(node);
    }
    return std::move(begun_);
  }

 private:
  void end_within(NodeId node) {
    for (NodeId inner : links::inner_nodes(program_, node)) {
      end(inner);
      end_within(inner);
    }
  }
  void end(NodeId node) {
    if (ended_[node]) return;
    ended_[node] = true;
    open_.push_back(node);
  }
  /// What begins late ends late, and so does all in it.
  void begin(NodeId node) {
    if (begun_[node]) return;
    begun_[node] = true;
    end(node);
    for (NodeId inner : links::inner_nodes(program_, node)) begin(inner);
  }
  void after_end(NodeId id) {
    const program::Node& node = program_.node(id);
    for (auto link : node.outgoing) begin(program_.links[link].target);
    if (node.parent == program::none) return;
    end(node.parent);
    if (program_.node(node.parent).kind != ActivityKind::sequence) return;
    const auto& siblings = program_.as<program::SequenceNode>(node.parent).activities;
    const auto at = std::find(siblings.begin(), siblings.end(), id);
    if (at != siblings.end() && at + 1 != siblings.end()) begin(*(at + 1));
  }

  const Program& program_;
  std::vector<bool> begun_, ended_;
  std::vector<NodeId> open_;
};

}  // namespace

std::vector<bool> begin_before_end_of(const Program& program, NodeId scope) {
  return Reach(program, scope).run();
}

bool any_within(const Program& program, const std::vector<bool>& marked, NodeId node) {
  if (marked[node]) return true;
  const auto inner = links::inner_nodes(program, node);
  return std::any_of(inner.begin(), inner.end(), [&](NodeId n) { return any_within(program, marked, n); });
}

}  // namespace echoflow::engine::control_order

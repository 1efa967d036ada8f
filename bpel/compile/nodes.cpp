#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId Compiler::reserve() {
  nodes_.emplace_back();
  return static_cast<NodeId>(nodes_.size() - 1);
}

void Compiler::put(NodeId id, std::unique_ptr<program::Node> node) {
  nodes_[id] = std::move(node);
}

void Compiler::describe(program::Node& node, NodeId id, const ast::Activity& activity, const Place& place) {
  node.id = id;
  node.parent = place.parent;
  node.scope = place.scope;
  node.name = activity.name;
  node.element_id = activity.origin.path;
  node.where = activity.origin.where;
  // WS-BPEL 2.0 §10.1: suppressJoinFailure is inherited from the enclosing activity when not given.
  node.suppress_join_failure = activity.suppress_join_failure == ast::YesNo::unset
                                   ? place.suppress_join_failure
                                   : activity.suppress_join_failure == ast::YesNo::yes;
  if (activity.targets) {
    for (const auto& target : activity.targets->targets) {
      const program::LinkId link_id = link(target.link_name, place, target.origin.where);
      if (link_id == program::none) continue;
      node.incoming.push_back(link_id);
      program_->links[link_id].target = id;
    }
    node.join_condition = join_condition(activity.targets->join_condition, place);
  }
  for (const auto& source_of : activity.sources) {
    const program::LinkId link_id = link(source_of.link_name, place, source_of.origin.where);
    if (link_id == program::none) continue;
    node.outgoing.push_back(link_id);
    program_->links[link_id].source = id;
    program_->links[link_id].transition_condition = expression(source_of.transition_condition, place);
  }
}

NodeId Compiler::activity(const ast::ActivityPtr& activity, const Place& place) {
  if (!activity) return program::none;
  switch (activity->kind) {
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) \
  case ast::ActivityKind::enumerator:                \
    return compile_activity(*this, static_cast<const ast::Type&>(*activity), place);
#include "models/program/activity_kinds.def"
  }
  return program::none;
}

}  // namespace echoflow::compile

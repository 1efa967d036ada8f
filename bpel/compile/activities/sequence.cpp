#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Sequence& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::SequenceNode>();
  compiler.describe(*node, id, source, place);
  Place inner = place.below(id);
  inner.suppress_join_failure = node->suppress_join_failure;
  for (const auto& child : source.activities)
    if (const NodeId child_id = compiler.activity(child, inner); child_id != program::none)
      node->activities.push_back(child_id);
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

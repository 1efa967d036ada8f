#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::If& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::If>();
  compiler.describe(*node, id, source, place);
  Place inner = place.below(id);
  inner.suppress_join_failure = node->suppress_join_failure;
  for (const auto& branch : source.branches)
    node->branches.push_back({compiler.expression(branch.condition, place), compiler.activity(branch.activity, inner)});
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

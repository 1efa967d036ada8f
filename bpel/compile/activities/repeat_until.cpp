#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::RepeatUntil& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::RepeatUntil>();
  compiler.describe(*node, id, source, place);
  Place inner = place.below(id);
  inner.suppress_join_failure = node->suppress_join_failure;
  node->condition = compiler.expression(source.condition, place);
  node->activity = compiler.activity(source.activity, inner);
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

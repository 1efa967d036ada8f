#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Wait& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Wait>();
  compiler.describe(*node, id, source, place);
  node->deadline = compiler.deadline(source.for_, source.until, std::nullopt, place);
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

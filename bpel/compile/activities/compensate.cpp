#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Compensate& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Compensate>();
  compiler.describe(*node, id, source, place);
  node->scope_of_handler = place.handler_scope;
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

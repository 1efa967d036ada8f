#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Exit& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Exit>();
  compiler.describe(*node, id, source, place);
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

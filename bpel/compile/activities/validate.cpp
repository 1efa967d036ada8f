#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Validate& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Validate>();
  compiler.describe(*node, id, source, place);
  for (const auto& name : source.variables)
    node->variables.push_back(compiler.variable(name, place, source.origin.where));
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

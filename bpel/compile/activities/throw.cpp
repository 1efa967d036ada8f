#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Throw& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Throw>();
  compiler.describe(*node, id, source, place);
  node->fault_name = source.fault_name;
  if (!source.fault_variable.empty())
    node->fault_variable = compiler.variable(source.fault_variable, place, source.origin.where);
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

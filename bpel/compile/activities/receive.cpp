#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Receive& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Receive>();
  compiler.describe(*node, id, source, place);
  node->inbound = compiler.inbound(source.message, place);
  node->create_instance = source.create_instance == ast::YesNo::yes;
  compiler.add_entry(id, 0, node->create_instance, node->inbound);
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

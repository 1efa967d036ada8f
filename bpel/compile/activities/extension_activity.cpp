#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

// WS-BPEL 2.0 §10.9: an extension activity that is not understood and not mustUnderstand behaves like <empty>.
NodeId compile_activity(Compiler& compiler, const ast::ExtensionActivity& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::ExtensionActivity>();
  compiler.describe(*node, id, source, place);
  node->content_name = source.content_name;
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

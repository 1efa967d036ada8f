#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Assign& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Assign>();
  compiler.describe(*node, id, source, place);
  node->validate = source.validate == ast::YesNo::yes;
  // WS-BPEL 2.0 §8.4: an extension operation that is not understood and not mustUnderstand is ignored.
  for (const auto& operation : source.operations)
    if (const auto* copy = std::get_if<ast::Copy>(&operation)) node->copies.push_back(compiler.copy(*copy, place));
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

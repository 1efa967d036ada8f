#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

namespace {

/// WS-BPEL 2.0 §12.4.3.1: the target is a scope (or an invoke with a compensation handler) immediately enclosed by the
/// scope of the handler. The body was compiled before its handlers, so the first of that name is the one that is meant.
NodeId find_target(Compiler& compiler, const std::string& name, NodeId enclosing) {
  for (NodeId id = 0; id < compiler.node_count(); ++id) {
    const program::Node* node = compiler.node(id);
    if (node && node->kind == program::ActivityKind::scope && node->scope == enclosing && node->name == name &&
        id != enclosing)
      return id;
  }
  return program::none;
}

}  // namespace

NodeId compile_activity(Compiler& compiler, const ast::CompensateScope& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::CompensateScope>();
  compiler.describe(*node, id, source, place);
  node->scope_of_handler = place.handler_scope;
  node->target = find_target(compiler, source.target, place.handler_scope);
  if (node->target == program::none)
    compiler.error("BPEL", source.origin.where,
                   "<compensateScope> names '" + source.target +
                       "', which is no scope immediately enclosed by the scope of this handler; correct target.");
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

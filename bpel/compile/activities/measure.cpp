#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Measure& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Measure>();
  compiler.describe(*node, id, source, place);
  node->kpi = source.kpi;
  node->value = compiler.expression(source.value, place);
  node->group = compiler.expression(source.group, place);
  if (!source.value)
    compiler.error("CX00003", source.origin.where, "<cx:measure> has no value; add the attribute value.");
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

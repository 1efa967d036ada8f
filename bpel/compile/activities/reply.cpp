#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Reply& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Reply>();
  const SourceLocation& where = source.origin.where;
  compiler.describe(*node, id, source, place);
  node->operation =
      compiler.operation(compiler.partner_link(source.partner_link, place, where), source.operation, true, where);
  node->message_type = node->operation.output;
  if (source.fault_name) {
    node->fault_name = *source.fault_name;
    node->message_type = program::none;
    for (const auto& fault : node->operation.faults)
      if (fault.name == source.fault_name->local) node->message_type = fault.type;
  }
  std::tie(node->variable, node->variable_is_element) = compiler.message_variable(source.variable, place, where);
  node->to_parts = compiler.to_parts(source.to_parts, node->message_type, place);
  node->correlations = compiler.correlations(source.correlations, node->message_type, place);
  node->message_exchange = compiler.message_exchange(source.message_exchange, place, where);
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

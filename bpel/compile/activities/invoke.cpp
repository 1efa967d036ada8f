#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

namespace {

NodeId compile_plain(Compiler& compiler, const ast::Invoke& source, const Place& place, bool with_links) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Invoke>();
  const SourceLocation& where = source.origin.where;
  if (with_links) {
    compiler.describe(*node, id, source, place);
  } else {
    ast::Empty unlinked;
    unlinked.name = source.name;
    unlinked.origin = source.origin;
    unlinked.suppress_join_failure = source.suppress_join_failure;
    compiler.describe(*node, id, unlinked, place);
  }
  node->operation =
      compiler.operation(compiler.partner_link(source.partner_link, place, where), source.operation, false, where);
  std::tie(node->input_variable, node->input_is_element) =
      compiler.message_variable(source.input_variable, place, where);
  std::tie(node->output_variable, node->output_is_element) =
      compiler.message_variable(source.output_variable, place, where);
  node->to_parts = compiler.to_parts(source.to_parts, node->operation.input, place);
  node->from_parts = compiler.from_parts(source.from_parts, node->operation.output, place);
  // WS-BPEL 2.0 §10.3: without a pattern, a correlation belongs to the request.
  std::vector<ast::Correlation> request, response;
  for (const auto& correlation : source.correlations) {
    if (correlation.pattern != "response") request.push_back(correlation);
    if (correlation.pattern == "response" || correlation.pattern == "request-response") response.push_back(correlation);
  }
  node->request_correlations = compiler.correlations(request, node->operation.input, place);
  node->response_correlations = compiler.correlations(response, node->operation.output, place);
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace

// WS-BPEL 2.0 §10.3: inline handlers mean a scope around the invoke that takes over its name and links.
NodeId compile_activity(Compiler& compiler, const ast::Invoke& source, const Place& place) {
  if (source.fault_handlers.empty() && !source.compensation_handler)
    return compile_plain(compiler, source, place, true);
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Scope>();
  compiler.describe(*node, id, source, place);
  node->is_implicit = true;
  node->exit_on_standard_fault = place.exit_on_standard_fault;
  program::Scope& scope = *node;
  compiler.put(id, std::move(node));
  Environment names{place.names, id};
  Place inner = place.below(id);
  inner.names = &names;
  inner.scope = id;
  inner.suppress_join_failure = scope.suppress_join_failure;
  scope.activity = compile_plain(compiler, source, inner, false);
  Place handler = inner;
  handler.handler_scope = id;
  compiler.fault_handlers(scope, source.fault_handlers, names, handler);
  if (source.compensation_handler)
    scope.compensation_handler = compiler.activity(source.compensation_handler->activity, handler);
  return id;
}

}  // namespace echoflow::compile

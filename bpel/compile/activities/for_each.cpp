#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

// WS-BPEL 2.0 §11.7: the counter is an implicit xsd:unsignedInt variable of the enclosed scope.
NodeId compile_activity(Compiler& compiler, const ast::ForEach& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::ForEach>();
  compiler.describe(*node, id, source, place);
  node->parallel = source.parallel == ast::YesNo::yes;
  node->start = compiler.expression(source.start, place);
  node->final = compiler.expression(source.final, place);
  if (source.branches) {
    node->branches = compiler.expression(*source.branches, place);
    node->successful_branches_only = source.branches->successful_branches_only == ast::YesNo::yes;
  }
  if (!source.activity || source.activity->kind != ast::ActivityKind::scope) {
    compiler.error("BPEL", source.origin.where, "<forEach> must contain a <scope>; wrap its activity in one.");
    return program::none;
  }
  Place inner = place.below(id);
  inner.suppress_join_failure = node->suppress_join_failure;
  node->activity = compiler.scope_with(
      static_cast<const ast::Scope&>(*source.activity), inner,
      [&](Environment& names, program::Scope& scope, const Place&) {
        if (node->parallel) compiler.declare_default_exchange(scope, names);
        node->counter =
            compiler.declare_typed_variable(source.counter_name, {std::string(ns::xsd), "unsignedInt"}, names);
      },
      [](const Place&) {});
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

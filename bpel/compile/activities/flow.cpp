#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Flow& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Flow>();
  compiler.describe(*node, id, source, place);
  Environment names{place.names, place.scope};
  for (const auto& link : source.links) {
    const auto link_id = static_cast<program::LinkId>(compiler.program().links.size());
    compiler.program().links.push_back({link.name, id, program::none, program::none, nullptr});
    names.links[link.name] = link_id;
    node->links.push_back(link_id);
  }
  Place inner = place.below(id);
  inner.names = &names;
  inner.suppress_join_failure = node->suppress_join_failure;
  for (const auto& child : source.activities)
    if (const NodeId child_id = compiler.activity(child, inner); child_id != program::none)
      node->activities.push_back(child_id);
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

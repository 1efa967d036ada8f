#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Pick& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::Pick>();
  compiler.describe(*node, id, source, place);
  node->create_instance = source.create_instance == ast::YesNo::yes;
  Place inner = place.below(id);
  inner.suppress_join_failure = node->suppress_join_failure;
  for (const auto& message : source.on_messages)
    node->on_messages.push_back({compiler.inbound(message, place), compiler.activity(message.activity, inner),
                                 message.origin.path, message.origin.where});
  for (std::uint32_t i = 0; i < node->on_messages.size(); ++i)
    compiler.add_entry(id, i, node->create_instance, node->on_messages[i].inbound);
  for (const auto& alarm : source.on_alarms)
    node->on_alarms.push_back({compiler.deadline(alarm.for_, alarm.until, std::nullopt, place),
                               compiler.activity(alarm.activity, inner), alarm.origin.path, alarm.origin.where});
  compiler.put(id, std::move(node));
  return id;
}

}  // namespace echoflow::compile

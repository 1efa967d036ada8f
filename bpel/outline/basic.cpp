#include "bpel/outline/drawer.hpp"

namespace echoflow::outline {
namespace {

using graph::ActivityKind;

graph::Event event_of(graph::EventPosition position, graph::EventType type, std::string ref = {}) {
  graph::Event event;
  event.position = position;
  graph::EventDefinition definition;
  definition.type = type;
  definition.ref = std::move(ref);
  event.definitions.push_back(std::move(definition));
  return event;
}

void describe_filter(graph::Node& node, const ast::InboundMessage& message) {
  if (message.filter.channels) node.attributes.push_back({"cx.channels", *message.filter.channels, {}});
  if (message.filter.when) node.attributes.push_back({"cx.when", message.filter.when->text, {}});
}

}  // namespace

Piece Drawer::draw_one(const ast::Receive& receive, ContainerIndex in) {
  auto node = node_of(receive, "receive", in);
  describe_message(node, receive.message.partner_link, receive.message.operation);
  describe_filter(node, receive.message);
  const bool starts = &receive == start_;
  if (starts) {
    node.detail = event_of(graph::EventPosition::start, graph::EventType::message);
  } else {
    graph::Activity activity;
    activity.kind = ActivityKind::receive_task;
    activity.instantiate = receive.create_instance == ast::YesNo::yes;
    node.detail = std::move(activity);
  }
  const NodeIndex n = add(std::move(node));
  writes(n, receive.message.variable, receive.origin.where);
  for (const auto& part : receive.message.from_parts) writes(n, part.to_variable, part.origin.where);
  return {n, n};
}

Piece Drawer::draw_one(const ast::Reply& reply, ContainerIndex in) {
  const NodeIndex n = add_task(reply, "reply", ActivityKind::send_task, in);
  describe_message(graph_.node(n), reply.partner_link, reply.operation);
  reads(n, reply.variable, reply.origin.where);
  for (const auto& part : reply.to_parts) reads(n, part.from_variable, part.origin.where);
  return {n, n};
}

NodeIndex Drawer::invoke_task(const ast::Invoke& invoke, ContainerIndex in) {
  const bool two_way = !invoke.output_variable.empty() || invoke.has_from_parts;
  const NodeIndex n = add_task(invoke, "invoke", two_way ? ActivityKind::service_task : ActivityKind::send_task, in);
  describe_message(graph_.node(n), invoke.partner_link, invoke.operation);
  reads(n, invoke.input_variable, invoke.origin.where);
  writes(n, invoke.output_variable, invoke.origin.where);
  for (const auto& part : invoke.to_parts) reads(n, part.from_variable, part.origin.where);
  for (const auto& part : invoke.from_parts) writes(n, part.to_variable, part.origin.where);
  return n;
}

Piece Drawer::draw_one(const ast::Invoke& invoke, ContainerIndex in) {
  if (!invoke.fault_handlers.empty() || invoke.compensation_handler) return with_own_handlers(invoke, in);
  const NodeIndex n = invoke_task(invoke, in);
  return {n, n};
}

Piece Drawer::draw_one(const ast::Assign& assign, ContainerIndex in) {
  const NodeIndex n = add_task(assign, "assign", ActivityKind::script_task, in);
  for (const auto& operation : assign.operations) {
    const auto* copy = std::get_if<ast::Copy>(&operation);
    if (!copy) continue;
    if (const auto* from = std::get_if<ast::PartReference>(&copy->from.variant))
      reads(n, from->variable, copy->origin.where);
    if (const auto* to = std::get_if<ast::PartReference>(&copy->to.variant))
      writes(n, to->variable, copy->origin.where);
  }
  return {n, n};
}

Piece Drawer::draw_one(const ast::Validate& validate, ContainerIndex in) {
  const NodeIndex n = add_task(validate, "validate", ActivityKind::task, in);
  for (const auto& variable : validate.variables) reads(n, variable, validate.origin.where);
  return {n, n};
}

Piece Drawer::draw_one(const ast::Empty& empty, ContainerIndex in) {
  const NodeIndex n = add_task(empty, "empty", ActivityKind::task, in);
  return {n, n};
}

Piece Drawer::draw_one(const ast::ExtensionActivity& extension, ContainerIndex in) {
  const NodeIndex n = add_task(extension, "extensionActivity", ActivityKind::task, in);
  graph_.node(n).attributes.push_back({"bpel.extension", extension.content_name.clark(), {}});
  return {n, n};
}

Piece Drawer::draw_one(const ast::Wait& wait, ContainerIndex in) {
  auto node = node_of(wait, "wait", in);
  auto event = timer(wait.for_, wait.until, std::nullopt);
  event.position = graph::EventPosition::intermediate_catch;
  node.detail = std::move(event);
  const NodeIndex n = add(std::move(node));
  return {n, n};
}

Piece Drawer::draw_one(const ast::Exit& exit, ContainerIndex in) {
  auto node = node_of(exit, "exit", in);
  node.detail = event_of(graph::EventPosition::end, graph::EventType::terminate);
  return {add(std::move(node)), graph::none};
}

Piece Drawer::draw_one(const ast::Throw& activity, ContainerIndex in) {
  auto node = node_of(activity, "throw", in);
  node.detail = event_of(graph::EventPosition::end, graph::EventType::error, activity.fault_name.clark());
  if (node.name.empty()) node.name = graph::Names(activity.fault_name.local);
  return {add(std::move(node)), graph::none};
}

Piece Drawer::draw_one(const ast::Rethrow& activity, ContainerIndex in) {
  auto node = node_of(activity, "rethrow", in);
  node.detail = event_of(graph::EventPosition::end, graph::EventType::error);
  return {add(std::move(node)), graph::none};
}

Piece Drawer::draw_one(const ast::Compensate& activity, ContainerIndex in) {
  auto node = node_of(activity, "compensate", in);
  node.detail = event_of(graph::EventPosition::intermediate_throw, graph::EventType::compensation);
  const NodeIndex n = add(std::move(node));
  return {n, n};
}

Piece Drawer::draw_one(const ast::CompensateScope& activity, ContainerIndex in) {
  auto node = node_of(activity, "compensateScope", in);
  const auto target = activities_.find(activity.target);
  node.detail = event_of(graph::EventPosition::intermediate_throw, graph::EventType::compensation,
                         target == activities_.end() ? std::string() : graph_.node(target->second).id);
  const NodeIndex n = add(std::move(node));
  return {n, n};
}

}  // namespace echoflow::outline

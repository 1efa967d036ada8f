#include "bpel/outline/drawer.hpp"

namespace echoflow::outline {
namespace {

using graph::GatewayDirection;
using graph::GatewayKind;

}  // namespace

Piece Drawer::draw_one(const ast::Sequence& sequence, ContainerIndex in) {
  Piece whole;
  for (const auto& child : sequence.activities) {
    const Piece piece = activity(child, in);
    if (piece.entry == graph::none) continue;
    if (whole.entry == graph::none)
      whole = piece;
    else if (whole.exit != graph::none)
      connect(whole.exit, piece.entry);
    whole.exit = piece.exit;
  }
  return whole;
}

Piece Drawer::draw_one(const ast::If& choice, ContainerIndex in) {
  const NodeIndex split = add_gateway(node_of(choice, "if", in), GatewayKind::exclusive, GatewayDirection::diverging);
  std::vector<std::pair<Piece, const ast::If::Branch*>> branches;
  bool has_else = false;
  for (const auto& branch : choice.branches) {
    branches.emplace_back(activity(branch.activity, in), &branch);
    has_else = has_else || !branch.condition;
  }
  const NodeIndex join = add_gateway(node_of(static_cast<const ast::Element&>(choice), "#join", in),
                                     GatewayKind::exclusive, GatewayDirection::converging);
  graph_.node(join).documentation = {};
  for (const auto& [piece, branch] : branches) {
    const bool empty = piece.entry == graph::none;
    const auto flow = connect(split, empty ? join : piece.entry, branch->condition);
    if (!branch->condition) graph_.node(split).default_flow = flow;
    if (!empty && piece.exit != graph::none) connect(piece.exit, join);
  }
  if (!has_else) graph_.node(split).default_flow = connect(split, join);
  return {split, graph_.incoming(join).empty() ? graph::none : join};
}

Piece Drawer::draw_one(const ast::Pick& pick, ContainerIndex in) {
  const NodeIndex split = add_gateway(node_of(pick, "pick", in), GatewayKind::event_based, GatewayDirection::diverging);
  graph_.node(split).as<graph::Gateway>()->instantiate = pick.create_instance == ast::YesNo::yes;
  std::vector<NodeIndex> exits;
  const auto arm = [&](NodeIndex event, const ast::ActivityPtr& then) {
    connect(split, event);
    const Piece piece = activity(then, in);
    if (piece.entry != graph::none) connect(event, piece.entry);
    const NodeIndex exit = piece.entry == graph::none ? event : piece.exit;
    if (exit != graph::none) exits.push_back(exit);
  };
  for (const auto& message : pick.on_messages) {
    auto node = node_of(message, "", in);
    graph::Event event;
    event.position = graph::EventPosition::intermediate_catch;
    event.definitions.emplace_back();
    node.detail = std::move(event);
    node.attributes.push_back({"bpel.activity", "onMessage", {}});
    describe_message(node, message.partner_link, message.operation);
    if (message.filter.channels) node.attributes.push_back({"cx.channels", *message.filter.channels, {}});
    if (message.filter.when) node.attributes.push_back({"cx.when", message.filter.when->text, {}});
    const NodeIndex n = add(std::move(node));
    writes(n, message.variable, message.origin.where);
    arm(n, message.activity);
  }
  for (const auto& alarm : pick.on_alarms) {
    auto node = node_of(alarm, "", in);
    auto event = timer(alarm.for_, alarm.until, alarm.repeat_every);
    event.position = graph::EventPosition::intermediate_catch;
    node.detail = std::move(event);
    node.attributes.push_back({"bpel.activity", "onAlarm", {}});
    arm(add(std::move(node)), alarm.activity);
  }
  if (exits.empty()) return {split, graph::none};
  if (exits.size() == 1) return {split, exits.front()};
  auto node = node_of(static_cast<const ast::Element&>(pick), "#join", in);
  node.documentation = {};
  const NodeIndex join = add_gateway(std::move(node), GatewayKind::exclusive, GatewayDirection::converging);
  for (const NodeIndex exit : exits) connect(exit, join);
  return {split, join};
}

/// Loops are sub-processes that repeat: their body stays a block of its own.
Piece Drawer::draw_one(const ast::While& loop, ContainerIndex in) {
  const NodeIndex n = add_task(loop, "while", graph::ActivityKind::sub_process, in);
  auto& detail = graph_.node(n).as<graph::Activity>()->loop;
  detail.kind = graph::LoopKind::standard;
  detail.test_before = true;
  if (loop.condition) detail.condition = expression(*loop.condition);
  const auto body = add_body(n, loop);
  auto start = node_of(static_cast<const ast::Element&>(loop), "#start", body);
  start.detail = graph::Event{};
  const NodeIndex begin = add(std::move(start));
  fill_body(body, begin, loop, loop.activity);
  return {n, n};
}

Piece Drawer::draw_one(const ast::RepeatUntil& loop, ContainerIndex in) {
  const NodeIndex n = add_task(loop, "repeatUntil", graph::ActivityKind::sub_process, in);
  auto& detail = graph_.node(n).as<graph::Activity>()->loop;
  detail.kind = graph::LoopKind::standard;
  if (loop.condition) {
    // A standard loop goes on while its condition holds, repeatUntil until it does.
    detail.condition = expression(*loop.condition);
    detail.condition->text = std::string("not(") + loop.condition->text + ")";
  }
  const auto body = add_body(n, loop);
  auto start = node_of(static_cast<const ast::Element&>(loop), "#start", body);
  start.detail = graph::Event{};
  const NodeIndex begin = add(std::move(start));
  fill_body(body, begin, loop, loop.activity);
  return {n, n};
}

Piece Drawer::draw_one(const ast::ForEach& loop, ContainerIndex in) {
  const NodeIndex n = add_task(loop, "forEach", graph::ActivityKind::sub_process, in);
  auto& detail = graph_.node(n).as<graph::Activity>()->loop;
  detail.kind = loop.parallel == ast::YesNo::yes ? graph::LoopKind::multi_parallel : graph::LoopKind::multi_sequential;
  detail.item_in = loop.counter_name;
  if (loop.start && loop.final) {
    graph::Expression count = expression(*loop.final);
    count.text = std::string("(") + loop.final->text + ") - (" + loop.start->text + ") + 1";
    detail.cardinality = std::move(count);
  }
  if (loop.branches) detail.completion = expression(*loop.branches);
  const auto body = add_body(n, loop);
  auto start = node_of(static_cast<const ast::Element&>(loop), "#start", body);
  start.detail = graph::Event{};
  const NodeIndex begin = add(std::move(start));
  fill_body(body, begin, loop, loop.activity);
  return {n, n};
}

Piece Drawer::draw_one(const ast::Flow& flow, ContainerIndex in) {
  const NodeIndex split = add_gateway(node_of(flow, "flow", in), GatewayKind::parallel, GatewayDirection::diverging);
  LinkTable links;
  for (const auto& declared : flow.links) links[declared.name].name = declared.name;
  links_.push_back(&links);
  const auto* outer = child_of_flow_;
  std::vector<Piece> pieces;
  for (const auto& child : flow.activities) {
    child_of_flow_ = child.get();
    pieces.push_back(activity(child, in));
  }
  child_of_flow_ = outer;
  links_.pop_back();
  auto node = node_of(static_cast<const ast::Element&>(flow), "#join", in);
  node.documentation = {};
  const NodeIndex join = add_gateway(std::move(node), links.empty() ? GatewayKind::parallel : GatewayKind::inclusive,
                                     GatewayDirection::converging);
  connect_links(links);
  // What a link leads to waits for the link, and is not entered from the flow's beginning as well.
  for (const auto& piece : pieces) {
    if (piece.entry == graph::none) continue;
    if (graph_.incoming(piece.entry).empty()) connect(split, piece.entry);
    // A link that may not be taken lets the branch end here all the same.
    bool goes_on = false;
    for (const auto flow_out : piece.exit == graph::none ? std::vector<FlowIndex>{} : graph_.outgoing(piece.exit))
      goes_on = goes_on || !graph_.flow(flow_out).condition;
    if (piece.exit != graph::none && !goes_on) connect(piece.exit, join);
  }
  if (graph_.outgoing(split).empty()) connect(split, join);
  return {split, graph_.incoming(join).empty() ? graph::none : join};
}

}  // namespace echoflow::outline

#include "bpel/outline/drawer.hpp"

#include "bpel/outline/outline.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::outline {
namespace {

constexpr std::string_view kind_attribute = "bpel.activity";

/// The receive with which a process begins, when it begins with one.
const ast::Receive* first_receive(const ast::ActivityPtr& activity) {
  const ast::Activity* at = activity.get();
  while (at) {
    if (at->kind == ast::ActivityKind::sequence) {
      const auto& inner = static_cast<const ast::Sequence&>(*at).activities;
      at = inner.empty() ? nullptr : inner.front().get();
      continue;
    }
    if (at->kind != ast::ActivityKind::receive || at->targets) return nullptr;
    const auto& receive = static_cast<const ast::Receive&>(*at);
    return receive.create_instance == ast::YesNo::yes ? &receive : nullptr;
  }
  return nullptr;
}

}  // namespace

graph::ProcessGraph Drawer::draw() {
  graph_.notation = graph::Notation::bpel;
  graph_.file = process_.file;
  graph_.id = process_.name;
  graph_.name = graph::Names(process_.name);
  graph_.target_namespace = process_.target_namespace;
  graph_.expression_language =
      process_.expression_language.empty() ? std::string(ns::xpath1_sublang) : process_.expression_language;
  graph::Container container;
  container.id = process_.origin.path.empty() ? std::string("/process") : process_.origin.path;
  container.name = graph::Names(process_.name);
  for (const auto& text : process_.documentation) container.documentation.set(text.language, text.text);
  container.where = process_.origin.where;
  graph_.containers.push_back(std::move(container));
  start_ = first_receive(process_.body.activity);
  declare(process_.body, 0);
  NodeIndex start = graph::none;
  if (!start_) {
    auto node = node_of(process_, "#start", 0);
    node.name = {};
    node.detail = graph::Event{};
    start = add(std::move(node));
  }
  fill_body(0, start, process_, process_.body.activity);
  handlers(process_.body, 0);
  kpis();
  return std::move(graph_);
}

graph::Node Drawer::node_of(const ast::Element& element, std::string_view suffix, ContainerIndex in) const {
  graph::Node node;
  node.id = element.origin.path;
  node.id += suffix;
  node.container = in;
  node.where = element.origin.where;
  for (const auto& text : element.documentation) node.documentation.set(text.language, text.text);
  return node;
}

graph::Node Drawer::node_of(const ast::Activity& activity, std::string_view kind, ContainerIndex in) const {
  auto node = node_of(static_cast<const ast::Element&>(activity), "", in);
  node.name = graph::Names(activity.name);
  node.attributes.push_back({std::string(kind_attribute), std::string(kind), {}});
  return node;
}

NodeIndex Drawer::add(graph::Node node) {
  // Ids that a model hands over are its own; nothing says that no two elements have the same.
  const std::string wanted = node.id;
  for (int n = 2; graph_.find(node.id) != graph::none; ++n) node.id = wanted + "#" + std::to_string(n);
  return graph_.add_node(std::move(node));
}

NodeIndex Drawer::add_gateway(graph::Node node, graph::GatewayKind kind, graph::GatewayDirection direction) {
  graph::Gateway gateway;
  gateway.kind = kind;
  gateway.direction = direction;
  node.detail = gateway;
  return add(std::move(node));
}

NodeIndex Drawer::add_task(const ast::Activity& activity, std::string_view kind, graph::ActivityKind task,
                           ContainerIndex in) {
  auto node = node_of(activity, kind, in);
  graph::Activity detail;
  detail.kind = task;
  node.detail = std::move(detail);
  return add(std::move(node));
}

FlowIndex Drawer::connect(NodeIndex from, NodeIndex to) {
  graph::Flow flow;
  flow.id = graph_.node(from).id + ">" + graph_.node(to).id;
  flow.where = graph_.node(to).where;
  return graph_.add_flow(from, to, std::move(flow));
}

FlowIndex Drawer::connect(NodeIndex from, NodeIndex to, const std::optional<ast::Expression>& condition) {
  const auto flow = connect(from, to);
  if (condition) graph_.flow(flow).condition = expression(*condition);
  return flow;
}

ContainerIndex Drawer::add_body(NodeIndex owner, const ast::Element& element) {
  graph::Container body;
  body.id = graph_.node(owner).id;
  body.name = graph_.node(owner).name;
  body.parent = graph_.node(owner).container;
  body.owner = owner;
  body.where = element.origin.where;
  graph_.containers.push_back(std::move(body));
  const auto index = static_cast<ContainerIndex>(graph_.containers.size() - 1);
  if (auto* activity = graph_.node(owner).as<graph::Activity>()) activity->body = index;
  return index;
}

void Drawer::fill_body(ContainerIndex body, NodeIndex start, const ast::Element& element,
                       const ast::ActivityPtr& activity) {
  const Piece piece = this->activity(activity, body);
  NodeIndex last = start;
  if (piece.entry != graph::none) {
    if (start != graph::none) connect(start, piece.entry);
    last = piece.exit;
  }
  if (last == graph::none) return;
  auto end = node_of(element, "#end", body);
  end.documentation = {};
  graph::Event event;
  event.position = graph::EventPosition::end;
  end.detail = std::move(event);
  const NodeIndex index = add(std::move(end));
  connect(last, index);
}

graph::Expression Drawer::expression(const ast::Expression& source) const {
  return {source.text, source.language.empty() ? graph_.expression_language : source.language, source.origin.where};
}

void Drawer::describe_message(graph::Node& node, const std::string& partner_link, const std::string& operation) {
  node.attributes.push_back({"bpel.partnerLink", partner_link, {}});
  node.attributes.push_back({"bpel.operation", operation, {}});
  if (node.name.empty()) node.name = graph::Names(operation);
}

void Drawer::relate(graph::RelationKind kind, NodeIndex from, NodeIndex to, std::string type,
                    const SourceLocation& where) {
  graph::Relation relation;
  relation.kind = kind;
  relation.id = graph_.node(from).id + ">" + graph_.node(to).id;
  relation.type = std::move(type);
  relation.from = from;
  relation.to = to;
  relation.where = where;
  graph_.relations.push_back(std::move(relation));
}

namespace {

NodeIndex variable_in(const std::vector<std::map<std::string, NodeIndex>>& scopes, const std::string& name) {
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope)
    if (const auto found = scope->find(name); found != scope->end()) return found->second;
  return graph::none;
}

}  // namespace

void Drawer::reads(NodeIndex activity, const std::string& variable, const SourceLocation& where) {
  const auto data = variable_in(variables_, variable);
  if (data != graph::none) relate(graph::RelationKind::reads, activity, data, "variable", where);
}

void Drawer::writes(NodeIndex activity, const std::string& variable, const SourceLocation& where) {
  const auto data = variable_in(variables_, variable);
  if (data != graph::none) relate(graph::RelationKind::writes, activity, data, "variable", where);
}

Piece Drawer::activity(const ast::ActivityPtr& activity, ContainerIndex in) {
  if (!activity) return {};
  const auto draw = [&]() -> Piece {
    switch (activity->kind) {
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) \
  case ast::ActivityKind::enumerator:                \
    return draw_one(static_cast<const ast::Type&>(*activity), in);
#include "models/program/activity_kinds.def"
    }
    return {};
  };
  const Piece piece = draw();
  if (!activity->name.empty() && piece.entry != graph::none) activities_.emplace(activity->name, piece.entry);
  return with_links(*activity, piece, in);
}

graph::ProcessGraph outline(const ast::Process& process) {
  return Drawer(process).draw();
}

}  // namespace echoflow::outline

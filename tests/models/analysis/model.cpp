#include "tests/models/analysis/model.hpp"

#include <sstream>

namespace echoflow::test {

using namespace graph;

ContainerIndex Model::container(const std::string& id, NodeIndex owner) {
  Container container;
  container.id = id;
  container.owner = owner;
  if (owner != none) {
    container.parent = graph.node(owner).container;
    graph.node(owner).as<Activity>()->body = static_cast<ContainerIndex>(graph.containers.size());
  }
  graph.containers.push_back(container);
  return current = static_cast<ContainerIndex>(graph.containers.size() - 1);
}

NodeIndex Model::add(const std::string& id, Detail detail) {
  Node node;
  node.id = id;
  node.name.set("", id);
  node.container = current;
  node.detail = std::move(detail);
  return graph.add_node(std::move(node));
}

NodeIndex Model::event(const std::string& id, EventPosition position) {
  Event event;
  event.position = position;
  return add(id, event);
}

NodeIndex Model::event(const std::string& id, EventPosition position, EventType type) {
  Event event;
  event.position = position;
  event.definitions.emplace_back();
  event.definitions.back().type = type;
  return add(id, event);
}

NodeIndex Model::boundary(const std::string& id, const std::string& activity, EventType type, bool interrupting) {
  const auto n = event(id, EventPosition::boundary, type);
  auto* made = graph.node(n).as<Event>();
  made->attached_to = graph.find(activity);
  made->interrupting = interrupting;
  return n;
}

NodeIndex Model::task(const std::string& id, ActivityKind kind) {
  Activity activity;
  activity.kind = kind;
  return add(id, activity);
}

NodeIndex Model::gateway(const std::string& id, GatewayKind kind) {
  Gateway gateway;
  gateway.kind = kind;
  return add(id, gateway);
}

NodeIndex Model::data(const std::string& id) {
  return add(id, Data{});
}

Model& Model::flow(const std::string& ids) {
  std::istringstream words(ids);
  std::string from, to;
  for (words >> from; words >> to; from = to) {
    Flow flow;
    flow.id = from + "-" + to + "#" + std::to_string(graph.flow_count());
    graph.add_flow(graph.find(from), graph.find(to), std::move(flow));
  }
  return *this;
}

void Model::relation(RelationKind kind, const std::string& from, const std::string& to) {
  Relation relation;
  relation.kind = kind;
  relation.from = graph.find(from);
  relation.to = graph.find(to);
  graph.relations.push_back(std::move(relation));
}

}  // namespace echoflow::test

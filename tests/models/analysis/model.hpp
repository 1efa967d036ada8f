#pragma once
#include <string>

#include "models/graph/process_graph.hpp"

namespace echoflow::test {

/// Builds a model of one container in a few lines: nodes by id, flows by the ids of their ends.
class Model {
 public:
  Model() { container("process"); }

  graph::ContainerIndex container(const std::string& id, graph::NodeIndex owner = graph::none);
  graph::NodeIndex start(const std::string& id) { return event(id, graph::EventPosition::start); }
  graph::NodeIndex end(const std::string& id) { return event(id, graph::EventPosition::end); }
  graph::NodeIndex event(const std::string& id, graph::EventPosition position);
  graph::NodeIndex event(const std::string& id, graph::EventPosition position, graph::EventType type);
  graph::NodeIndex boundary(const std::string& id, const std::string& activity, graph::EventType type,
                            bool interrupting = true);
  graph::NodeIndex task(const std::string& id, graph::ActivityKind kind = graph::ActivityKind::task);
  graph::NodeIndex gateway(const std::string& id, graph::GatewayKind kind);
  graph::NodeIndex exclusive(const std::string& id) { return gateway(id, graph::GatewayKind::exclusive); }
  graph::NodeIndex parallel(const std::string& id) { return gateway(id, graph::GatewayKind::parallel); }
  graph::NodeIndex inclusive(const std::string& id) { return gateway(id, graph::GatewayKind::inclusive); }
  graph::NodeIndex data(const std::string& id);
  /// "a b c": a → b → c.
  Model& flow(const std::string& ids);
  void relation(graph::RelationKind kind, const std::string& from, const std::string& to);

  graph::ProcessGraph graph;
  graph::ContainerIndex current = 0;  ///< where new nodes go

 private:
  graph::NodeIndex add(const std::string& id, graph::Detail detail);
};

}  // namespace echoflow::test

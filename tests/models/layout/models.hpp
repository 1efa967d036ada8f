#pragma once
#include <random>
#include <string>

#include "models/graph/process_graph.hpp"

/// Small models for the tests of layout and drawing.
namespace echoflow::layout::samples {

/// Builds a graph in words.
class Maker {
 public:
  Maker() { graph_.containers.push_back({"process", graph::Names("Complaint")}); }

  graph::NodeIndex add(const std::string& id, graph::Detail detail, const std::string& name = {},
                       graph::ContainerIndex in = 0) {
    graph::Node node;
    node.id = id;
    node.name = name.empty() ? graph::Names() : graph::Names(name);
    node.container = in;
    node.detail = std::move(detail);
    return graph_.add_node(std::move(node));
  }
  graph::NodeIndex task(const std::string& id, graph::ContainerIndex in = 0) {
    return add(id, graph::Activity{}, "Do " + id, in);
  }
  graph::NodeIndex start(const std::string& id, graph::ContainerIndex in = 0) {
    return add(id, graph::Event{}, id, in);
  }
  graph::NodeIndex end(const std::string& id, graph::ContainerIndex in = 0) {
    graph::Event event;
    event.position = graph::EventPosition::end;
    return add(id, event, id, in);
  }
  graph::NodeIndex gateway(const std::string& id, graph::GatewayKind kind = graph::GatewayKind::exclusive) {
    return add(id, graph::Gateway{kind});
  }
  graph::NodeIndex boundary(const std::string& id, graph::NodeIndex host) {
    graph::Event event;
    event.position = graph::EventPosition::boundary;
    event.attached_to = host;
    event.definitions.push_back({graph::EventType::timer});
    return add(id, event, id, graph_.node(host).container);
  }
  graph::NodeIndex lane(const std::string& id) { return add(id, graph::Role{graph::RoleKind::lane}, id); }
  graph::FlowIndex flow(graph::NodeIndex from, graph::NodeIndex to, const std::string& name = {}) {
    graph::Flow flow;
    flow.id = "flow" + std::to_string(graph_.flow_count());
    if (!name.empty()) flow.name = graph::Names(name);
    return graph_.add_flow(from, to, std::move(flow));
  }
  graph::ContainerIndex inside(graph::NodeIndex owner) {
    graph::Container container;
    container.id = graph_.node(owner).id;
    container.parent = graph_.node(owner).container;
    container.owner = owner;
    graph_.containers.push_back(container);
    const auto index = static_cast<graph::ContainerIndex>(graph_.containers.size() - 1);
    graph_.node(owner).as<graph::Activity>()->body = index;
    return index;
  }
  graph::ProcessGraph& graph() { return graph_; }

 private:
  graph::ProcessGraph graph_;
};

/// A complaint: a choice, a loop, a time-out, a note, and a sub-process.
inline graph::ProcessGraph complaint() {
  Maker m;
  const auto start = m.start("start");
  const auto check = m.task("check");
  const auto split = m.gateway("split");
  const auto settle = m.add("settle", graph::Activity{graph::ActivityKind::user_task}, "Settle with the customer");
  const auto reject = m.add("reject", graph::Activity{graph::ActivityKind::send_task}, "Write a refusal");
  const auto join = m.gateway("join");
  const auto late = m.boundary("late", settle);
  const auto escalate = m.add("escalate", graph::Activity{graph::ActivityKind::sub_process}, "Escalate");
  const auto inside = m.inside(escalate);
  m.flow(m.start("s2", inside), m.task("call", inside));
  const auto end = m.end("end");
  m.flow(start, check);
  m.flow(check, split);
  m.flow(split, settle, "justified");
  m.flow(split, reject, "not justified");
  m.flow(settle, join);
  m.flow(reject, join);
  m.flow(join, end);
  m.flow(late, escalate);
  m.flow(escalate, join);
  m.flow(reject, check, "once more");
  const auto note = m.add("note", graph::Note{}, "Within two days");
  m.graph().relations.push_back({graph::RelationKind::annotates, "r1", "association", note, settle});
  return std::move(m.graph());
}

/// Anything may follow anything, in lanes or without.
inline graph::ProcessGraph random_graph(unsigned seed, bool lanes) {
  std::mt19937 next(seed);
  Maker m;
  std::vector<graph::NodeIndex> nodes;
  const unsigned count = 3 + next() % 25;
  if (lanes)
    for (int l = 0; l < 3; ++l) m.lane("lane" + std::to_string(l));
  for (unsigned i = 0; i < count; ++i) {
    const auto id = "n" + std::to_string(i);
    const auto kind = next() % 4;
    const auto node = kind == 0   ? m.gateway(id)
                      : kind == 1 ? m.start(id)
                      : kind == 2
                          ? m.task(id)
                          : m.add(id, graph::Activity{}, "A longer name of a step, number " + std::to_string(i));
    if (lanes) m.graph().node(node).lanes = {"lane" + std::to_string(next() % 3)};
    if (kind == 2 && next() % 3 == 0) nodes.push_back(m.boundary("b" + std::to_string(i), node));
    if (kind == 2 && lanes && !nodes.empty() && m.graph().node(nodes.back()).as<graph::Event>())
      m.graph().node(nodes.back()).lanes = m.graph().node(node).lanes;
    nodes.push_back(node);
  }
  const unsigned flows = count + next() % count;
  for (unsigned i = 0; i < flows; ++i) {
    const auto to = nodes[next() % nodes.size()];
    const auto* event = m.graph().node(to).as<graph::Event>();
    if (event && event->position == graph::EventPosition::boundary) continue;
    m.flow(nodes[next() % nodes.size()], to, next() % 4 == 0 ? "when it fits" : "");
  }
  return std::move(m.graph());
}

}  // namespace echoflow::layout::samples

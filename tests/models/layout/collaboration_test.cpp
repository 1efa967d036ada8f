#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "models/layout/measure.hpp"
#include "models/layout/points.hpp"
#include "tests/models/layout/models.hpp"

namespace echoflow::layout {

namespace {

const LayoutOptions ours{"en", Placement::own};

/// Pools with processes, and messages between them.
class Pools : public samples::Maker {
 public:
  /// Returns the process.
  graph::ContainerIndex pool(const std::string& name) {
    auto& g = graph();
    graph::ContainerIndex process = 0;
    if (!g.participants.empty()) {
      process = static_cast<graph::ContainerIndex>(g.containers.size());
      g.containers.push_back({"process " + name, graph::Names(name)});
    }
    graph::Participant participant;
    participant.id = "pool " + name;
    participant.name = graph::Names(name);
    participant.process = process;
    g.participants.push_back(participant);
    return process;
  }
  void black_box(const std::string& name) {
    graph::Participant participant;
    participant.id = "pool " + name;
    participant.name = graph::Names(name);
    graph().participants.push_back(participant);
  }
  void message(const std::string& from, const std::string& to) {
    graph::MessageFlow flow;
    flow.id = "message" + std::to_string(graph().message_flows.size());
    flow.from = from;
    flow.to = to;
    graph().message_flows.push_back(flow);
  }
  /// Start, steps and end, one after another.
  void line(graph::ContainerIndex process, const std::string& name, int steps) {
    auto last = start(name + " start", process);
    for (int i = 0; i < steps; ++i) {
      const auto next = task(name + std::to_string(i), process);
      flow(last, next);
      last = next;
    }
    flow(last, end(name + " end", process));
  }
};

Bounds at(const graph::ProcessGraph& graph, const Diagram& diagram, const std::string& id) {
  for (const auto& node : diagram.nodes)
    if (graph.node(node.node).id == id) return node.bounds;
  throw std::runtime_error("not drawn: " + id);
}

double top(const graph::ProcessGraph& graph, const Diagram& diagram, const std::string& pool) {
  for (const auto& placed : diagram.pools)
    if (graph.participants[placed.participant].id == "pool " + pool) return placed.bounds.y;
  throw std::runtime_error("no pool " + pool);
}

const PlacedEdge& message_of(const Diagram& diagram, std::size_t index) {
  for (const auto& edge : diagram.edges)
    if (edge.kind == EdgeKind::message && edge.index == index) return edge;
  throw std::runtime_error("no such message flow");
}

TEST(Collaboration, EndsOfMessageFlowsStandOverEachOther) {
  Pools m;
  m.line(m.pool("Customer"), "c", 5);
  m.line(m.pool("Company"), "d", 3);
  m.message("c1", "d0");
  m.message("d2", "c4");
  const auto diagram = lay_out(m.graph(), ours);
  for (const auto& [a, b] : {std::pair("c1", "d0"), std::pair("d2", "c4")})
    EXPECT_NEAR(middle(at(m.graph(), diagram, a)).x, middle(at(m.graph(), diagram, b)).x, 0.01) << a;
  EXPECT_EQ(message_of(diagram, 0).points.size(), 2u);
  EXPECT_EQ(message_of(diagram, 1).points.size(), 2u);
  const auto measures = measure(m.graph(), diagram);
  EXPECT_EQ(measures.crossings, 0u);
  EXPECT_EQ(measures.bends, 0u);
}

TEST(Collaboration, OrdersThatContradictEachOtherAreNotForced) {
  Pools m;
  m.line(m.pool("Customer"), "c", 3);
  m.line(m.pool("Company"), "d", 3);
  m.message("c0", "d2");
  m.message("d0", "c2");
  m.message("c1", "d1");
  const auto diagram = lay_out(m.graph(), ours);
  for (const auto* pool : {"c", "d"})
    for (int i = 0; i < 2; ++i)
      EXPECT_LT(at(m.graph(), diagram, pool + std::to_string(i)).x,
                at(m.graph(), diagram, pool + std::to_string(i + 1)).x);
}

TEST(Collaboration, PoolsThatTalkStandSideBySide) {
  Pools m;
  m.line(m.pool("A"), "a", 2);
  m.line(m.pool("B"), "b", 2);
  m.line(m.pool("C"), "c", 2);
  m.message("a0", "c0");
  m.message("c1", "a1");
  const auto diagram = lay_out(m.graph(), ours);
  const auto a = top(m.graph(), diagram, "A"), b = top(m.graph(), diagram, "B"), c = top(m.graph(), diagram, "C");
  EXPECT_FALSE(std::min(a, c) < b && b < std::max(a, c)) << "B stands between A and C";
  EXPECT_EQ(measure(m.graph(), diagram).crossings, 0u);
}

TEST(Collaboration, PoolsKeepTheirOrderWithoutNeed) {
  Pools m;
  m.line(m.pool("A"), "a", 2);
  m.line(m.pool("B"), "b", 2);
  m.line(m.pool("C"), "c", 2);
  m.message("a0", "b0");
  m.message("b1", "c1");
  const auto diagram = lay_out(m.graph(), ours);
  EXPECT_LT(top(m.graph(), diagram, "A"), top(m.graph(), diagram, "B"));
  EXPECT_LT(top(m.graph(), diagram, "B"), top(m.graph(), diagram, "C"));
}

TEST(Collaboration, ALoopLeadsBackWhereNoMessageFlowPasses) {
  Pools m;
  const auto process = m.pool("Company");
  const auto start = m.start("start", process);
  const auto first = m.task("first", process);
  const auto second = m.task("second", process);
  m.flow(start, first);
  m.flow(first, second);
  m.flow(second, first);
  m.flow(second, m.end("end", process));
  m.black_box("Customer");
  m.message("first", "pool Customer");
  m.message("pool Customer", "second");
  const auto diagram = lay_out(m.graph(), ours);
  EXPECT_EQ(measure(m.graph(), diagram).crossings, 0u);
}

TEST(Collaboration, BranchesChangePlacesForMessageFlows) {
  Pools m;
  const auto process = m.pool("Company");
  const auto start = m.start("start", process);
  const auto split = m.add("split", graph::Gateway{}, "", process);
  const auto join = m.add("join", graph::Gateway{}, "", process);
  m.flow(start, split);
  for (const auto* id : {"talks", "silent"}) {
    const auto before = m.task(std::string(id) + " before", process);
    const auto step = m.task(id, process);
    m.flow(split, before);
    m.flow(before, step);
    m.flow(step, join);
  }
  m.flow(join, m.end("end", process));
  m.black_box("Customer");
  m.message("talks", "pool Customer");
  const auto diagram = lay_out(m.graph(), ours);
  EXPECT_GT(at(m.graph(), diagram, "talks").y, at(m.graph(), diagram, "silent").y);
  EXPECT_EQ(measure(m.graph(), diagram).crossings, 0u);
}

TEST(Collaboration, PoolsStandTheOtherWayUpWhereFewerLinesCross) {
  Pools m;
  const auto process = m.pool("Company");
  // The upper way is the long one, and the only one that talks: a line downwards would cross the other.
  const auto start = m.start("start", process);
  const auto split = m.add("split", graph::Gateway{}, "", process);
  m.flow(start, split);
  const auto talks = m.task("talks", process);
  m.flow(split, talks);
  const auto host = m.task("host", process);
  m.flow(split, host);
  const auto late = m.boundary("late", host);
  const auto join = m.add("join", graph::Gateway{}, "", process);
  m.flow(talks, join);
  m.flow(host, join);
  m.flow(late, m.task("remind", process));
  m.flow(join, m.end("end", process));
  m.black_box("Customer");
  m.message("talks", "pool Customer");
  m.message("host", "pool Customer");
  m.message("split", "pool Customer");
  const auto diagram = lay_out(m.graph(), ours);
  const auto crossings = measure(m.graph(), diagram).crossings;
  // The same model with its pools in the other order is drawn as well.
  std::swap(m.graph().participants[0], m.graph().participants[1]);
  EXPECT_EQ(measure(m.graph(), lay_out(m.graph(), ours)).crossings, crossings);
}

TEST(Collaboration, LanesThatHandOverStandSideBySide) {
  samples::Maker m;
  for (const auto* lane : {"clerk", "archive", "expert"}) m.lane(lane);
  const auto in = [&](graph::NodeIndex node, const std::string& lane) {
    m.graph().node(node).lanes = {lane};
    return node;
  };
  const auto start = in(m.start("start"), "clerk");
  const auto check = in(m.task("check"), "clerk");
  const auto judge = in(m.task("judge"), "expert");
  const auto file = in(m.task("file"), "archive");
  m.flow(start, check);
  m.flow(check, judge);
  m.flow(judge, check);
  m.flow(judge, file);
  const auto diagram = lay_out(m.graph(), ours);
  const auto y = [&](const char* id) { return at(m.graph(), diagram, id).y; };
  EXPECT_TRUE((y("check") < y("judge") && y("judge") < y("file")) ||
              (y("file") < y("judge") && y("judge") < y("check")));
}

TEST(Collaboration, WhatOnlyMessagesLinkStandsInItsPool) {
  Pools m;
  const auto process = m.pool("A");
  m.task("alone", process);
  m.task("silent", process);
  m.line(m.pool("B"), "b", 3);
  m.message("alone", "b1");
  const auto diagram = lay_out(m.graph(), ours);
  EXPECT_NEAR(middle(at(m.graph(), diagram, "alone")).x, middle(at(m.graph(), diagram, "b1")).x, 0.01);
  for (const auto& pool : diagram.pools)
    if (m.graph().participants[pool.participant].process == process) {
      for (const auto* id : {"alone", "silent"}) EXPECT_TRUE(contains(pool.bounds, at(m.graph(), diagram, id))) << id;
    }
}

/// Anything in one pool may talk to anything in another.
class RandomCollaborations : public ::testing::TestWithParam<unsigned> {};

TEST_P(RandomCollaborations, AreLaidOutSoundly) {
  std::mt19937 next(GetParam());
  Pools m;
  std::vector<std::pair<std::string, unsigned>> nodes;
  const unsigned pools = 2 + next() % 3;
  for (unsigned p = 0; p < pools; ++p) {
    const auto process = m.pool("P" + std::to_string(p));
    std::vector<graph::NodeIndex> own_nodes;
    const unsigned count = 1 + next() % 9;
    for (unsigned i = 0; i < count; ++i) {
      const auto id = "p" + std::to_string(p) + "n" + std::to_string(i);
      const auto kind = next() % 3;
      own_nodes.push_back(kind == 0   ? m.add(id, graph::Gateway{}, "", process)
                          : kind == 1 ? m.start(id, process)
                                      : m.task(id, process));
      if (kind != 0) nodes.emplace_back(id, p);
      if (kind == 2 && next() % 4 == 0) m.boundary("b" + id, own_nodes.back());
    }
    for (unsigned i = 0; i < count + 2; ++i)
      m.flow(own_nodes[next() % own_nodes.size()], own_nodes[next() % own_nodes.size()]);
  }
  if (next() % 2 == 0) m.black_box("Outside"), nodes.emplace_back("pool Outside", pools);
  for (unsigned i = 0; i < 8 && nodes.size() > 1; ++i) {
    const auto& [from, a] = nodes[next() % nodes.size()];
    const auto& [to, b] = nodes[next() % nodes.size()];
    if (a != b) m.message(from, to);
  }
  const auto diagram = lay_out(m.graph(), ours);
  const auto measures = measure(m.graph(), diagram);
  EXPECT_EQ(measures.node_overlaps, 0u);
  EXPECT_EQ(measures.loose_ends, 0u);
  EXPECT_EQ(measures.clipped_labels, 0u);
  EXPECT_EQ(measures.missing_edges, 0u);
  for (std::size_t i = 1; i < diagram.pools.size(); ++i)
    EXPECT_LT(bottom(diagram.pools[i - 1].bounds), diagram.pools[i].bounds.y);
  for (const auto& node : diagram.nodes)
    for (const auto& pool : diagram.pools)
      if (m.graph().participants[pool.participant].process == m.graph().node(node.node).container) {
        EXPECT_TRUE(contains(pool.bounds, node.bounds)) << m.graph().node(node.node).id;
      }
  for (const auto& edge : diagram.edges)
    for (const auto& p : edge.points) EXPECT_TRUE(contains({0, 0, diagram.width, diagram.height}, p, 0.01));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomCollaborations, ::testing::Range(1u, 80u));

}  // namespace

}  // namespace echoflow::layout

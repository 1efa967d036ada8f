#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "models/layout/measure.hpp"
#include "models/layout/points.hpp"
#include "tests/models/layout/models.hpp"

namespace echoflow::layout {

namespace {

const LayoutOptions own{"en", Placement::own};

const PlacedNode& node_of(const graph::ProcessGraph& graph, const Diagram& diagram, const std::string& id) {
  for (const auto& node : diagram.nodes)
    if (graph.node(node.node).id == id) return node;
  throw std::runtime_error("not drawn: " + id);
}

void expect_sound(const graph::ProcessGraph& graph, const Diagram& diagram) {
  const auto m = measure(graph, diagram);
  EXPECT_EQ(m.node_overlaps, 0u);
  EXPECT_EQ(m.through_nodes, 0u);
  EXPECT_EQ(m.loose_ends, 0u);
  EXPECT_EQ(m.clipped_labels, 0u);
  EXPECT_EQ(m.missing_edges, 0u);
  for (const auto& node : diagram.nodes)
    EXPECT_TRUE(contains({0, 0, diagram.width, diagram.height}, node.bounds)) << graph.node(node.node).id;
  for (const auto& edge : diagram.edges) {
    EXPECT_GE(edge.points.size(), 2u);
    for (const auto& p : edge.points) EXPECT_TRUE(contains({0, 0, diagram.width, diagram.height}, p, 0.01));
    for (std::size_t i = 1; edge.kind == EdgeKind::flow && i < edge.points.size(); ++i)
      EXPECT_TRUE(std::abs(edge.points[i].x - edge.points[i - 1].x) < 0.51 ||
                  std::abs(edge.points[i].y - edge.points[i - 1].y) < 0.51)
          << "a slanted line";
  }
}

TEST(OwnLayout, LeadsFromLeftToRight) {
  const auto graph = samples::complaint();
  const auto diagram = lay_out(graph, own);
  EXPECT_FALSE(diagram.kept);
  expect_sound(graph, diagram);
  const auto x = [&](const char* id) { return node_of(graph, diagram, id).bounds.x; };
  EXPECT_LT(x("start"), x("check"));
  EXPECT_LT(x("check"), x("split"));
  EXPECT_LT(x("split"), x("settle"));
  EXPECT_LT(x("settle"), x("join"));
  EXPECT_LT(x("join"), x("end"));
  EXPECT_EQ(measure(graph, diagram).crossings, 0u);
}

TEST(OwnLayout, BoundaryEventsSitOnTheLowerEdge) {
  const auto graph = samples::complaint();
  const auto diagram = lay_out(graph, own);
  const auto host = node_of(graph, diagram, "settle").bounds;
  const auto event = middle(node_of(graph, diagram, "late").bounds);
  EXPECT_NEAR(event.y, bottom(host), 0.01);
  EXPECT_GT(event.x, host.x);
  EXPECT_LT(event.x, right(host));
}

TEST(OwnLayout, SubProcessesHoldTheirInside) {
  const auto graph = samples::complaint();
  const auto diagram = lay_out(graph, own);
  const auto& frame = node_of(graph, diagram, "escalate");
  EXPECT_TRUE(frame.open);
  EXPECT_TRUE(contains(frame.bounds, node_of(graph, diagram, "call").bounds));
}

TEST(OwnLayout, CollapsedSubProcessesHideTheirInside) {
  auto graph = samples::complaint();
  graph.node(graph.find("escalate")).expanded = false;
  const auto diagram = lay_out(graph, own);
  EXPECT_FALSE(node_of(graph, diagram, "escalate").open);
  EXPECT_THROW(node_of(graph, diagram, "call"), std::runtime_error);
}

TEST(OwnLayout, LanesAreRowsThatHoldTheirNodes) {
  samples::Maker m;
  const auto sales = m.lane("Sales");
  const auto desk = m.lane("Desk");
  const auto a = m.start("a");
  const auto b = m.task("b");
  const auto c = m.task("c");
  m.flow(a, b);
  m.flow(b, c);
  m.flow(c, b, "again");
  m.graph().node(a).lanes = m.graph().node(c).lanes = {"Sales"};
  m.graph().node(b).lanes = {"Desk"};
  m.graph().participants.push_back({"pool", graph::Names("Company"), {}, 0});
  const auto diagram = lay_out(m.graph(), own);
  expect_sound(m.graph(), diagram);
  ASSERT_EQ(diagram.lanes.size(), 2u);
  ASSERT_EQ(diagram.pools.size(), 1u);
  for (const auto& lane : diagram.lanes) {
    EXPECT_TRUE(contains(diagram.pools[0].bounds, lane.bounds, 0.01));
    const bool is_sales = lane.node == sales;
    EXPECT_EQ(contains(lane.bounds, node_of(m.graph(), diagram, "c").bounds), is_sales);
    EXPECT_EQ(contains(lane.bounds, node_of(m.graph(), diagram, "b").bounds), lane.node == desk);
  }
  EXPECT_FALSE(overlap(diagram.lanes[0].bounds, diagram.lanes[1].bounds, 0.01));
}

TEST(OwnLayout, MessageFlowsLeadBetweenPools) {
  samples::Maker m;
  const auto a = m.start("a");
  const auto b = m.task("b");
  m.flow(a, b);
  m.graph().participants.push_back({"customer", graph::Names("Customer")});
  m.graph().participants.push_back({"company", graph::Names("Company"), {}, 0});
  m.graph().message_flows.push_back({"m1", graph::Names("order"), "customer", "a"});
  m.graph().message_flows.push_back({"m2", graph::Names("bill"), "b", "customer"});
  const auto diagram = lay_out(m.graph(), own);
  expect_sound(m.graph(), diagram);
  ASSERT_EQ(diagram.pools.size(), 2u);
  EXPECT_LT(bottom(diagram.pools[0].bounds), diagram.pools[1].bounds.y);
  std::size_t messages = 0;
  for (const auto& edge : diagram.edges) messages += edge.kind == EdgeKind::message;
  EXPECT_EQ(messages, 2u);
}

TEST(OwnLayout, LongNamesMakeBoxesLarger) {
  samples::Maker m;
  m.add("a", graph::Activity{},
        std::string("Haftpflichtversicherungsschadensabwicklungsbeauftragten ") +
            "benachrichtigen und auf die Antwort der zuständigen Sachbearbeitung warten");
  const auto diagram = lay_out(m.graph(), own);
  expect_sound(m.graph(), diagram);
  EXPECT_GT(diagram.nodes[0].bounds.width, 100);
  EXPECT_NEAR(diagram.nodes[0].label.size, 11, 2.3);
}

TEST(OwnLayout, EmptyModelsGiveAnEmptyDiagram) {
  const auto diagram = lay_out(graph::ProcessGraph(), own);
  EXPECT_TRUE(diagram.nodes.empty());
  EXPECT_GT(diagram.width, 0);
}

TEST(OwnLayout, IsTheSameEveryTime) {
  const auto graph = samples::random_graph(7, true);
  const auto one = lay_out(graph, own);
  const auto two = lay_out(graph, own);
  ASSERT_EQ(one.edges.size(), two.edges.size());
  for (std::size_t i = 0; i < one.edges.size(); ++i) EXPECT_EQ(one.edges[i].points, two.edges[i].points);
  for (std::size_t i = 0; i < one.nodes.size(); ++i) EXPECT_EQ(one.nodes[i].bounds, two.nodes[i].bounds);
}

class RandomGraphs : public ::testing::TestWithParam<unsigned> {};

TEST_P(RandomGraphs, AreLaidOutSoundly) {
  for (const bool lanes : {false, true}) {
    const auto graph = samples::random_graph(GetParam(), lanes);
    SCOPED_TRACE(lanes ? "lanes" : "no lanes");
    expect_sound(graph, lay_out(graph, own));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomGraphs, ::testing::Range(1u, 60u));

}  // namespace

}  // namespace echoflow::layout

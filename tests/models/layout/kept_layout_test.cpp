#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "models/layout/line_ends.hpp"
#include "models/layout/measure.hpp"
#include "tests/models/layout/models.hpp"

namespace echoflow::layout {

namespace {

/// start → check → end, drawn at fixed places.
struct Drawn {
  samples::Maker m;
  graph::NodeIndex start = m.start("start");
  graph::NodeIndex check = m.task("check");
  graph::NodeIndex end = m.end("end");
  graph::FlowIndex first = m.flow(start, check);
  graph::FlowIndex second = m.flow(check, end);

  Drawn() {
    m.graph().node(start).bounds = {100, 122, 36, 36};
    m.graph().node(check).bounds = {200, 100, 100, 80};
    m.graph().node(end).bounds = {400, 122, 36, 36};
    m.graph().flow(first).waypoints = {{136, 140}, {200, 140}};
    m.graph().flow(second).waypoints = {{300, 140}, {350, 140}, {350, 60}, {418, 60}, {418, 122}};
  }
};

TEST(KeptLayout, LeavesTheSourcesPlaces) {
  Drawn d;
  const auto diagram = lay_out(d.m.graph());
  ASSERT_TRUE(diagram.kept);
  ASSERT_EQ(diagram.nodes.size(), 3u);
  ASSERT_EQ(diagram.edges.size(), 2u);
  EXPECT_NEAR(diagram.nodes[1].bounds.x - diagram.nodes[0].bounds.x, 100, 0.01);
  EXPECT_EQ(diagram.edges[1].points.size(), 5u);
  EXPECT_EQ(measure(d.m.graph(), diagram).loose_ends, 0u);
}

TEST(KeptLayout, OwnLayoutOnRequestAndWithoutPlaces) {
  Drawn d;
  EXPECT_FALSE(lay_out(d.m.graph(), {"en", Placement::own}).kept);
  EXPECT_FALSE(lay_out(samples::complaint()).kept);
}

TEST(KeptLayout, LinesThatAreMissingOrBrokenAreDrawn) {
  Drawn d;
  d.m.graph().flow(d.first).waypoints.clear();
  d.m.graph().flow(d.second).waypoints = {{std::nan(""), 3}, {std::numeric_limits<double>::infinity(), 5}};
  const auto diagram = lay_out(d.m.graph());
  const auto m = measure(d.m.graph(), diagram);
  EXPECT_EQ(m.missing_edges, 0u);
  EXPECT_EQ(m.loose_ends, 0u);
  EXPECT_EQ(m.through_nodes, 0u);
}

TEST(KeptLayout, LinesEndOnTheBorder) {
  Drawn d;
  d.m.graph().flow(d.first).waypoints = {{118, 140}, {250, 140}};   // from middle to middle
  d.m.graph().flow(d.second).waypoints = {{310, 140}, {390, 140}};  // too short at both ends
  const auto diagram = lay_out(d.m.graph());
  EXPECT_EQ(measure(d.m.graph(), diagram).loose_ends, 0u);
  for (const auto& edge : diagram.edges) EXPECT_EQ(edge.points.size(), 2u);
}

TEST(KeptLayout, NodesWithoutAPlaceGetOne) {
  Drawn d;
  const auto more = d.m.task("more");
  d.m.flow(d.check, more);
  const auto diagram = lay_out(d.m.graph());
  ASSERT_TRUE(diagram.kept);
  EXPECT_EQ(diagram.nodes.size(), 4u);
  EXPECT_EQ(measure(d.m.graph(), diagram).node_overlaps, 0u);
  EXPECT_EQ(measure(d.m.graph(), diagram).missing_edges, 0u);
}

TEST(KeptLayout, AbsurdNumbersDoNotGetThrough) {
  Drawn d;
  d.m.graph().node(d.end).bounds = {1e300, std::nan(""), -5, 1e308};
  const auto diagram = lay_out(d.m.graph(), {"en", Placement::source});
  EXPECT_TRUE(std::isfinite(diagram.width));
  EXPECT_LT(diagram.width, 2000);
  EXPECT_EQ(diagram.nodes.size(), 3u);
}

TEST(KeptLayout, BoundaryEventsComeBackToTheirActivity) {
  Drawn d;
  const auto late = d.m.boundary("late", d.check);
  d.m.graph().node(late).bounds = {260, 400, 36, 36};
  const auto diagram = lay_out(d.m.graph());
  for (const auto& node : diagram.nodes)
    if (node.node == late) {
      const auto& host = diagram.nodes[1].bounds;
      EXPECT_TRUE(overlap(node.bounds, host));
    }
}

TEST(KeptLayout, DrawingsWithAnOriginOfTheirOwnAreKeptApart) {
  samples::Maker m;
  m.graph().containers.push_back({"second"});
  const auto a = m.task("a");
  const auto b = m.task("b", 1);
  m.graph().node(a).bounds = {100, 100, 100, 80};
  m.graph().node(b).bounds = {110, 105, 100, 80};
  const auto diagram = lay_out(m.graph());
  EXPECT_EQ(measure(m.graph(), diagram).node_overlaps, 0u);
}

TEST(KeptLayout, SmallBoxesMakeTheDrawingLarger) {
  samples::Maker m;
  const auto a = m.add("a", graph::Activity{}, "Determine whether the loss falls within the period");
  const auto b = m.add("b", graph::Activity{}, "Advise the caller");
  m.graph().node(a).bounds = {0, 0, 60, 20};
  m.graph().node(b).bounds = {0, 60, 60, 20};
  m.flow(a, b);
  const auto diagram = lay_out(m.graph());
  ASSERT_TRUE(diagram.kept);
  EXPECT_EQ(measure(m.graph(), diagram).clipped_labels, 0u);
}

TEST(KeptLayout, ALineThroughASymbolIsLedAround) {
  Drawn d;
  const auto other = d.m.task("other");
  d.m.graph().node(other).bounds = {310, 40, 60, 50};
  const auto diagram = lay_out(d.m.graph());
  const auto m = measure(d.m.graph(), diagram);
  EXPECT_EQ(m.through_nodes, 0u);
  EXPECT_EQ(m.loose_ends, 0u);
  for (const auto& edge : diagram.edges)
    if (edge.index == d.first) {
      EXPECT_EQ(edge.points.size(), 2u) << "what was right is not touched";
    }
}

TEST(KeptLayout, TextsThatCoverSomethingMoveALittle) {
  Drawn d;
  auto& flow = d.m.graph().flow(d.first);
  flow.name = graph::Names("checked");
  flow.label = graph::Bounds{190, 110, 60, 14};                     // on the task
  d.m.graph().node(d.end).label = graph::Bounds{360, 130, 60, 14};  // on its own line's height, beside the symbol
  const auto diagram = lay_out(d.m.graph());
  EXPECT_EQ(measure(d.m.graph(), diagram).covered_labels, 0u);
  const auto& task = diagram.nodes[1].bounds;
  for (const auto& edge : diagram.edges)
    if (edge.index == d.first) {
      EXPECT_FALSE(overlap(edge.label.bounds, task, 1.5));
      EXPECT_LT(std::abs(edge.label.bounds.x - (task.x - 10)), 90) << "it stays near";
    }
}

TEST(KeptLayout, NotesThatGrowWithTheirTextMoveAside) {
  Drawn d;
  const auto note = d.m.add("note", graph::Note{}, "A remark that needs much more room than the source's box has");
  d.m.graph().node(note).bounds = {215, 60, 60, 30};
  const auto diagram = lay_out(d.m.graph());
  const auto m = measure(d.m.graph(), diagram);
  EXPECT_EQ(m.node_overlaps, 0u);
  EXPECT_EQ(m.clipped_labels, 0u);
}

TEST(LineEnds, AreCutOrLengthened) {
  const End circle{{0, 0, 20, 20}, Outline::round};
  const End box{{100, 0, 20, 20}, Outline::box};
  const auto cut = between({{10, 10}, {110, 10}}, circle, box);
  ASSERT_EQ(cut.size(), 2u);
  EXPECT_NEAR(cut[0].x, 20, 0.1);
  EXPECT_NEAR(cut[1].x, 100, 0.1);
  const auto longer = between({{40, 10}, {80, 10}}, circle, box);
  EXPECT_NEAR(longer[0].x, 20, 0.1);
  EXPECT_NEAR(longer[1].x, 100, 0.1);
}

}  // namespace

}  // namespace echoflow::layout

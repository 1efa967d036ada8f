#include <gtest/gtest.h>

#include <random>

#include "models/analysis/analysis.hpp"
#include "models/analysis/search.hpp"
#include "tests/models/analysis/model.hpp"
#include "tests/models/analysis/replay.hpp"

namespace echoflow::analysis {
namespace {

using test::Model;
using test::Replay;

Options soundness_only() {
  Options options;
  options.data = options.waiting = options.style = false;
  return options;
}

std::vector<std::string> rules_of(const Analysis& analysis) {
  std::vector<std::string> found;
  for (const auto& finding : analysis.findings) found.push_back(finding.rule);
  return found;
}

View view_of(const Model& model) {
  return View(model.graph, 0, model.graph.nodes_of(0));
}

using Ids = std::vector<std::string>;

/// Two branches between a split and a join.
Model block(graph::GatewayKind split, graph::GatewayKind join) {
  Model m;
  m.start("s");
  m.gateway("split", split);
  m.task("a");
  m.task("b");
  m.gateway("join", join);
  m.end("e");
  m.flow("s split a join e").flow("split b join");
  return m;
}

TEST(Soundness, BlocksOfOneKindAreSound) {
  using enum graph::GatewayKind;
  for (const auto kind : {exclusive, parallel, inclusive})
    EXPECT_EQ(rules_of(analyse(block(kind, kind).graph, soundness_only())), Ids{}) << static_cast<int>(kind);
  EXPECT_EQ(rules_of(analyse(block(parallel, inclusive).graph, soundness_only())), Ids{});
}

TEST(Soundness, AChoiceThatAParallelJoinWaitsForIsADeadlock) {
  const auto m = block(graph::GatewayKind::exclusive, graph::GatewayKind::parallel);
  const auto found = analyse(m.graph, soundness_only());
  ASSERT_EQ(rules_of(found), Ids{"AN101"});
  EXPECT_EQ(found.findings[0].elements, (Ids{"join", "split"}));
  EXPECT_EQ(found.findings[0].witness, (Ids{"s", "split", "split-a#1", "a"}));
  EXPECT_TRUE(found.findings[0].certain);
}

TEST(Soundness, BranchesThatMergeWithoutWaitingRunWhatFollowsTwice) {
  const auto m = block(graph::GatewayKind::parallel, graph::GatewayKind::exclusive);
  const auto found = analyse(m.graph, soundness_only());
  ASSERT_EQ(rules_of(found), Ids{"AN102"});
  EXPECT_EQ(found.findings[0].witness, (Ids{"s", "split", "a", "join", "b", "join"}));
}

TEST(Soundness, OptionalBranchesMayBlockAParallelJoin) {
  const auto m = block(graph::GatewayKind::inclusive, graph::GatewayKind::parallel);
  const auto found = analyse(m.graph, soundness_only());
  ASSERT_EQ(rules_of(found), Ids{"AN107"});
  EXPECT_FALSE(found.findings[0].certain);
}

TEST(Soundness, ALoopEnteredByAParallelGatewayNeverStarts) {
  Model m;
  m.start("s");
  m.parallel("in");
  m.task("a");
  m.exclusive("out");
  m.end("e");
  m.flow("s in a out e").flow("out in");
  const auto found = analyse(m.graph, soundness_only());
  ASSERT_EQ(rules_of(found), Ids{"AN101"});
  EXPECT_EQ(found.findings[0].witness, Ids{"s"});
}

TEST(Soundness, ALoopLeftByAParallelGatewayGoesOnForEver) {
  Model m;
  m.start("s");
  m.exclusive("in");
  m.task("a");
  m.parallel("out");
  m.end("e");
  m.flow("s in a out e").flow("out in");
  const auto found = analyse(m.graph, soundness_only());
  ASSERT_EQ(rules_of(found), Ids{"AN102"});
  const auto view = view_of(m);
  Replay replay(view);
  ASSERT_TRUE(replay.play(found.findings[0].witness)) << replay.why;
  EXPECT_EQ(replay.most_on_one(), 2);
}

TEST(Soundness, WhatNothingLeadsToAndWhatLeadsNowhere) {
  Model m;
  m.start("s");
  m.task("a");
  m.exclusive("g");
  m.end("e");
  m.task("round");
  m.exclusive("back");
  m.exclusive("lost");
  m.task("lonely");
  m.flow("s a g e").flow("g back round back").flow("lost lonely lost");
  const auto found = analyse(m.graph, soundness_only());
  ASSERT_EQ(rules_of(found), (Ids{"AN103", "AN105"}));
  EXPECT_EQ(found.findings[0].elements, (Ids{"lost", "lonely"}));
  EXPECT_EQ(found.findings[1].elements, (Ids{"round", "back"}));
}

TEST(Soundness, ANonInterruptingHandlerThatComesBackRunsTheRestTwice) {
  for (const bool interrupting : {true, false}) {
    Model m;
    m.start("s");
    m.task("a");
    m.boundary("late", "a", graph::EventType::timer, interrupting);
    m.task("remind");
    m.exclusive("join");
    m.end("e");
    m.flow("s a join e").flow("late remind join");
    const auto found = analyse(m.graph, soundness_only());
    EXPECT_EQ(rules_of(found), interrupting ? Ids{} : Ids{"AN102"});
    if (interrupting) continue;
    const auto view = view_of(m);
    Replay replay(view);
    ASSERT_TRUE(replay.play(found.findings[0].witness)) << replay.why;
    EXPECT_EQ(replay.most_on_one(), 2);
  }
}

TEST(Soundness, SeveralEndsAndATerminatingOneAreFine) {
  Model m;
  m.start("s");
  m.parallel("split");
  m.task("a");
  m.task("b");
  m.exclusive("g");
  m.event("stop", graph::EventPosition::end, graph::EventType::terminate);
  m.parallel("join");
  m.end("e2");
  m.flow("s split a g join e2").flow("g stop").flow("split b join");
  EXPECT_EQ(rules_of(analyse(m.graph, soundness_only())), Ids{});
}

TEST(Soundness, AnEndThatIsReachedInEveryRound) {
  Model m;
  m.start("s");
  m.exclusive("in");
  m.parallel("split");
  m.task("report");
  m.end("told");
  m.exclusive("more");
  m.end("done");
  m.flow("s in split report told").flow("split more done").flow("more in");
  const auto found = analyse(m.graph, soundness_only());
  ASSERT_FALSE(found.findings.empty());
  EXPECT_EQ(found.findings[0].rule.substr(0, 4), "AN10");
}

TEST(Soundness, StartEventsOfAnEpcMayComeTogether) {
  Model m;
  m.graph.notation = graph::Notation::epml;
  m.start("s1");
  m.start("s2");
  m.start("s3");
  m.parallel("both");
  m.exclusive("either");
  m.end("e");
  m.flow("s1 both either e").flow("s2 both").flow("s3 either");
  EXPECT_EQ(rules_of(analyse(m.graph, soundness_only())), Ids{});
  m.graph.notation = graph::Notation::bpmn;
  EXPECT_EQ(rules_of(analyse(m.graph, soundness_only())), Ids{"AN101"});
}

/// Nodes in an order, flows mostly forwards: gateways of every kind.
Model random_model(std::mt19937& random, bool with_inclusive) {
  Model m;
  const int nodes = 2 + static_cast<int>(random() % 7);
  m.start("s");
  for (int i = 0; i < nodes; ++i) {
    const auto id = "n" + std::to_string(i);
    switch (random() % (with_inclusive ? 4 : 3)) {
      case 0:
        m.task(id);
        break;
      case 1:
        m.exclusive(id);
        break;
      case 2:
        m.parallel(id);
        break;
      default:
        m.inclusive(id);
    }
  }
  m.end("e");
  m.flow("s n0");
  for (int i = 1; i < nodes; ++i)
    m.flow("n" + std::to_string(random() % static_cast<unsigned>(i)) + " n" + std::to_string(i));
  const int extra = static_cast<int>(random() % 5);
  for (int i = 0; i < extra; ++i) {
    auto a = random() % static_cast<unsigned>(nodes), b = random() % static_cast<unsigned>(nodes);
    if (a == b) continue;
    if (a > b && random() % 3 != 0) std::swap(a, b);
    m.flow("n" + std::to_string(a) + " n" + std::to_string(b));
  }
  m.flow("n" + std::to_string(nodes - 1) + " e");
  return m;
}

struct Verdict {
  bool sound = true, decided = true;
};

/// By the definition: every state of the whole, in every order.
Verdict by_definition(const View& view) {
  const auto net = net_of(view);
  const Search search(net, Search::Order::plain, {20'000, false});
  if (!search.complete()) return {false, false};
  bool sound = search.stuck().empty() && !search.second_token() && !search.endless();
  if (sound)
    for (EdgeIndex e = 0; e < view.flow.edges.size(); ++e)
      sound = sound && (search.reached(e) || view.flow.edges[e].kind == EdgeKind::repair);
  return {sound, true};
}

void compare(unsigned seed, int rounds, bool with_inclusive, int least_unsound) {
  std::mt19937 random(seed);
  int sound = 0, unsound = 0, replayed = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto m = random_model(random, with_inclusive);
    const auto view = view_of(m);
    const auto expected = by_definition(view);
    if (!expected.decided) continue;
    const auto found = analyse(m.graph, soundness_only());
    ASSERT_EQ(found.findings.empty(), expected.sound)
        << "round " << round << " " << ::testing::PrintToString(rules_of(found));
    ++(expected.sound ? sound : unsound);
    for (const auto& finding : found.findings) {
      if (finding.witness.empty()) continue;
      Replay replay(view);
      ASSERT_TRUE(replay.play(finding.witness)) << "round " << round << " " << finding.rule << ": " << replay.why
                                                << " in " << ::testing::PrintToString(finding.witness);
      ++replayed;
      if (finding.rule == "AN102" || finding.rule == "AN104") {
        ASSERT_GE(replay.most_on_one(), 2) << "round " << round << ::testing::PrintToString(finding.witness);
      }
    }
  }
  EXPECT_GT(sound, rounds / 20);
  EXPECT_GT(unsound, least_unsound);
  EXPECT_GT(replayed, least_unsound / 2);
}

TEST(Soundness, TheTreeSaysWhatTheStateSpaceSays) {
  compare(3, 1500, false, 250);
}
TEST(Soundness, TheTreeSaysWhatTheStateSpaceSaysOfInclusiveGateways) {
  compare(5, 1500, true, 250);
}

}  // namespace
}  // namespace echoflow::analysis

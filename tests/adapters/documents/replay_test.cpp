#include "adapters/documents/replay.hpp"

#include <gtest/gtest.h>

namespace echoflow::documents {

namespace {

using graph::NodeIndex;
using Verdict = Replay::Verdict;

class Model {
 public:
  Model() { graph_.containers.emplace_back(); }
  NodeIndex add(const std::string& id, graph::Detail detail, graph::ContainerIndex container = 0) {
    graph::Node node;
    node.id = id;
    node.container = container;
    node.detail = std::move(detail);
    return graph_.add_node(std::move(node));
  }
  NodeIndex task(const std::string& id, graph::ContainerIndex container = 0) {
    return add(id, graph::Activity{}, container);
  }
  NodeIndex event(const std::string& id, graph::EventPosition position) {
    graph::Event event;
    event.position = position;
    return add(id, event);
  }
  void flow(NodeIndex from, NodeIndex to) { graph_.add_flow(from, to, {}); }
  graph::ProcessGraph& graph() { return graph_; }

  /// What comes of doing these one after the other.
  std::vector<Verdict> play(const std::set<std::string>& observable, const std::vector<std::string>& steps,
                            bool* may_end = nullptr) {
    const Replay replay(graph_, observable);
    auto run = replay.begin();
    std::vector<Verdict> verdicts;
    for (const auto& step : steps) verdicts.push_back(replay.see(run, replay.index_of(step)));
    if (may_end) *may_end = run.may_end;
    return verdicts;
  }

 private:
  graph::ProcessGraph graph_;
};

/// start → a → either b or c → d → end
struct Choice : Model {
  Choice() {
    const auto start = event("start", graph::EventPosition::start), a = task("a"), b = task("b"), c = task("c"),
               d = task("d"), end = event("end", graph::EventPosition::end);
    const auto split = add("split", graph::Gateway{}), join = add("join", graph::Gateway{});
    flow(start, a);
    flow(a, split);
    flow(split, b);
    flow(split, c);
    flow(b, join);
    flow(c, join);
    flow(join, d);
    flow(d, end);
  }
};
const std::set<std::string> abcd{"a", "b", "c", "d"};

}  // namespace

TEST(Replay, FollowsTheDescription) {
  Choice model;
  bool may_end = false;
  EXPECT_EQ(model.play(abcd, {"a", "c", "d"}, &may_end),
            (std::vector<Verdict>{Verdict::fits, Verdict::fits, Verdict::fits}));
  EXPECT_TRUE(may_end);
  model.play(abcd, {"a", "c"}, &may_end);
  EXPECT_FALSE(may_end);
}

TEST(Replay, FindsSkippedAndRepeatedSteps) {
  Choice model;
  EXPECT_EQ(model.play(abcd, {"b"}), (std::vector<Verdict>{Verdict::skipped}));
  EXPECT_EQ(model.play(abcd, {"a", "d"}), (std::vector<Verdict>{Verdict::fits, Verdict::skipped}));
  EXPECT_EQ(model.play(abcd, {"a", "a"}), (std::vector<Verdict>{Verdict::fits, Verdict::repeated}));
}

TEST(Replay, WhatLeavesNoTraceIsPassed) {
  Choice model;
  EXPECT_EQ(model.play({"a", "d"}, {"a", "d"}), (std::vector<Verdict>{Verdict::fits, Verdict::fits}));
}

TEST(Replay, KnowsLoopsBoundaryEventsAndSubProcesses) {
  Model model;
  const auto start = model.event("start", graph::EventPosition::start), a = model.task("a");
  graph::Event timer;
  timer.position = graph::EventPosition::boundary;
  timer.attached_to = a;
  const auto late = model.add("late", timer), rescue = model.task("rescue");
  graph::Container body;
  body.parent = 0;
  graph::Activity sub;
  sub.kind = graph::ActivityKind::sub_process;
  sub.body = 1;
  const auto s = model.add("sub", sub);
  body.owner = s;
  model.graph().containers.push_back(body);
  model.task("inside", 1);
  const auto end = model.event("end", graph::EventPosition::end);
  model.flow(start, a);
  model.flow(a, a);
  model.flow(a, s);
  model.flow(late, rescue);
  model.flow(s, end);
  const std::set<std::string> seen{"a", "rescue", "inside"};
  bool may_end = false;
  EXPECT_EQ(model.play(seen, {"a", "a", "inside"}, &may_end),
            (std::vector<Verdict>{Verdict::fits, Verdict::fits, Verdict::fits}));
  EXPECT_TRUE(may_end);
  EXPECT_EQ(model.play(seen, {"a", "rescue"}), (std::vector<Verdict>{Verdict::fits, Verdict::fits}));
  EXPECT_EQ(model.play(seen, {"inside"}), (std::vector<Verdict>{Verdict::skipped}));
  EXPECT_EQ(Replay(model.graph(), seen).index_of("nobody"), Replay::unknown);
}

}  // namespace echoflow::documents

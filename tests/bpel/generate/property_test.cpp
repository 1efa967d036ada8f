#include <gtest/gtest.h>

#include <random>

#include "tests/bpel/generate/support.hpp"
#include "tests/bpel/generate/token_game.hpp"

namespace echoflow::generate::test {
namespace {

using graph::GatewayKind;
using graph::NodeIndex;

/// Any acyclic net: every node leads to a later one, gateways of both kinds where they fall.
Model acyclic(std::mt19937& random, int nodes) {
  Model model;
  const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  std::vector<NodeIndex> all{model.start("start")};
  for (int i = 0; i < nodes; ++i) {
    const std::string number = std::to_string(i);
    const int kind = pick(4);
    if (kind == 0)
      all.push_back(model.gateway("x" + number, GatewayKind::exclusive));
    else if (kind == 1)
      all.push_back(model.gateway("a" + number, GatewayKind::parallel));
    else
      all.push_back(model.task("t" + number));
  }
  all.push_back(model.end("end"));
  const int count = static_cast<int>(all.size());
  std::vector<std::set<int>> to(static_cast<std::size_t>(count));
  std::vector<char> reached(static_cast<std::size_t>(count), 0);
  for (int i = 0; i + 1 < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (i > 0 && reached[at] == 0) to[at - 1].insert(i);
    const bool gateway = model.graph.node(all[at]).as<graph::Gateway>() != nullptr;
    const int ways = gateway ? 1 + pick(3) : 1;
    for (int w = 0; w < ways; ++w) to[at].insert(i + 1 + pick(std::min(6, count - i - 1)));
    for (const int t : to[at]) reached[static_cast<std::size_t>(t)] = 1;
  }
  for (std::size_t i = 0; i < to.size(); ++i) {
    const auto* gateway = model.graph.node(all[i]).as<graph::Gateway>();
    const bool exclusive = gateway != nullptr && gateway->kind == GatewayKind::exclusive && to[i].size() > 1;
    std::size_t left = to[i].size();
    for (const int t : to[i]) {
      const NodeIndex target = all[static_cast<std::size_t>(t)];
      if (exclusive && --left == 0)
        model.otherwise(all[i], target);
      else
        model.flow(all[i], target, exclusive ? (pick(2) == 0 ? "true" : "false") : "");
    }
  }
  return model;
}

/// Blocks inside of blocks, of all three kinds of gateways, with a few flows across them when `wild`.
class Blocks {
 public:
  Blocks(std::mt19937& random, Model& model) : random_(random), model_(model) {}

  /// From a node, returns the last one.
  NodeIndex block(NodeIndex from, int depth) {
    const int kind = depth == 0 ? 3 : static_cast<int>(random_() % 5);
    if (kind >= 3) {
      const NodeIndex task = model_.task("t" + std::to_string(++number_));
      model_.flow(from, task);
      return kind == 4 ? block(task, depth - 1) : task;
    }
    constexpr GatewayKind kinds[] = {GatewayKind::exclusive, GatewayKind::parallel, GatewayKind::inclusive};
    const GatewayKind gateway = kinds[kind];
    const std::string number = std::to_string(++number_);
    const NodeIndex split = model_.gateway("s" + number, gateway);
    const NodeIndex join = model_.gateway("j" + number, gateway);
    model_.flow(from, split);
    const int ways = 2 + static_cast<int>(random_() % 2);
    for (int i = 0; i < ways; ++i) {
      const NodeIndex head = model_.task("t" + std::to_string(++number_));
      if (gateway == GatewayKind::parallel)
        model_.flow(split, head);
      else if (i + 1 == ways)
        model_.otherwise(split, head);
      else
        model_.flow(split, head, random_() % 2 == 0 ? "true" : "false");
      model_.flow(block(head, depth - 1), join);
    }
    return join;
  }

 private:
  std::mt19937& random_;
  Model& model_;
  int number_ = 0;
};

/// One token, and flows back wherever they fall: "n < k" ends every cycle.
Model cyclic(std::mt19937& random, int nodes) {
  Model model;
  std::vector<NodeIndex> tasks;
  std::vector<NodeIndex> splits;
  const NodeIndex start = model.start("start");
  for (int i = 0; i < nodes; ++i) tasks.push_back(model.task("t" + std::to_string(i), "n = n + 1"));
  model.flow(start, tasks[0]);
  for (int i = 0; i < nodes; ++i) {
    const NodeIndex task = tasks[static_cast<std::size_t>(i)];
    const NodeIndex next = i + 1 < nodes ? tasks[static_cast<std::size_t>(i) + 1] : model.end("end");
    if (random() % 3 == 0 && i + 1 < nodes) {
      model.flow(task, next);
      continue;
    }
    const NodeIndex split = model.gateway("x" + std::to_string(i), GatewayKind::exclusive);
    model.flow(task, split);
    model.flow(split, tasks[random() % tasks.size()], "n < " + std::to_string(random() % 12));
    model.otherwise(split, next);
  }
  return model;
}

struct Tally {
  int same = 0;
  int refused = 0;
};

std::string shown(const graph::ProcessGraph& graph) {
  std::string text;
  for (graph::FlowIndex f = 0; f < graph.flow_count(); ++f) {
    const NodeIndex from = graph.source(f);
    text += graph.node(from).id + " -> " + graph.node(graph.target(f)).id;
    if (graph.flow(f).condition) text += " [" + graph.flow(f).condition->text + "]";
    text += graph.node(from).default_flow == f ? " [otherwise]\n" : "\n";
  }
  return text;
}

void compare(const Model& model, int round, Tally& tally, const std::map<std::string, std::string>& variables = {}) {
  const Played played = play(model.graph);
  if (!played.ended || played.no_flow) return;
  const Ran ran = run(model.graph, variables);
  if (ran.refused()) {
    for (const Diagnostic& each : ran.findings)
      ASSERT_TRUE(each.severity == Severity::warning || each.rule == "MODEL") << told(ran.findings);
    ++tally.refused;
    return;
  }
  ASSERT_EQ(told(ran.trace), told(played.trace)) << "round " << round << "\n" << shown(model.graph);
  if (!played.stuck) {
    ASSERT_EQ(ran.status, engine::InstanceStatus::completed) << "round " << round << "\n" << shown(model.graph);
  }
  ++tally.same;
}

TEST(GeneratedRuns, DoWhatTheTokensDoInAcyclicNets) {
  std::mt19937 random(4711);
  Tally tally;
  for (int round = 0; round < 250; ++round) {
    compare(acyclic(random, 4 + round % 14), round, tally);
    if (HasFatalFailure()) return;
  }
  RecordProperty("same", tally.same);
  RecordProperty("refused", tally.refused);
  EXPECT_GT(tally.same, 150) << tally.refused << " refused";
}

TEST(GeneratedRuns, DoWhatTheTokensDoInBlocks) {
  std::mt19937 random(42);
  Tally tally;
  for (int round = 0; round < 60; ++round) {
    Model model;
    Blocks blocks(random, model);
    model.flow(blocks.block(model.start("start"), 1 + round % 4), model.end("end"));
    compare(model, round, tally);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(tally.refused, 0);
}

TEST(GeneratedRuns, DoWhatTheTokenDoesInAnyCycle) {
  std::mt19937 random(7);
  Tally tally;
  for (int round = 0; round < 120; ++round) {
    compare(cyclic(random, 2 + round % 9), round, tally, {{"n", "0"}});
    if (HasFatalFailure()) return;
  }
  RecordProperty("same", tally.same);
  EXPECT_EQ(tally.refused, 0);
}

/// A ladder of splits and joins that no block structure has: twice as long a model, not more than twice the BPEL.
std::size_t ladder(int rungs) {
  Model model;
  NodeIndex left = model.gateway("a", GatewayKind::parallel);
  model.flow(model.start("start"), left);
  NodeIndex right = model.task("t");
  model.flow(left, right);
  for (int i = 0; i < rungs; ++i) {
    const std::string number = std::to_string(i);
    const NodeIndex split = model.gateway("s" + number, GatewayKind::parallel);
    const NodeIndex join = model.gateway("j" + number, GatewayKind::parallel);
    const NodeIndex task = model.task("t" + number);
    model.flow(left, split);
    model.flow(split, task);
    model.flow(split, join);
    model.flow(right, join);
    left = task;
    right = join;
  }
  const NodeIndex last = model.gateway("z", GatewayKind::parallel);
  model.flow(left, last);
  model.flow(right, last);
  model.flow(last, model.end("end"));
  const Ran ran = run(model.graph);
  EXPECT_FALSE(ran.refused()) << told(ran.findings);
  EXPECT_EQ(told(ran.trace), told(play(model.graph).trace));
  return ran.elements;
}

TEST(GeneratedRuns, GrowWithTheModel) {
  const std::size_t small = ladder(10);
  const std::size_t large = ladder(40);
  EXPECT_LE(large, 4 * small + 100);
}

}  // namespace
}  // namespace echoflow::generate::test

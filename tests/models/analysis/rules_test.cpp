#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "models/analysis/analysis.hpp"
#include "tests/models/analysis/model.hpp"
#include "tests/models/analysis/replay.hpp"

namespace echoflow::analysis {
namespace {

using graph::ActivityKind;
using graph::EventPosition;
using graph::EventType;
using graph::RelationKind;
using test::Model;
using Ids = std::vector<std::string>;

const Finding* find(const Analysis& analysis, std::string_view rule) {
  for (const auto& finding : analysis.findings)
    if (finding.rule == rule) return &finding;
  return nullptr;
}
bool tells(const Model& model, std::string_view rule) {
  return find(analyse(model.graph), rule) != nullptr;
}
Ids place(const Model& model, std::string_view rule) {
  const auto analysis = analyse(model.graph);
  const auto* finding = find(analysis, rule);
  return finding ? finding->elements : Ids{};
}

Model line(const Ids& tasks) {
  Model m;
  m.start("s");
  std::string flow = "s";
  for (const auto& id : tasks) {
    m.task(id);
    flow += " " + id;
  }
  m.end("e");
  m.flow(flow + " e");
  return m;
}

TEST(DataFlow, ReadBeforeItIsWritten) {
  auto m = line({"price", "pack", "weigh"});
  m.data("weight");
  m.relation(RelationKind::reads, "price", "weight");
  m.relation(RelationKind::writes, "weigh", "weight");
  EXPECT_EQ(place(m, "AN201"), (Ids{"price", "weight"}));
  auto right = line({"weigh", "pack", "price"});
  right.data("weight");
  right.relation(RelationKind::reads, "price", "weight");
  right.relation(RelationKind::writes, "weigh", "weight");
  EXPECT_FALSE(tells(right, "AN201"));
  EXPECT_FALSE(tells(right, "AN202"));
  EXPECT_FALSE(tells(right, "AN203"));
}

TEST(DataFlow, ReadOnAWayThatDoesNotWrite) {
  Model n;
  n.start("s");
  n.exclusive("known");
  n.task("ask");
  n.task("skip");
  n.exclusive("join");
  n.task("call");
  n.end("e");
  n.data("number");
  n.flow("s known ask join call e").flow("known skip join");
  n.relation(RelationKind::writes, "ask", "number");
  n.relation(RelationKind::reads, "call", "number");
  const auto found = analyse(n.graph);
  const auto* finding = find(found, "AN202");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->elements, (Ids{"call", "number"}));
  EXPECT_EQ(finding->witness, (Ids{"s", "known", "known-skip#5", "skip", "join"}));
  const View view(n.graph, 0, n.graph.nodes_of(0));
  test::Replay replay(view);
  EXPECT_TRUE(replay.play(finding->witness)) << replay.why;
  n.relation(RelationKind::writes, "skip", "number");
  EXPECT_FALSE(tells(n, "AN202"));
}

TEST(DataFlow, WrittenAndNeverRead) {
  auto m = line({"count", "go"});
  m.data("total");
  m.relation(RelationKind::writes, "count", "total");
  EXPECT_EQ(place(m, "AN203"), (Ids{"count", "total"}));
}

TEST(DataFlow, BranchesThatRunSideBySideRace) {
  for (const auto kind : {graph::GatewayKind::parallel, graph::GatewayKind::exclusive}) {
    Model m;
    m.start("s");
    m.gateway("split", kind);
    m.task("a");
    m.task("b");
    m.gateway("join", kind);
    m.end("e");
    m.data("stock");
    m.flow("s split a join e").flow("split b join");
    m.relation(RelationKind::writes, "a", "stock");
    m.relation(RelationKind::reads, "b", "stock");
    EXPECT_EQ(place(m, "AN204"), kind == graph::GatewayKind::parallel ? (Ids{"a", "b", "stock"}) : Ids{});
  }
}

// a, b and c in branches of one parallel block; all write.
Model three_writers() {
  Model m;
  m.start("s");
  m.parallel("split");
  m.parallel("join");
  m.end("e");
  m.data("stock");
  m.flow("s split").flow("join e");
  for (const char* id : {"a", "b", "c"}) {
    m.task(id);
    m.flow(std::string("split ") + id + " join");
    m.relation(RelationKind::writes, id, "stock");
  }
  m.relation(RelationKind::reads, "a", "stock");
  return m;
}

TEST(DataFlow, OneFindingNamesAllThatRaceInABlock) {
  auto m = three_writers();
  const auto found = analysis::analyse(m.graph).findings;
  EXPECT_EQ(std::count_if(found.begin(), found.end(), [](const auto& each) { return each.rule == "AN204"; }), 1);
  EXPECT_EQ(place(m, "AN204"), (Ids{"a", "b", "c", "stock"}));
}

TEST(DataFlow, WhatIsIsolatedOnBothSidesDoesNotRace) {
  auto m = three_writers();
  const auto isolate = [&](const char* id) {
    m.graph.node(m.graph.find(id)).attributes.push_back({"bpel.isolated", "yes", {}});
  };
  isolate("a");
  EXPECT_EQ(place(m, "AN204"), (Ids{"a", "b", "c", "stock"})) << "one that is isolated is not enough";
  isolate("b");
  EXPECT_EQ(place(m, "AN204"), (Ids{"a", "c", "b", "stock"}));
  isolate("c");
  EXPECT_EQ(place(m, "AN204"), Ids{});
}

TEST(DataFlow, WhatMayBeWrittenMeanwhileIsNotReadTooEarly) {
  Model m;
  m.start("s");
  m.parallel("split");
  m.task("a");
  m.task("b");
  m.parallel("join");
  m.end("e");
  m.data("order");
  m.flow("s split a join e").flow("split b join");
  m.relation(RelationKind::writes, "a", "order");
  m.relation(RelationKind::reads, "b", "order");
  EXPECT_EQ(place(m, "AN201"), Ids{});
  EXPECT_EQ(place(m, "AN204"), (Ids{"a", "b", "order"}));
}

TEST(Waiting, AReceiveTaskThatNothingEnds) {
  for (const bool timer : {false, true}) {
    auto m = line({"send"});
    m.task("wait", ActivityKind::receive_task);
    m.flow("send wait");
    if (timer) {
      m.boundary("late", "wait", EventType::timer);
      m.task("remind");
      m.flow("late remind");
    }
    EXPECT_EQ(place(m, "AN301"), timer ? Ids{} : Ids{"wait"});
  }
}

TEST(Waiting, AChoiceOfEventsWithoutATimer) {
  for (const auto second : {EventType::signal, EventType::timer}) {
    auto m = line({"ask"});
    m.gateway("which", graph::GatewayKind::event_based);
    m.event("answer", EventPosition::intermediate_catch, EventType::message);
    m.event("other", EventPosition::intermediate_catch, second);
    m.flow("ask which answer").flow("which other");
    EXPECT_EQ(place(m, "AN302"), second == EventType::timer ? Ids{} : Ids{"which"});
    EXPECT_FALSE(tells(m, "AN301"));
  }
}

TEST(Waiting, AUserTaskWithoutDeadlineAndOneThatTellsNobody) {
  auto m = line({"send"});
  m.task("approve", ActivityKind::user_task);
  m.flow("send approve");
  EXPECT_EQ(place(m, "AN303"), Ids{"approve"});
  m.boundary("late", "approve", EventType::timer);
  EXPECT_FALSE(tells(m, "AN303"));
  EXPECT_EQ(place(m, "AN304"), Ids{"approve"});
  EXPECT_EQ(place(m, "AN311"), Ids{"late"});
  m.task("boss");
  m.flow("late boss");
  EXPECT_FALSE(tells(m, "AN304"));
  EXPECT_FALSE(tells(m, "AN311"));
}

TEST(Waiting, AHandlerThatNothingSetsOff) {
  Model m;
  m.start("s");
  const auto part = m.task("part", ActivityKind::sub_process);
  m.boundary("raised", "part", EventType::escalation);
  m.task("help");
  m.end("e");
  m.flow("s part e").flow("raised help");
  m.container("part body", part);
  m.start("ps");
  m.end("pe");
  m.flow("ps pe");
  EXPECT_EQ(place(m, "AN310"), (Ids{"raised", "part"}));
  m.event("raise", EventPosition::intermediate_throw, EventType::escalation);
  EXPECT_FALSE(tells(m, "AN310"));
}

TEST(Customers, AContactThatNoKpiMeasures) {
  auto m = line({"answer", "file"});
  graph::Participant customer;
  customer.id = "pool";
  customer.name.set("de", "Kundin");
  m.graph.participants.push_back(customer);
  graph::MessageFlow flow;
  flow.from = "answer";
  flow.to = "pool";
  m.graph.message_flows.push_back(flow);
  EXPECT_EQ(place(m, "AN305"), Ids{"answer"});
  graph::Node kpi;
  kpi.id = "time to answer";
  kpi.detail = graph::Kpi{};
  kpi.container = graph::none;
  m.graph.add_node(kpi);
  m.relation(RelationKind::measured_by, "answer", "time to answer");
  EXPECT_FALSE(tells(m, "AN305"));
}

TEST(Style, ATidyModelHasNoFindings) {
  const auto found = analyse(line({"take", "pack", "ship"}).graph);
  for (const auto& finding : found.findings) ADD_FAILURE() << finding.rule << " " << finding.sentence;
}

TEST(Style, NamesThatLackOrCollide) {
  auto m = line({"take", "pack", "ship"});
  m.graph.node(m.graph.find("pack")).name = graph::Names("take");
  EXPECT_EQ(place(m, "AN402"), (Ids{"take", "pack"}));
  m.graph.node(m.graph.find("pack")).name = graph::Names();
  EXPECT_EQ(place(m, "AN401"), Ids{"pack"});
}

TEST(Style, Gateways) {
  auto n = line({"a", "b"});
  n.exclusive("g");
  n.exclusive("h");
  n.task("c");
  n.task("d");
  n.flow("b g h c h").flow("h d");
  EXPECT_EQ(place(n, "AN404"), Ids{"g"});
  EXPECT_EQ(place(n, "AN409"), Ids{"h"});
  EXPECT_EQ(place(n, "AN403"), Ids{"h"});
  EXPECT_EQ(place(n, "AN405"), Ids{"b"});
  for (const auto f : n.graph.outgoing(n.graph.find("h")))
    n.graph.flow(f).condition = graph::Expression{"x > 1", "", {}};
  EXPECT_FALSE(tells(n, "AN403"));
  EXPECT_EQ(place(n, "AN413"), Ids{"h"});
  n.graph.node(n.graph.find("h")).default_flow = n.graph.outgoing(n.graph.find("h"))[0];
  EXPECT_FALSE(tells(n, "AN413"));
}

TEST(Style, SizeStartsAndEnds) {
  Ids many;
  for (int i = 0; i < 50; ++i) many.push_back("t" + std::to_string(i));
  auto m = line(many);
  EXPECT_TRUE(tells(m, "AN406"));
  auto n = line({"a"});
  n.start("again");
  n.flow("again a");
  EXPECT_EQ(place(n, "AN407"), (Ids{"s", "again"}));
  Model open;
  open.start("s");
  open.task("a");
  open.inclusive("any");
  open.task("b");
  open.task("c");
  open.task("alone");
  open.flow("s a any b").flow("any c");
  EXPECT_EQ(place(open, "AN412"), Ids{"s"});
  EXPECT_EQ(place(open, "AN408"), Ids{"any"});
  EXPECT_EQ(place(open, "AN410"), Ids{"alone"});
}

TEST(Style, ARegionWithoutBlocks) {
  Model m;
  m.start("s");
  for (const auto* id : {"g1", "g2", "g3", "g4"}) m.exclusive(id);
  m.end("e");
  m.flow("s g1 g2 g4 e").flow("g1 g3 g4").flow("g2 g3");
  EXPECT_EQ(place(m, "AN411"), (Ids{"g1", "g4"}));
}

TEST(Rules, HaveTextsInBothLanguagesWithTheSamePlaces) {
  std::set<std::string_view> seen;
  for (const auto& rule : rules()) {
    EXPECT_TRUE(seen.insert(rule.id).second) << rule.id;
    for (const auto* place : {"{0}", "{1}", "{2}"})
      EXPECT_EQ(rule.text_en.find(place) == std::string_view::npos, rule.text_de.find(place) == std::string_view::npos)
          << rule.id;
    EXPECT_FALSE(rule.title_en.empty() || rule.title_de.empty());
  }
}

TEST(Rules, SpeakGermanWhenAsked) {
  auto m = line({"a"});
  m.graph.node(m.graph.find("a")).name = graph::Names();
  Options options;
  options.language = "de";
  const auto found = analyse(m.graph, options);
  const auto* finding = find(found, "AN401");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->sentence, "Die Aktivität a hat keinen Namen; sagen Sie, was getan wird oder geschehen ist.");
}

TEST(Rules, ADeploymentIsWarnedOfWhatIsCertain) {
  Model m;
  m.start("s");
  m.exclusive("split");
  m.task("a");
  m.task("b");
  m.parallel("join");
  m.end("e");
  m.flow("s split a join e").flow("split b join");
  const auto warnings = to_diagnostics(analyse(m.graph), "order.bpmn");
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].rule, "AN101");
  EXPECT_EQ(warnings[0].severity, Severity::warning);
  EXPECT_EQ(warnings[0].where.file, "order.bpmn");
}

TEST(Limits, ManyBranchesAndStatesAreBounded) {
  // Side by side, in one region without blocks: the reduced search looks at few states.
  Model m;
  m.start("s");
  m.parallel("split");
  m.parallel("join");
  m.end("e");
  m.flow("s split").flow("join e");
  for (int i = 0; i < 20; ++i) {
    const auto n = std::to_string(i);
    m.task("a" + n);
    m.exclusive("x" + n);
    m.exclusive("y" + n);
    m.task("b" + n);
    m.flow("split a" + n + " x" + n + " b" + n + " y" + n + " join");
    if (i > 0) m.flow("x" + n + " y" + n);
  }
  EXPECT_FALSE(tells(m, "AN106"));
  Options tight;
  tight.most_states = 3;
  Model r;
  r.start("s");
  for (const auto* id : {"p1", "p2", "p4"}) r.parallel(id);
  r.inclusive("p3");
  r.exclusive("x");
  r.exclusive("y");
  r.end("e");
  r.flow("s p1 p2 p4 e").flow("p1 x y p3 p4").flow("p2 p3").flow("x y");
  EXPECT_FALSE(tells(r, "AN106"));
  const auto found = analyse(r.graph, tight);
  EXPECT_NE(find(found, "AN106"), nullptr);
}

}  // namespace
}  // namespace echoflow::analysis

#include "bpel/outline/outline.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "bpel/parse/process.hpp"

namespace echoflow::outline {
namespace {

using graph::NodeIndex;

graph::ProcessGraph drawn(const std::string& content) {
  source::SourceSet sources;
  sources.files["order.bpel"] =
      "<process name=\"Order\" targetNamespace=\"urn:shop\" xmlns:s=\"urn:shop\" xmlns:cx=\"urn:echoflow:cx:1.0\"\n"
      "  xmlns=\"http://docs.oasis-open.org/wsbpel/2.0/process/executable\">\n" +
      content + "\n</process>";
  Diagnostics findings;
  const auto process = parse::parse_process("order.bpel", sources, findings);
  for (const auto& finding : findings) ADD_FAILURE() << to_string(finding);
  return outline(process);
}

/// Ids of what comes after a node, in the order of the flows.
std::vector<std::string> after(const graph::ProcessGraph& graph, const std::string& id) {
  std::vector<std::string> ids;
  const auto node = graph.find(id);
  if (node == graph::none) return {"no node " + id};
  for (const auto flow : graph.outgoing(node)) ids.push_back(graph.node(graph.target(flow)).id);
  return ids;
}

using Ids = std::vector<std::string>;

void expect_flows_stay_in_their_container(const graph::ProcessGraph& graph) {
  for (graph::FlowIndex f = 0; f < graph.flow_count(); ++f)
    EXPECT_EQ(graph.node(graph.source(f)).container, graph.node(graph.target(f)).container) << graph.flow(f).id;
}

TEST(Outline, AnIsolatedScopeSaysSo) {
  for (const bool isolated : {false, true}) {
    const auto graph =
        drawn(std::string("<scope") + (isolated ? " isolated=\"yes\"" : "") + "><empty name=\"Wait\"/></scope>");
    const auto& attributes = graph.node(graph.find("/process/scope[1]")).attributes;
    EXPECT_EQ(
        std::any_of(attributes.begin(), attributes.end(), [](const auto& a) { return a.name == "bpel.isolated"; }),
        isolated);
  }
}

TEST(Outline, ASequenceIsALineFromItsReceiveToAnEnd) {
  const auto graph = drawn(R"(<variables><variable name="Order" element="s:order"/></variables>
    <sequence>
      <receive name="TakeOrder" partnerLink="Customer" operation="order" variable="Order" createInstance="yes"/>
      <assign name="Price"><copy><from variable="Order"/><to variable="Order"/></copy></assign>
      <reply partnerLink="Customer" operation="order" variable="Order"/>
    </sequence>)");
  const std::string receive = "/process/sequence[1]/receive[1]";
  EXPECT_EQ(graph.notation, graph::Notation::bpel);
  EXPECT_EQ(after(graph, receive), Ids{"/process/sequence[1]/assign[1]"});
  EXPECT_EQ(after(graph, "/process/sequence[1]/assign[1]"), Ids{"/process/sequence[1]/reply[1]"});
  EXPECT_EQ(after(graph, "/process/sequence[1]/reply[1]"), Ids{"/process#end"});
  const auto& start = graph.node(graph.find(receive));
  ASSERT_TRUE(start.as<graph::Event>());
  EXPECT_EQ(start.as<graph::Event>()->position, graph::EventPosition::start);
  EXPECT_EQ(start.name.in("en"), "TakeOrder");
  EXPECT_EQ(start.where.line, 5u);
  EXPECT_EQ(graph.node(graph.find("/process/sequence[1]/reply[1]")).name.in("en"), "order");
  std::size_t reads = 0, writes = 0;
  for (const auto& relation : graph.relations) {
    reads += relation.kind == graph::RelationKind::reads;
    writes += relation.kind == graph::RelationKind::writes;
  }
  EXPECT_EQ(reads, 2u);
  EXPECT_EQ(writes, 2u);
}

TEST(Outline, AnIfIsAGatewayWithItsConditionsAndADefault) {
  const auto graph = drawn(R"(
    <if><condition>$a</condition><empty name="A"/>
      <elseif><condition>$b</condition><exit/></elseif>
      <else><empty name="C"/></else></if>)");
  EXPECT_EQ(after(graph, "/process#start"), Ids{"/process/if[1]"});
  EXPECT_EQ(after(graph, "/process/if[1]"),
            (Ids{"/process/if[1]/empty[1]", "/process/if[1]/elseif[1]/exit[1]", "/process/if[1]/else[1]/empty[1]"}));
  const auto split = graph.find("/process/if[1]");
  EXPECT_EQ(graph.flow(graph.outgoing(split)[1]).condition->text, "$b");
  EXPECT_EQ(graph.node(split).default_flow, graph.outgoing(split)[2]);
  EXPECT_TRUE(after(graph, "/process/if[1]/elseif[1]/exit[1]").empty());
  EXPECT_EQ(graph.incoming(graph.find("/process/if[1]#join")).size(), 2u);
}

TEST(Outline, WithoutAnElseTheDefaultGoesPast) {
  const auto graph = drawn("<if><condition>$a</condition><empty/></if>");
  EXPECT_EQ(after(graph, "/process/if[1]"), (Ids{"/process/if[1]/empty[1]", "/process/if[1]#join"}));
}

TEST(Outline, APickIsAnEventBasedGateway) {
  const auto graph = drawn(R"(
    <pick><onMessage partnerLink="C" operation="yes"><empty/></onMessage>
          <onAlarm><for>'PT1H'</for><empty/></onAlarm></pick>)");
  const auto pick = graph.find("/process/pick[1]");
  ASSERT_NE(pick, graph::none);
  EXPECT_EQ(graph.node(pick).as<graph::Gateway>()->kind, graph::GatewayKind::event_based);
  EXPECT_EQ(after(graph, "/process/pick[1]"), (Ids{"/process/pick[1]/onMessage[1]", "/process/pick[1]/onAlarm[1]"}));
  const auto* alarm = graph.node(graph.find("/process/pick[1]/onAlarm[1]")).as<graph::Event>();
  ASSERT_TRUE(alarm);
  EXPECT_EQ(alarm->definitions.front().timer, graph::TimerKind::duration);
  EXPECT_EQ(alarm->definitions.front().expression->text, "'PT1H'");
}

TEST(Outline, LoopsAreSubProcessesThatRepeat) {
  const auto graph = drawn(R"(<sequence>
    <while><condition>$more</condition><empty/></while>
    <repeatUntil><empty/><condition>$done</condition></repeatUntil>
    <forEach counterName="i" parallel="yes"><startCounterValue>1</startCounterValue>
      <finalCounterValue>$n</finalCounterValue><scope><empty/></scope></forEach></sequence>)");
  const auto loop = [&](const std::string& id) { return graph.node(graph.find(id)).as<graph::Activity>()->loop; };
  EXPECT_EQ(loop("/process/sequence[1]/while[1]").condition->text, "$more");
  EXPECT_TRUE(loop("/process/sequence[1]/while[1]").test_before);
  EXPECT_EQ(loop("/process/sequence[1]/repeatUntil[1]").condition->text, "not($done)");
  EXPECT_EQ(loop("/process/sequence[1]/forEach[1]").kind, graph::LoopKind::multi_parallel);
  EXPECT_EQ(loop("/process/sequence[1]/forEach[1]").cardinality->text, "($n) - (1) + 1");
  expect_flows_stay_in_their_container(graph);
}

TEST(Outline, HandlersAreEventSubProcessesOfTheirScope) {
  const auto graph = drawn(R"(
    <scope name="Work"><faultHandlers><catch faultName="s:late"><empty/></catch><catchAll><empty/></catchAll></faultHandlers>
      <compensationHandler><empty/></compensationHandler>
      <eventHandlers><onEvent partnerLink="C" operation="stop" variable="v" messageType="s:m"><scope><exit/></scope></onEvent>
        <onAlarm><repeatEvery>'PT1H'</repeatEvery><scope><empty/></scope></onAlarm></eventHandlers>
      <empty/></scope>)");
  const auto scope = graph.node(graph.find("/process/scope[1]")).as<graph::Activity>();
  ASSERT_TRUE(scope);
  for (const auto handler : {"/faultHandlers[1]/catch[1]", "/faultHandlers[1]/catchAll[1]", "/compensationHandler[1]",
                             "/eventHandlers[1]/onEvent[1]", "/eventHandlers[1]/onAlarm[1]"}) {
    const auto n = graph.find(std::string("/process/scope[1]") + handler);
    ASSERT_NE(n, graph::none) << handler;
    EXPECT_EQ(graph.node(n).container, scope->body) << handler;
    EXPECT_EQ(graph.node(n).as<graph::Activity>()->kind, graph::ActivityKind::event_sub_process) << handler;
  }
  const auto start = graph.find("/process/scope[1]/faultHandlers[1]/catch[1]#start");
  ASSERT_NE(start, graph::none);
  EXPECT_EQ(graph.node(start).as<graph::Event>()->definitions.front().ref, "{urn:shop}late");
  expect_flows_stay_in_their_container(graph);
}

TEST(Outline, LinksAreFlowsBetweenTheBranchesOfAFlow) {
  const auto graph = drawn(R"(
    <flow><links><link name="a"/><link name="b"/><link name="c"/></links>
      <empty name="First"><sources><source linkName="a"/><source linkName="b"/></sources></empty>
      <empty name="Second"><targets><target linkName="a"/></targets>
        <sources><source linkName="c"><transitionCondition>$ok</transitionCondition></source></sources></empty>
      <sequence><empty name="Before"/><empty name="Third"><targets><target linkName="b"/><target linkName="c"/></targets></empty>
      </sequence></flow>)");
  const std::string flow = "/process/flow[1]";
  EXPECT_EQ(after(graph, flow), (Ids{flow + "/empty[1]", flow + "/sequence[1]/empty[1]"}));
  EXPECT_EQ(after(graph, flow + "/empty[1]"), Ids{flow + "/empty[1]#sources"});
  EXPECT_EQ(after(graph, flow + "/empty[1]#sources"),
            (Ids{flow + "/empty[2]", flow + "/sequence[1]/empty[2]#targets"}));
  EXPECT_EQ(after(graph, flow + "/empty[2]#sources"), (Ids{flow + "/sequence[1]/empty[2]#targets", flow + "#join"}));
  EXPECT_EQ(graph.node(graph.find(flow + "#join")).as<graph::Gateway>()->kind, graph::GatewayKind::inclusive);
  expect_flows_stay_in_their_container(graph);
}

TEST(Outline, ALinkOutOfAScopeLeavesItsSubProcess) {
  const auto graph = drawn(R"(
    <flow><links><link name="a"/></links>
      <scope name="S"><empty><sources><source linkName="a"/></sources></empty></scope>
      <empty name="T"><targets><target linkName="a"/></targets></empty></flow>)");
  EXPECT_EQ(after(graph, "/process/flow[1]/scope[1]"), Ids{"/process/flow[1]/empty[1]"});
  expect_flows_stay_in_their_container(graph);
}

TEST(Outline, ElementsOfAModelKeepTheirIds) {
  const auto graph = drawn(R"(<sequence><empty cx:elementId="Task_1" name="T"/><empty/></sequence>)");
  EXPECT_EQ(after(graph, "Task_1"), Ids{"/process/sequence[1]/empty[2]"});
}

TEST(Outline, AnInvokeWithHandlersIsASubProcess) {
  const auto graph = drawn(R"(
    <invoke partnerLink="Bank" operation="pay"><catchAll><empty/></catchAll></invoke>)");
  EXPECT_EQ(after(graph, "/process#start"), Ids{"/process/invoke[1]#scope"});
  EXPECT_EQ(after(graph, "/process/invoke[1]#start"), Ids{"/process/invoke[1]"});
  EXPECT_NE(graph.find("/process/invoke[1]/catchAll[1]"), graph::none);
}

TEST(Outline, ThingsThatCannotBeReadGiveNoGraphToSpeakOf) {
  ast::Process nothing;
  const auto graph = outline(nothing);
  EXPECT_EQ(graph.containers.size(), 1u);
  EXPECT_EQ(graph.node_count(), 2u);
}

}  // namespace
}  // namespace echoflow::outline

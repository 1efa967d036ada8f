#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>

#include "bpel/compile/deployment.hpp"
#include "engine/core/engine.hpp"
#include "models/instances/instance_state.hpp"
#include "models/xml/reader.hpp"

/// The engine alone, in memory: receive, ten activities, reply, with messages of 4 KB. items_per_second counts
/// activities.
namespace echoflow {
namespace {

constexpr const char* wsdl =
    R"(<definitions targetNamespace="urn:bench" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:b="urn:bench"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:plnk="http://docs.oasis-open.org/wsbpel/2.0/plnktype">
  <types><xsd:schema targetNamespace="urn:bench" elementFormDefault="qualified">
    <xsd:element name="order"><xsd:complexType><xsd:sequence>
      <xsd:element name="id" type="xsd:string"/><xsd:element name="total" type="xsd:decimal"/><xsd:element name="status" type="xsd:string"/>
      <xsd:element name="item" maxOccurs="unbounded"><xsd:complexType><xsd:sequence>
        <xsd:element name="name" type="xsd:string"/><xsd:element name="quantity" type="xsd:int"/><xsd:element name="price" type="xsd:decimal"/>
      </xsd:sequence></xsd:complexType></xsd:element>
    </xsd:sequence></xsd:complexType></xsd:element></xsd:schema></types>
  <message name="orderMessage"><part name="body" element="b:order"/></message>
  <portType name="Port"><operation name="order"><input message="b:orderMessage"/><output message="b:orderMessage"/></operation></portType>
  <plnk:partnerLinkType name="Link"><plnk:role name="shop" portType="b:Port"/></plnk:partnerLinkType>
</definitions>)";

constexpr const char* head =
    R"(<process name="bench" targetNamespace="urn:bench:process" xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable"
    xmlns:b="urn:bench" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <import namespace="urn:bench" location="bench.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>
  <partnerLinks><partnerLink name="client" partnerLinkType="b:Link" myRole="shop"/></partnerLinks>
  <variables><variable name="in" messageType="b:orderMessage"/><variable name="out" messageType="b:orderMessage"/>
    <variable name="total" type="xsd:decimal"/><variable name="count" type="xsd:int"/></variables>
  <sequence><receive partnerLink="client" operation="order" variable="in" createInstance="yes"/>)";
constexpr const char* tail = R"(<reply partnerLink="client" operation="order" variable="out"/></sequence></process>)";

/// Ten activities: four assigns, an if, a while with its assign, a nested sequence and an empty.
const std::string ten = R"(
  <assign><copy><from variable="in"/><to variable="out"/></copy><copy><from>0</from><to variable="count"/></copy></assign>
  <assign><copy><from>sum($in.body/b:item/b:price)</from><to variable="total"/></copy>
    <copy><from>$in.body/b:item[3]/b:name</from><to variable="out" part="body"><query>b:status</query></to></copy>
    <copy><from>concat('order-', $in.body/b:id)</from><to variable="out" part="body"><query>b:id</query></to></copy></assign>
  <if><condition>$total &gt; 10</condition>
    <assign><copy><from>$total</from><to variable="out" part="body"><query>b:total</query></to></copy></assign><else><empty/></else></if>
  <while><condition>$count &lt; 1</condition><assign><copy><from>$count + 1</from><to variable="count"/></copy></assign></while>
  <sequence><empty/><empty/></sequence>)";

program::ProgramPtr compile(const std::string& body) {
  source::SourceSet sources;
  sources.files["bench.wsdl"] = wsdl;
  sources.files["bench.bpel"] = head + body + tail;
  auto deployment = compile::compile_deployment(sources);
  for (const auto& finding : deployment.findings) std::cerr << to_string(finding) << "\n";
  if (deployment.processes.empty()) std::abort();
  return deployment.processes.front().program;
}

Message order() {
  std::string text = R"(<order xmlns="urn:bench"><id>4711</id><total>0</total><status>new</status>)";
  for (int i = 0; text.size() < 4000; ++i)
    text += "<item><name>article number " + std::to_string(i) + "</name><quantity>" + std::to_string(i % 7 + 1) +
            "</quantity><price>" + std::to_string(i) + ".95</price></item>";
  text += "</order>";
  auto document = xml::read(text);
  if (!document) std::abort();
  return {{"urn:bench", "orderMessage"}, {std::make_shared<const xml::Document>(std::move(*document))}, {}, {}};
}

void run(benchmark::State& state, const program::ProgramPtr& program, bool journal) {
  const engine::Command start = engine::StartInstance{program->entries.front().node, 0, order(), 1, ""};
  std::size_t activities = 0, bytes = 0;
  for (auto _ : state) {
    auto instance = engine::new_state(*program);
    engine::TurnContext turn{1, {}};
    turn.journal = journal;
    auto batch = engine::run_turn(*program, *instance, start, turn);
    if (!batch || batch->replies.size() != 1 || batch->replies[0].is_fault) std::abort();
    activities += batch->activities;
    bytes += batch->events.size() + batch->payload.size();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(activities));
  state.counters["activities"] = static_cast<double>(activities) / static_cast<double>(state.iterations());
  state.counters["instances/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  state.counters["journal bytes"] = static_cast<double>(bytes) / static_cast<double>(state.iterations());
}

void ten_activities_in_memory(benchmark::State& state) {
  run(state, compile(ten), false);
}
void ten_activities_journalled(benchmark::State& state) {
  run(state, compile(ten), true);
}
BENCHMARK(ten_activities_in_memory);
BENCHMARK(ten_activities_journalled);

/// What an activity costs as the process grows.
void parallel_for_each(benchmark::State& state) {
  const std::string branches = std::to_string(state.range(0));
  run(state,
      compile("<assign><copy><from variable=\"in\"/><to variable=\"out\"/></copy></assign><forEach counterName=\"i\" "
              "parallel=\"yes\"><startCounterValue>1</startCounterValue><finalCounterValue>" +
              branches +
              "</finalCounterValue><scope><assign><copy><from>$i</from><to "
              "variable=\"count\"/></copy></assign></scope></forEach>"),
      false);
}
/// A process of five activities, and the same grown to fifty by a parallel forEach: what an activity costs in each is
/// the time over five and over fifty.
const std::string five = R"(<assign><copy><from variable="in"/><to variable="out"/></copy></assign><empty/>)";

void five_activities(benchmark::State& state) {
  run(state, compile(five), false);
}
void fifty_activities(benchmark::State& state) {
  run(state,
      compile(five + R"(<forEach counterName="i" parallel="yes"><startCounterValue>1</startCounterValue>
    <finalCounterValue>22</finalCounterValue>
    <scope><assign><copy><from>$i</from><to variable="count"/></copy></assign></scope></forEach>)"),
      false);
}
BENCHMARK(five_activities);
BENCHMARK(fifty_activities);
BENCHMARK(parallel_for_each)->Arg(1)->Arg(25)->Arg(1000)->Arg(20000);

}  // namespace
}  // namespace echoflow

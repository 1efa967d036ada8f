#include "models/notations/bpmn/import.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace echoflow::bpmn {
namespace {

using graph::LossKind;

std::string in_definitions(std::string_view content, std::string_view attributes = {}) {
  return "<b:definitions xmlns:b=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
         "xmlns:di=\"http://www.omg.org/spec/BPMN/20100524/DI\" xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" "
         "xmlns:dd=\"http://www.omg.org/spec/DD/20100524/DI\" xmlns:v=\"urn:vendor\" "
         "xmlns:t=\"urn:model\" targetNamespace=\"urn:model\" id=\"D\"" +
         std::string(attributes) + ">\n" + std::string(content) + "</b:definitions>";
}

graph::Imported read(std::string_view content, std::string_view attributes = {}) {
  return import(in_definitions(content, attributes), "m.bpmn");
}

const graph::Node& node(const graph::Imported& imported, std::string_view id) {
  const auto found = imported.graph.find(id);
  EXPECT_NE(found, graph::none) << id;
  return imported.graph.node(found);
}

std::string attribute(const std::vector<graph::Attribute>& attributes, std::string_view name) {
  for (const auto& one : attributes)
    if (one.name == name) return one.value;
  return "(none)";
}

const graph::Relation* relation(const graph::Imported& imported, graph::RelationKind kind) {
  for (const auto& one : imported.graph.relations)
    if (one.kind == kind) return &one;
  return nullptr;
}

std::size_t count(const graph::Imported& imported, LossKind kind) {
  return static_cast<std::size_t>(std::count_if(imported.report.begin(), imported.report.end(),
                                                [&](const graph::Loss& loss) { return loss.kind == kind; }));
}

TEST(BpmnImport, ReadsAProcessWithItsFlow) {
  const auto imported = read(R"(<b:process id="P" name="Orders" isExecutable="true">
    <b:documentation>Why</b:documentation>
    <b:exclusiveGateway id="G" gatewayDirection="Diverging" default="F2"/>
    <b:sequenceFlow id="F1" sourceRef="G" targetRef="T"><b:conditionExpression language="urn:x"> a &lt; 1 </b:conditionExpression></b:sequenceFlow>
    <b:sequenceFlow id="F2" sourceRef="G" targetRef="T"/>
    <b:scriptTask id="T" scriptFormat="text/x" v:colour="red"><b:script>go</b:script></b:scriptTask>
  </b:process>)");
  const auto& graph = imported.graph;
  ASSERT_EQ(graph.containers.size(), 1u);
  EXPECT_EQ(graph.containers[0].id, "P");
  EXPECT_EQ(graph.containers[0].name.in(""), "Orders");
  EXPECT_EQ(graph.containers[0].documentation.in(""), "Why");
  EXPECT_TRUE(graph.containers[0].executable);
  ASSERT_EQ(graph.flow_count(), 2u);
  EXPECT_EQ(graph.flow(0).condition->text, "a < 1");
  EXPECT_EQ(graph.flow(0).condition->language, "urn:x");
  EXPECT_EQ(graph.flow(0).where.line, 5u);
  EXPECT_EQ(node(imported, "G").default_flow, 1u);
  EXPECT_EQ(node(imported, "G").as<graph::Gateway>()->direction, graph::GatewayDirection::diverging);
  EXPECT_EQ(node(imported, "T").as<graph::Activity>()->script->text, "go");
  EXPECT_EQ(node(imported, "T").as<graph::Activity>()->script->language, "text/x");
  EXPECT_EQ(attribute(node(imported, "T").attributes, "{urn:vendor}colour"), "red");
  EXPECT_EQ(graph.target_namespace, "urn:model");
}

TEST(BpmnImport, ReadsSubProcessesBoundariesAndEvents) {
  const auto imported = read(R"(<b:signal id="S" name="Go"/>
  <b:signalEventDefinition id="SD" signalRef="t:S"/>
  <b:process id="P">
    <b:boundaryEvent id="B" attachedToRef="U" cancelActivity="false"><b:timerEventDefinition><b:timeCycle>R3/PT1H</b:timeCycle></b:timerEventDefinition></b:boundaryEvent>
    <b:subProcess id="U" triggeredByEvent="true" name="Late">
      <b:startEvent id="E" isInterrupting="false"><b:eventDefinitionRef>t:SD</b:eventDefinitionRef></b:startEvent>
      <b:adHocSubProcess id="A" ordering="Sequential" cancelRemainingInstances="false"><b:task id="AT"/></b:adHocSubProcess>
    </b:subProcess>
  </b:process>)");
  const auto& boundary = *node(imported, "B").as<graph::Event>();
  EXPECT_EQ(boundary.attached_to, imported.graph.find("U"));
  EXPECT_FALSE(boundary.interrupting);
  ASSERT_EQ(boundary.definitions.size(), 1u);
  EXPECT_EQ(boundary.definitions[0].timer, graph::TimerKind::cycle);
  EXPECT_EQ(boundary.definitions[0].expression->text, "R3/PT1H");
  const auto& sub_process = *node(imported, "U").as<graph::Activity>();
  EXPECT_EQ(sub_process.kind, graph::ActivityKind::event_sub_process);
  ASSERT_LT(sub_process.body, imported.graph.containers.size());
  EXPECT_EQ(imported.graph.containers[sub_process.body].owner, imported.graph.find("U"));
  EXPECT_EQ(imported.graph.containers[sub_process.body].name.in(""), "Late");
  const auto& start = *node(imported, "E").as<graph::Event>();
  EXPECT_FALSE(start.interrupting);
  ASSERT_EQ(start.definitions.size(), 1u);
  EXPECT_EQ(start.definitions[0].ref, "S");
  const auto& ad_hoc = *node(imported, "A").as<graph::Activity>();
  EXPECT_TRUE(ad_hoc.sequential);
  EXPECT_FALSE(ad_hoc.cancel_remaining);
  EXPECT_EQ(imported.graph.containers[node(imported, "AT").container].id, "A");
}

TEST(BpmnImport, ReadsLoops) {
  const auto imported = read(R"(<b:process id="P">
    <b:task id="A"><b:standardLoopCharacteristics testBefore="true" loopMaximum="4"><b:loopCondition>$more</b:loopCondition></b:standardLoopCharacteristics></b:task>
    <b:task id="M"><b:multiInstanceLoopCharacteristics isSequential="true" behavior="Complex"><b:loopCardinality>3</b:loopCardinality>
      <b:inputDataItem id="one" name="One"/><b:complexBehaviorDefinition id="cb"><b:condition>$x</b:condition><b:event id="ev"><b:signalEventDefinition id="sd" signalRef="S"/></b:event></b:complexBehaviorDefinition>
      <b:completionCondition>$done</b:completionCondition></b:multiInstanceLoopCharacteristics></b:task>
  </b:process><b:signal id="S"/>)");
  const auto& standard = node(imported, "A").as<graph::Activity>()->loop;
  EXPECT_EQ(standard.kind, graph::LoopKind::standard);
  EXPECT_TRUE(standard.test_before);
  EXPECT_EQ(standard.maximum->text, "4");
  EXPECT_EQ(standard.condition->text, "$more");
  const auto& multi = node(imported, "M").as<graph::Activity>()->loop;
  EXPECT_EQ(multi.kind, graph::LoopKind::multi_sequential);
  EXPECT_EQ(multi.behavior, graph::MultiBehavior::complex);
  EXPECT_EQ(multi.cardinality->text, "3");
  EXPECT_EQ(multi.item_in, "One");
  EXPECT_EQ(multi.completion->text, "$done");
  ASSERT_EQ(multi.complex.size(), 1u);
  EXPECT_EQ(imported.graph.definitions.at(multi.complex[0].event).event->ref, "S");
}

TEST(BpmnImport, ReadsDataAndWhatIsDoneWithIt) {
  const auto imported = read(R"(<b:itemDefinition id="I" structureRef="v:order"/>
  <b:process id="P"><b:property id="Q" name="note" itemSubjectRef="t:I"/>
    <b:dataObject id="O" itemSubjectRef="I"/><b:dataObjectReference id="R" dataObjectRef="O" name="Order"><b:dataState name="paid"/></b:dataObjectReference>
    <b:task id="T"><b:ioSpecification><b:dataInput id="TI" name="in"/><b:inputSet id="set"><b:dataInputRefs>TI</b:dataInputRefs></b:inputSet><b:outputSet/></b:ioSpecification>
      <b:dataInputAssociation id="DA"><b:sourceRef>R</b:sourceRef><b:targetRef>TI</b:targetRef><b:assignment><b:from>$R/a</b:from><b:to>$TI/b</b:to></b:assignment></b:dataInputAssociation></b:task>
  </b:process>)");
  EXPECT_EQ(imported.graph.definitions.at("I").structure, "{urn:vendor}order");
  const auto& reference = node(imported, "R");
  EXPECT_EQ(reference.as<graph::Data>()->ref, "O");
  EXPECT_EQ(reference.as<graph::Data>()->state, "paid");
  EXPECT_EQ(node(imported, "Q").as<graph::Data>()->item, "I");
  const auto* reads = relation(imported, graph::RelationKind::reads);
  ASSERT_NE(reads, nullptr);
  EXPECT_EQ(reads->from, imported.graph.find("T"));
  EXPECT_EQ(reads->to, imported.graph.find("R"));
  EXPECT_EQ(reads->inner_name, "in");
  ASSERT_EQ(reads->assignments.size(), 1u);
  EXPECT_EQ(reads->assignments[0].first.text, "$R/a");
  EXPECT_EQ(attribute(node(imported, "TI").attributes, "dataInputRefs"), "set");
}

TEST(BpmnImport, ReadsWhoTakesPart) {
  const auto imported = read(
      R"(<b:collaboration id="C"><b:participant id="A" name="Shop" processRef="P"><b:participantMultiplicity minimum="2" maximum="5"/></b:participant>
    <b:participant id="X" name="Customer"/><b:messageFlow id="M" sourceRef="X" targetRef="T" messageRef="t:MSG"/>
    <b:textAnnotation id="N"><b:text>Look</b:text></b:textAnnotation><b:association id="AS" sourceRef="T" targetRef="N"/></b:collaboration>
  <b:message id="MSG"/><b:resource id="RS" name="Clerk"/>
  <b:process id="P"><b:laneSet><b:lane id="L" name="Sales"><b:childLaneSet><b:lane id="LL"><b:flowNodeRef>T</b:flowNodeRef></b:lane></b:childLaneSet></b:lane></b:laneSet>
    <b:userTask id="T"><b:potentialOwner><b:resourceRef>RS</b:resourceRef></b:potentialOwner></b:userTask></b:process>)");
  const auto& graph = imported.graph;
  ASSERT_EQ(graph.participants.size(), 2u);
  EXPECT_EQ(graph.participants[0].process, 0u);
  EXPECT_EQ(graph.participants[0].minimum, 2);
  EXPECT_EQ(graph.participants[0].maximum, 5);
  EXPECT_EQ(graph.participants[1].process, graph::none);
  ASSERT_EQ(graph.message_flows.size(), 1u);
  EXPECT_EQ(graph.message_flows[0].from, "X");
  EXPECT_EQ(graph.message_flows[0].message, "MSG");
  EXPECT_EQ(node(imported, "T").lanes, (std::vector<std::string>{"L", "LL"}));
  EXPECT_EQ(node(imported, "N").name.in(""), "Look");
  const auto* annotates = relation(imported, graph::RelationKind::annotates);
  ASSERT_NE(annotates, nullptr);
  EXPECT_EQ(annotates->from, graph.find("N"));
  EXPECT_EQ(annotates->to, graph.find("T"));
  const auto* executes = relation(imported, graph::RelationKind::executes);
  ASSERT_NE(executes, nullptr);
  EXPECT_EQ(graph.node(executes->from).name.in(""), "Clerk");
}

TEST(BpmnImport, ReadsTheDrawing) {
  const auto imported = read(
      R"(<b:process id="P"><b:startEvent id="S"/><b:subProcess id="U"/><b:sequenceFlow id="F" sourceRef="S" targetRef="U"/></b:process>
  <di:BPMNDiagram><di:BPMNPlane bpmnElement="P">
    <di:BPMNShape bpmnElement="t:S" v:fill="blue"><dc:Bounds x="10" y="20.5" width="36" height="36"/><di:BPMNLabel><dc:Bounds x="1" y="2" width="3" height="4"/></di:BPMNLabel></di:BPMNShape>
    <di:BPMNShape bpmnElement="U" isExpanded="false"><dc:Bounds x="100" y="0" width="100" height="80"/></di:BPMNShape>
    <di:BPMNEdge bpmnElement="F"><dd:waypoint x="46" y="38"/><dd:waypoint x="100" y="38"/></di:BPMNEdge>
  </di:BPMNPlane></di:BPMNDiagram>)");
  EXPECT_EQ(node(imported, "S").bounds, (graph::Bounds{10, 20.5, 36, 36}));
  EXPECT_EQ(node(imported, "S").label, (graph::Bounds{1, 2, 3, 4}));
  EXPECT_EQ(attribute(node(imported, "S").attributes, "{urn:vendor}fill"), "blue");
  EXPECT_FALSE(node(imported, "U").expanded);
  ASSERT_EQ(imported.graph.flow(0).waypoints.size(), 2u);
  EXPECT_EQ(imported.graph.flow(0).waypoints[1], (graph::Point{100, 38}));
  EXPECT_EQ(count(imported, LossKind::left_out), 0u);
}

TEST(BpmnImport, SeesWhetherASubProcessIsDrawnOpen) {
  const auto draw = [](std::string_view x) {
    return read(
        "<b:process id=\"P\"><b:subProcess id=\"U\"><b:task id=\"T\"/></b:subProcess></b:process><di:BPMNDiagram>"
        "<di:BPMNPlane bpmnElement=\"P\"><di:BPMNShape bpmnElement=\"U\"><dc:Bounds x=\"0\" y=\"0\" width=\"300\" "
        "height=\"200\"/></di:BPMNShape><di:BPMNShape bpmnElement=\"T\"><dc:Bounds x=\"" +
        std::string(x) + "\" y=\"20\" width=\"100\" height=\"80\"/></di:BPMNShape></di:BPMNPlane></di:BPMNDiagram>");
  };
  EXPECT_TRUE(node(draw("50"), "U").expanded);
  EXPECT_FALSE(node(draw("900"), "U").expanded);
}

TEST(BpmnImport, KeepsNamesInSeveralLanguages) {
  const auto imported = import(
      in_definitions("<b:process id=\"P\"><b:task id=\"T\" name=\"Check\"><b:extensionElements><i:translation "
                     "xmlns:i=\"http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0\" xml:lang=\"DE\">Prüfen"
                     "</i:translation></b:extensionElements></b:task></b:process>",
                     " xml:lang=\"en\""),
      "m.bpmn");
  EXPECT_EQ(node(imported, "T").name.in("en"), "Check");
  EXPECT_EQ(node(imported, "T").name.in("de"), "Prüfen");
}

TEST(BpmnImport, KeepsGlobalTasksInterfacesAndCodes) {
  const auto imported = read(
      R"(<b:interface id="IF" name="I" implementationRef="v:pt"><b:operation id="OP" name="o"><b:inMessageRef>M</b:inMessageRef><b:errorRef>ER</b:errorRef></b:operation></b:interface>
  <b:message id="M" name="Order" itemRef="IT"/><b:itemDefinition id="IT" isCollection="true"/><b:error id="ER" errorCode="E1"/><b:escalation id="ES" escalationCode="late"/>
  <b:globalScriptTask id="GT" scriptLanguage="urn:x"><b:script>go</b:script></b:globalScriptTask><b:process id="P"/>)");
  const auto& definitions = imported.graph.definitions;
  EXPECT_EQ(definitions.at("OP").owner, "IF");
  EXPECT_EQ(definitions.at("OP").in_message, "M");
  EXPECT_EQ(definitions.at("OP").errors, std::vector<std::string>{"ER"});
  EXPECT_EQ(definitions.at("M").item, "IT");
  EXPECT_TRUE(definitions.at("IT").collection);
  EXPECT_EQ(definitions.at("ER").code, "E1");
  EXPECT_EQ(definitions.at("ES").code, "late");
  EXPECT_EQ(definitions.at("GT").task->script->text, "go");
}

TEST(BpmnImport, BrokenReferencesAreFindingsWithTheirLine) {
  const auto imported = read(
      "<b:process id=\"P\"><b:task id=\"T\"/>\n<b:sequenceFlow id=\"F\" sourceRef=\"T\" targetRef=\"no\"/>\n"
      "<b:boundaryEvent id=\"B\" attachedToRef=\"no\"/></b:process>");
  EXPECT_EQ(imported.graph.flow_count(), 0u);
  EXPECT_TRUE(has_errors(imported.findings));
  const auto broken = std::count_if(imported.findings.begin(), imported.findings.end(), [](const Diagnostic& d) {
    return d.rule == "BPMN0103" && (d.where.line == 3 || d.where.line == 4);
  });
  EXPECT_EQ(broken, 2);
}

TEST(BpmnImport, IdsThatAreMissingOrTakenAreReplaced) {
  const auto imported = read("<b:process id=\"P\"><b:task/><b:task id=\"T\"/><b:task id=\"T\"/></b:process>");
  EXPECT_EQ(imported.graph.node_count(), 3u);
  EXPECT_NE(imported.graph.find("T_2"), graph::none);
  EXPECT_NE(imported.graph.find("task_line_2"), graph::none);
  EXPECT_EQ(count(imported, LossKind::changed), 2u);
}

struct Other {
  const char* bytes;
  const char* words;
};
TEST(BpmnImport, SaysWhatOtherFilesAre) {
  const Other others[] = {
      {"<Package xmlns=\"http://www.wfmc.org/2009/XPDL2.2\"/>", "XPDL"},
      {"<VisioDocument xmlns=\"http://schemas.microsoft.com/visio/2003/core\"/>", "Visio"},
      {"<AML/>", "ARIS"},
      {"<process/>", "definitions"},
      {"<definitions xmlns=\"http://schemas.xmlsoap.org/wsdl/\"/>", "WSDL"},
  };
  for (const auto& other : others) {
    const auto imported = import(other.bytes, "f.xml");
    ASSERT_EQ(imported.findings.size(), 1u) << other.bytes;
    EXPECT_EQ(imported.findings[0].severity, Severity::error);
    EXPECT_NE(imported.findings[0].message.find(other.words), std::string::npos) << imported.findings[0].message;
  }
}

TEST(BpmnImport, RefusesWhatIsNoXml) {
  const auto imported = import("process: Orders", "f.bpmn");
  ASSERT_EQ(imported.findings.size(), 1u);
  EXPECT_EQ(imported.findings[0].rule, "XML");
  EXPECT_EQ(imported.findings[0].where.file, "f.bpmn");
}

TEST(BpmnImport, ReadsUtf16AndByteOrderMarks) {
  const std::string model = in_definitions("<b:process id=\"P\"><b:task id=\"T\" name=\"Order\"/></b:process>");
  EXPECT_NE(import("\xEF\xBB\xBF" + model, "m.bpmn").graph.find("T"), graph::none);
  std::string wide = "\xFF\xFE";
  for (const char c : model) {
    wide += c;
    wide += '\0';
  }
  EXPECT_NE(import(wide, "m.bpmn").graph.find("T"), graph::none);
}

TEST(BpmnImport, ReadsTheNamespaceOfOlderTools) {
  const auto imported = import(
      "<definitions xmlns=\"http://schema.omg.org/spec/BPMN/2.0\"><process id=\"P\"><task id=\"T\"/></process>"
      "</definitions>",
      "m.bpmn");
  EXPECT_NE(imported.graph.find("T"), graph::none);
}

}  // namespace
}  // namespace echoflow::bpmn

// Nothing vanishes in silence: every element of a source has a line, and what is not kept says why.
#include <gtest/gtest.h>

#include <algorithm>

#include "models/notations/bpmn/import.hpp"
#include "models/xml/reader.hpp"
#include "tests/models/notations/bpmn/rule_models.hpp"

namespace echoflow::bpmn {
namespace {

using graph::LossKind;

std::size_t elements_of(const std::string& bytes) {
  const auto document = xml::read(bytes);
  EXPECT_TRUE(document.ok());
  std::size_t count = 0;
  for (xml::NodeIndex n = 0; n < document->node_count(); ++n)
    if (document->kind(n) == xml::NodeKind::element) ++count;
  return count;
}

const graph::Loss* line_of(const graph::Imported& imported, std::string_view id) {
  for (const auto& loss : imported.report)
    if (loss.id == id) return &loss;
  return nullptr;
}

/// Every element of the language that stands in a process or beside it, with things of others between.
const std::string everything = definitions(R"(
<import importType="urn:t" location="l" namespace="urn:n"/><extension definition="xsd:x"/>
<relationship id="rel" type="t"><source>p</source><target>p</target></relationship>
<category id="cat" name="C"><categoryValue id="cv" value="V"/></category>
<correlationProperty id="cp"><correlationPropertyRetrievalExpression messageRef="m"><messagePath>x</messagePath></correlationPropertyRetrievalExpression></correlationProperty>
<message id="m"/><dataStore id="ds" capacity="3"/><partnerEntity id="pe"/><partnerRole id="pr"/><endPoint id="ep"/>
<globalUserTask id="gu"><ioSpecification><inputSet/><outputSet/></ioSpecification><rendering/></globalUserTask>
<choreography id="ch"><choreographyTask id="ct" initiatingParticipantRef="a"/></choreography>
<globalConversation id="gc"/><unknownElement/><v:vendor xmlns:v="urn:v"><v:inner/></v:vendor>
<collaboration id="c"><extensionElements><v:pool xmlns:v="urn:v" a="1"><v:deep>text</v:deep></v:pool></extensionElements>
<participant id="a" processRef="p"><interfaceRef>i</interfaceRef></participant><messageFlow id="mf" sourceRef="a" targetRef="a"/>
<conversation id="k"/><conversationLink id="kl" sourceRef="a" targetRef="k"/><correlationKey id="ck"/><group id="g" categoryValueRef="cv"/></collaboration>
<process id="p"><auditing/><monitoring/><supportedInterfaceRef>i</supportedInterfaceRef><correlationSubscription correlationKeyRef="ck"/>
<laneSet id="ls"><lane id="l"><partitionElement/><flowNodeRef>t</flowNodeRef><flowNodeRef>lost</flowNodeRef></lane></laneSet>
<userTask id="t" weight="3"><categoryValueRef>cv</categoryValueRef><rendering/><unknown><deeper/></unknown></userTask>
<sequenceFlow id="f" sourceRef="t" targetRef="lost"><conditionExpression evaluatesToTypeRef="xsd:boolean">x</conditionExpression></sequenceFlow>
<dataStoreReference id="dr" dataStoreRef="ds"/><subChoreography id="sc"/><association id="as" sourceRef="t" targetRef="a"/></process>
)");

TEST(BpmnReport, HasOneLineForEachElement) {
  EXPECT_EQ(import(everything, "m.bpmn").report.size(), elements_of(everything));
  for (const auto& broken : broken_models())
    EXPECT_EQ(import(broken.model, "m.bpmn").report.size(), elements_of(broken.model)) << broken.model;
  for (const auto& model : sound_models())
    EXPECT_EQ(import(model, "m.bpmn").report.size(), elements_of(model)) << model;
}

TEST(BpmnReport, SaysWhyWhateverIsNotKept) {
  const auto imported = import(everything, "m.bpmn");
  for (const auto& loss : imported.report)
    if (loss.kind != LossKind::kept) {
      EXPECT_TRUE(loss.what.ends_with(".")) << loss.element << " " << loss.what;
    }
  EXPECT_EQ(line_of(imported, "ct")->kind, LossKind::left_out);
  EXPECT_EQ(line_of(imported, "k")->kind, LossKind::left_out);
  EXPECT_EQ(line_of(imported, "f")->kind, LossKind::left_out);
  EXPECT_EQ(line_of(imported, "t")->kind, LossKind::kept);
  EXPECT_EQ(line_of(imported, "t")->element, "bpmn:userTask");
}

TEST(BpmnReport, WhatIsKeptAsTextIsInTheGraph) {
  const auto imported = import(everything, "m.bpmn");
  const auto& task = imported.graph.node(imported.graph.find("t"));
  const auto has = [&](std::string_view name, std::string_view part) {
    return std::any_of(task.attributes.begin(), task.attributes.end(), [&](const graph::Attribute& a) {
      return a.name == name && a.value.find(part) != std::string::npos;
    });
  };
  EXPECT_TRUE(has("weight", "3"));
  EXPECT_TRUE(has("unknown", "deeper"));
  EXPECT_TRUE(std::any_of(imported.graph.attributes.begin(), imported.graph.attributes.end(), [](const auto& a) {
    return a.name == "{urn:v}pool" && a.value.find("text") != std::string::npos;
  }));
}

TEST(BpmnReport, AttributesThatAreNotKeptAreNamed) {
  const auto imported = import(everything, "m.bpmn");
  const auto condition = std::find_if(imported.report.begin(), imported.report.end(),
                                      [](const graph::Loss& loss) { return loss.element == "bpmn:partnerRole"; });
  EXPECT_EQ(condition->kind, LossKind::kept);
  const std::string model = definitions(
      "<process id=\"p\"><task id=\"a\"/><task id=\"b\"/><sequenceFlow id=\"f\" "
      "sourceRef=\"a\" targetRef=\"b\"><conditionExpression id=\"ce\" "
      "evaluatesToTypeRef=\"xsd:boolean\">x</conditionExpression></sequenceFlow></process>");
  EXPECT_EQ(line_of(import(model, "m.bpmn"), "ce")->kind, LossKind::changed);
  EXPECT_NE(line_of(import(model, "m.bpmn"), "ce")->what.find("evaluatesToTypeRef"), std::string::npos);
}

}  // namespace
}  // namespace echoflow::bpmn

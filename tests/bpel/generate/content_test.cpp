#include <gtest/gtest.h>

#include "bpel/compile/deployment.hpp"
#include "bpel/generate/generate.hpp"
#include "models/notations/bpmn/import.hpp"

namespace echoflow::generate {
namespace {

/// A model of processes, each begun by Start, with root elements before them.
std::string model(const std::string& roots, const std::string& processes) {
  return "<b:definitions xmlns:b='http://www.omg.org/spec/BPMN/20100524/MODEL' "
         "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
         "xmlns:cx='urn:echoflow:cx:1.0' id='Model' targetNamespace='urn:test:content'>" +
         roots + processes + "</b:definitions>";
}

/// A process of one activity between start and end.
std::string process_of(const std::string& activity, const std::string& id = "P", const std::string& extra = "") {
  return "<b:process id='" + id + "' isExecutable='true'>" + extra + "<b:startEvent id='" + id + "Start'/>" +
         "<b:sequenceFlow id='" + id + "F1' sourceRef='" + id + "Start' targetRef='" + id + "Work'/>" + activity +
         "<b:sequenceFlow id='" + id + "F2' sourceRef='" + id + "Work' targetRef='" + id + "End'/>" +
         "<b:endEvent id='" + id + "End'/></b:process>";
}

std::string script(const std::string& text) {
  return process_of("<b:scriptTask id='PWork' name='Work' scriptFormat='text/javascript'><b:script>" + text +
                    "</b:script></b:scriptTask>");
}

struct Made {
  Generated generated;
  std::string findings;  ///< errors of import, translation and of the check of what was generated
  std::string bpel(const std::string& process = "P") const {
    const auto found = generated.files.find(process + ".bpel");
    return found == generated.files.end() ? "" : found->second;
  }
};

Made made(const std::string& text) {
  Made result;
  const auto note = [&](const Diagnostics& findings) {
    for (const auto& each : findings)
      if (each.severity == Severity::error) result.findings += to_string(each) + "\n";
  };
  const auto imported = bpmn::import(text, "model.bpmn");
  note(imported.findings);
  result.generated = generate(imported.graph);
  note(result.generated.findings);
  if (result.findings.empty()) note(compile::compile_deployment(source::SourceSet{result.generated.files}).findings);
  return result;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Content, StartsWithAMessageThatTakesAnyVariables) {
  const auto result = made(model("", script("total = price * 2")));
  ASSERT_EQ(result.findings, "");
  EXPECT_TRUE(holds(result.bpel(), "operation=\"start\"")) << result.bpel();
  EXPECT_TRUE(holds(result.bpel(), "<variable name=\"price\" type=\"xsd:decimal\"/>")) << result.bpel();
  EXPECT_TRUE(holds(result.bpel(), "$message_PStart.content/*[local-name() = 'price']")) << result.bpel();
  EXPECT_TRUE(holds(result.generated.files.at("Model.wsdl"),
                    "<xsd:any minOccurs=\"0\" maxOccurs=\"unbounded\" processContents=\"skip\"/>"));
}

TEST(Content, TranslatesAssignments) {
  const auto result = made(model("", script("total = price * 2")));
  EXPECT_TRUE(holds(result.bpel(), "<from>(number($price) * 2)</from>")) << result.bpel();
  EXPECT_TRUE(holds(result.bpel(), "<to variable=\"total\"/>"));
}

TEST(Content, ShowsMarksUnderTheirNames) {
  const auto result = made(model("", script("PAYMENT_noted")));
  ASSERT_EQ(result.findings, "");
  EXPECT_TRUE(holds(result.bpel(), "<empty name=\"PAYMENT_noted\" cx:elementId=\"PWork\"/>")) << result.bpel();
}

TEST(Content, GivesMarksTheirEffects) {
  const std::string property = "<b:property id='stockLevel' itemSubjectRef='Whole'/>";
  const std::string whole =
      "<b:itemDefinition id='Whole' structureRef='xsd:int' xmlns:xsd='http://www.w3.org/2001/XMLSchema'/>";
  const auto with = [&](const std::string& mark) {
    return made(model(
        whole, process_of("<b:scriptTask id='PWork'><b:script>" + mark + "</b:script></b:scriptTask>", "P", property)));
  };
  EXPECT_TRUE(holds(with("INCREMENT_STOCK_LEVEL").bpel(), "<from>number($stockLevel) + 1</from>"));
  EXPECT_TRUE(holds(with("SET_INTEGER_STOCK_LEVEL_AND_LOG_STOCK_LEVEL").bpel(), "<to variable=\"log\"/>"));
  EXPECT_TRUE(holds(with("INCREMENT_NOTHING").findings, "names a variable that the process does not have: NOTHING"));
}

TEST(Content, RefusesOtherScriptsWithElementAndReason) {
  const auto result = made(model("", script("for (i in list) { send(i) }")));
  EXPECT_TRUE(holds(result.findings, "MODEL 'PWork': its script cannot be translated")) << result.findings;
}

TEST(Content, SendsMessagesBetweenProcesses) {
  const std::string roots =
      "<b:message id='Order' name='order'/><b:interface id='Shop' name='shop'><b:operation id='Take' "
      "name='take'><b:inMessageRef>Order"
      "</b:inMessageRef></b:operation></b:interface><b:collaboration id='C'><b:participant id='A' processRef='P'/>"
      "<b:participant id='B' processRef='Q'/><b:messageFlow id='M' sourceRef='PWork' "
      "targetRef='QStart'/></b:collaboration>";
  const std::string sender = process_of("<b:sendTask id='PWork' name='Send' messageRef='Order' operationRef='Take'/>");
  const std::string receiver =
      "<b:process id='Q' isExecutable='true'><b:startEvent id='QStart'><b:messageEventDefinition id='D' "
      "messageRef='Order'><b:operationRef>"
      "Take</b:operationRef></b:messageEventDefinition></b:startEvent><b:sequenceFlow id='QF' sourceRef='QStart' "
      "targetRef='QWork'/>"
      "<b:scriptTask id='QWork'><b:script>TAKEN</b:script></b:scriptTask><b:sequenceFlow id='QG' sourceRef='QWork' "
      "targetRef='QEnd'/>"
      "<b:endEvent id='QEnd'/></b:process>";
  const auto result = made(model(roots, sender + receiver));
  ASSERT_EQ(result.findings, "");
  EXPECT_TRUE(holds(result.bpel("P"), "partnerLink=\"to_Q\" portType=\"tns:Q\" operation=\"take\""))
      << result.bpel("P");
  EXPECT_TRUE(holds(result.bpel("Q"), "createInstance=\"yes\"")) << result.bpel("Q");
  EXPECT_TRUE(holds(result.bpel("Q"), "set=\"conversation\" initiate=\"yes\"")) << result.bpel("Q");
}

TEST(Content, HearsEachSignalAtAPlaceOfItsOwn) {
  const std::string roots = "<b:signal id='S' name='Stock changed'/>";
  const std::string catching =
      "<b:intermediateCatchEvent id='PWork'><b:signalEventDefinition id='D' signalRef='S'/></b:intermediateCatchEvent>";
  const auto result = made(model(roots, process_of(catching)));
  ASSERT_EQ(result.findings, "");
  EXPECT_TRUE(holds(result.bpel(), "partnerLink=\"signal_PWork\"")) << result.bpel();
  EXPECT_TRUE(holds(result.bpel(), "cx:when=\"$signal/cx:name = 'Stock changed'\""));
}

TEST(Content, AsksPeopleWhereASplitSaysNoCondition) {
  const std::string process =
      "<b:process id='P' isExecutable='true'><b:laneSet id='L'><b:lane id='Desk' name='service "
      "desk'><b:flowNodeRef>Judge</b:flowNodeRef></b:lane>"
      "</b:laneSet><b:startEvent id='Start'/><b:sequenceFlow id='F1' sourceRef='Start' targetRef='Judge'/>"
      "<b:userTask id='Judge' name='Judge it'/><b:sequenceFlow id='F2' sourceRef='Judge' targetRef='Split'/>"
      "<b:exclusiveGateway id='Split'/><b:sequenceFlow id='F3' name='it is right' sourceRef='Split' targetRef='E1'/>"
      "<b:sequenceFlow id='F4' name='it is wrong' sourceRef='Split' targetRef='E2'/><b:endEvent id='E1'/><b:endEvent "
      "id='E2'/></b:process>";
  const auto result = made(model("", process));
  ASSERT_EQ(result.findings, "");
  EXPECT_TRUE(holds(result.bpel(), "<cx:outcome name=\"it_is_right\">")) << result.bpel();
  EXPECT_TRUE(holds(result.bpel(), "<condition>$decision_Judge = 'it_is_right'</condition>")) << result.bpel();
  EXPECT_TRUE(holds(result.bpel(), "<htt:group>service desk</htt:group>"));
}

TEST(Content, CollectsWhatInstancesGive) {
  const std::string objects =
      "<b:dataObject id='In' name='names' isCollection='true'/><b:dataObject id='Out' name='greetings' "
      "isCollection='true'/>";
  const auto with = [&](const std::string& loop) {
    return made(model("", process_of("<b:subProcess id='PWork'><b:multiInstanceLoopCharacteristics>" + loop +
                                         "</b:multiInstanceLoopCharacteristics><b:scriptTask id='T' "
                                         "scriptFormat='text/javascript'><b:script>greeting = 'Hello ' + "
                                         "name</b:script></b:scriptTask></b:subProcess>",
                                     "P", objects)));
  };
  const auto result = with(
      "<b:loopDataInputRef>In</b:loopDataInputRef><b:loopDataOutputRef>Out</b:loopDataOutputRef><b:inputDataItem "
      "id='One' name='name'/><b:outputDataItem id='Word' name='greeting'/>");
  ASSERT_EQ(result.findings, "");
  EXPECT_TRUE(holds(result.bpel(), "<finalCounterValue>count($names/*)</finalCounterValue>")) << result.bpel();
  EXPECT_TRUE(holds(result.bpel(), "<from>($names/*)[position() = $instance_PWork]</from>")) << result.bpel();
  EXPECT_TRUE(result.generated.files.contains("data.xsl"));
  const auto unnamed = with(
      "<b:loopDataInputRef>In</b:loopDataInputRef><b:loopDataOutputRef>Out</b:loopDataOutputRef><b:inputDataItem "
      "id='One' name='name'/>");
  EXPECT_TRUE(holds(unnamed.findings, "name the item that each instance gives")) << unnamed.findings;
}

TEST(Content, CopiesTransformsAndAssignsBetweenData) {
  const std::string objects = "<b:dataObject id='A' name='a'/><b:dataObject id='B' name='b'/>";
  const auto task = [&](const std::string& association) {
    const std::string specification =
        "<b:ioSpecification><b:dataInput id='I' name='shown'/><b:inputSet><b:dataInputRefs>I</b:dataInputRefs>"
        "</b:inputSet><b:outputSet/></b:ioSpecification>";
    return made(
        model("", process_of("<b:userTask id='PWork'>" + specification + association + "</b:userTask>", "P", objects)));
  };
  const auto transformed = task(
      "<b:dataInputAssociation><b:sourceRef>A</b:sourceRef><b:targetRef>I</b:targetRef><b:transformation>${a + "
      "'!'}</b:transformation></b:dataInputAssociation>");
  ASSERT_EQ(transformed.findings, "");
  EXPECT_TRUE(holds(transformed.bpel(), "<from>concat($a, '!')</from>")) << transformed.bpel();
  EXPECT_TRUE(holds(transformed.bpel(), "<from>$shown</from>")) << transformed.bpel();
  const auto assigned = task(
      "<b:dataInputAssociation><b:sourceRef>A</b:sourceRef><b:targetRef>I</b:targetRef><b:assignment><b:from "
      "xsi:type='b:tFormalExpression'>${a}</b:from><b:to xsi:type='b:tFormalExpression'>nowhere</b:to></b:assignment>"
      "</b:dataInputAssociation>");
  EXPECT_TRUE(holds(assigned.findings, "writes to 'nowhere', which is no variable")) << assigned.findings;
}

TEST(Content, SaysWhatAToolNamedInsteadOfAService) {
  const auto result =
      made(model("", process_of("<b:serviceTask id='PWork' xmlns:camunda='http://camunda.org/schema/1.0/bpmn' "
                                "camunda:class='org.example.Work'/>")));
  EXPECT_TRUE(holds(result.findings, "it names a Java class")) << result.findings;
}

TEST(Content, RefusesAnEmptyConditionInXpath) {
  const std::string process =
      "<b:process id='P' isExecutable='true'><b:startEvent id='S'/><b:sequenceFlow id='F1' sourceRef='S' "
      "targetRef='W'/><b:task id='W'><b:standardLoopCharacteristics><b:loopCondition xsi:type='b:tFormalExpression' "
      "language='http://www.w3.org/1999/XPath'></b:loopCondition></b:standardLoopCharacteristics></b:task>"
      "<b:sequenceFlow id='F2' sourceRef='W' targetRef='E'/><b:endEvent id='E'/></b:process>";
  EXPECT_TRUE(holds(made(model("", process)).findings, "empty")) << made(model("", process)).findings;
}

TEST(Content, RefusesAServiceThatNobodyNamed) {
  const auto result = made(model("", process_of("<b:serviceTask id='PWork' name='Call'/>")));
  EXPECT_TRUE(holds(result.findings, "PWork")) << result.findings;
}

TEST(Content, HearsCustomersWhereTheModelSaysSo) {
  const std::string roots =
      "<b:message id='Post' name='post'/><b:interface id='V' name='v'><b:operation id='Hear' "
      "name='hear'><b:inMessageRef>Post</b:inMessageRef>"
      "</b:operation></b:interface>";
  const std::string process =
      "<b:process id='P' isExecutable='true'><b:startEvent id='Start'><b:extensionElements><cx:hears "
      "service='feedback' channels='mastodon'>"
      "<cx:keep variable='text' value='cx:text'/></cx:hears></b:extensionElements><b:messageEventDefinition id='D' "
      "messageRef='Post'>"
      "<b:operationRef>Hear</b:operationRef></b:messageEventDefinition></b:startEvent><b:sequenceFlow id='F' "
      "sourceRef='Start' targetRef='Work'/>"
      "<b:scriptTask id='Work'><b:script>HEARD</b:script></b:scriptTask><b:sequenceFlow id='G' sourceRef='Work' "
      "targetRef='End'/>"
      "<b:endEvent id='End'/></b:process>";
  const auto result = made(model(roots, process));
  ASSERT_EQ(result.findings, "");
  EXPECT_TRUE(holds(result.bpel(), "portType=\"cx:FeedbackListener\" operation=\"onFeedback\"")) << result.bpel();
  EXPECT_TRUE(holds(result.bpel(), "cx:channels=\"mastodon\""));
  EXPECT_TRUE(holds(result.bpel(), "<from>$heard_Start.feedback/cx:text</from>"));
}

TEST(Content, ToolsSayWhoDoesATask) {
  const auto task = [](const std::string& attributes, const std::string& inside = "") {
    return made(
        model("", process_of("<b:userTask id='PWork' name='Work' xmlns:c='http://camunda.org/schema/1.0/bpmn' " +
                             attributes + "><b:extensionElements>" + inside + "</b:extensionElements></b:userTask>")));
  };
  const auto groups = task("c:candidateGroups='clerks, leads' c:assignee='anna'");
  for (const char* owner : {"group>clerks<", "group>leads<", "user>anna<"})
    EXPECT_NE(groups.bpel().find(owner), std::string::npos) << owner << "\n" << groups.bpel() << groups.findings;
  const auto zeebe =
      task("", "<z:assignmentDefinition xmlns:z='http://camunda.org/schema/zeebe/1.0' candidateGroups='pay'/>");
  EXPECT_NE(zeebe.bpel().find("group>pay<"), std::string::npos) << zeebe.bpel() << zeebe.findings;
  const auto computed = task("c:assignee='${boss}'").findings;
  EXPECT_NE(computed.find("who does it (${boss})"), std::string::npos) << computed;
}

}  // namespace
}  // namespace echoflow::generate

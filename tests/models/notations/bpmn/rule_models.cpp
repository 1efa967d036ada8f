#include "tests/models/notations/bpmn/rule_models.hpp"

namespace echoflow::bpmn {
namespace {

/// An executable process around its content; the content's first line is line 2.
std::string process(std::string_view content, std::string_view before = {}) {
  return definitions(std::string(before) + "<process id=\"p\" isExecutable=\"true\">\n" + std::string(content) +
                     "</process>");
}

/// Start, one element x, end, with their flows in line 2; then the element in line 3.
std::string around(std::string_view element, std::string_view more = {}, std::string_view before = {}) {
  return process(std::string("<startEvent id=\"s\"/><sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"x\"/>"
                             "<sequenceFlow id=\"g\" sourceRef=\"x\" targetRef=\"e\"/><endEvent id=\"e\"/>\n") +
                     std::string(element) + "\n" + std::string(more),
                 before);
}

/// An event-based gateway x with two events behind it; line 3 is the gateway, line 4 and 5 what stands behind.
std::string choice(std::string_view gateway, std::string_view first, std::string_view second,
                   std::string_view more = {}) {
  return process(
      "<startEvent id=\"s\"/><endEvent id=\"e\"/><sequenceFlow id=\"a\" sourceRef=\"x\" targetRef=\"m\"/>"
      "<sequenceFlow id=\"b\" sourceRef=\"x\" targetRef=\"n\"/>"
      "<sequenceFlow id=\"c\" sourceRef=\"m\" targetRef=\"e\"/>"
      "<sequenceFlow id=\"d\" sourceRef=\"n\" targetRef=\"e\"/>\n" +
      std::string(gateway) + "\n" + std::string(first) + "\n" + std::string(second) + "\n" + std::string(more));
}

constexpr std::string_view gateway =
    "<sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"x\"/><eventBasedGateway id=\"x\"/>";
constexpr std::string_view timer =
    "<timerEventDefinition><timeDuration xsi:type=\"tFormalExpression\">PT1H</timeDuration>"
    "</timerEventDefinition>";
constexpr std::string_view items =
    "<itemDefinition id=\"i\" structureRef=\"xsd:string\"/>"
    "<itemDefinition id=\"j\" structureRef=\"xsd:int\"/>"
    "<itemDefinition id=\"is\" structureRef=\"xsd:string\" isCollection=\"true\"/>";
constexpr std::string_view service =
    "<itemDefinition id=\"i\" structureRef=\"xsd:string\"/>"
    "<itemDefinition id=\"j\" structureRef=\"xsd:int\"/>"
    "<message id=\"m\" itemRef=\"i\"/><message id=\"n\" itemRef=\"i\"/>"
    "<interface id=\"if\" name=\"I\"><operation id=\"o\" name=\"O\">"
    "<inMessageRef>m</inMessageRef></operation></interface>";

std::string event(std::string_view kind, std::string_view content, std::string_view attributes = {}) {
  return "<" + std::string(kind) + " id=\"x\"" + std::string(attributes) + ">" + std::string(content) + "</" +
         std::string(kind) + ">";
}

std::string timer_event(std::string_view id) {
  return "<intermediateCatchEvent id=\"" + std::string(id) + "\">" + std::string(timer) + "</intermediateCatchEvent>";
}

std::string loop(std::string_view attributes, std::string_view content, std::string_view specification = {}) {
  return around("<task id=\"x\">" + std::string(specification) + "\n<multiInstanceLoopCharacteristics" +
                    std::string(attributes) + ">" + std::string(content) + "</multiInstanceLoopCharacteristics></task>",
                {}, items);
}

std::string specification(std::string_view inputs, std::string_view outputs = {}) {
  std::string text = "<ioSpecification>" + std::string(inputs) + std::string(outputs);
  const auto set = [&](std::string_view from, std::string_view name, std::string_view member) {
    text += "<" + std::string(name) + ">";
    for (auto at = from.find("id=\""); at != std::string_view::npos; at = from.find("id=\"", at + 4)) {
      const auto id = from.substr(at + 4, from.find('"', at + 4) - at - 4);
      text += "<" + std::string(member) + ">" + std::string(id) + "</" + std::string(member) + ">";
    }
    text += "</" + std::string(name) + ">";
  };
  set(inputs, "inputSet", "dataInputRefs");
  set(outputs, "outputSet", "dataOutputRefs");
  return text + "</ioSpecification>";
}

constexpr std::string_view number = "<loopCardinality xsi:type=\"tFormalExpression\">3</loopCardinality>";

void add_document_rules(std::vector<Broken>& to) {
  to.push_back({"BPMN0101", 4, around("<task id=\"x\"/>\n<dataObject id=\"x\"/>")});
  to.push_back({"BPMN0102", 3, process("<task id=\"a\"/>\n<task name=\"nameless\"/>")});
  to.push_back({"BPMN0103", 3, around("<serviceTask id=\"x\" operationRef=\"nobody\"/>")});
  to.push_back({"BPMN0104", 3, around("<callActivity id=\"x\" calledElement=\"s\"/>")});
  to.push_back({"BPMN0106", 3,
                process("<startEvent id=\"s\"><signalEventDefinition id=\"d\"/></startEvent>\n"
                        "<endEvent id=\"e\"><eventDefinitionRef>d</eventDefinitionRef></endEvent>")});
  to.push_back({"BPMN0107", 3, around("<callActivity id=\"x\" calledElement=\"xsd:other\"/>")});
  to.push_back(
      {"BPMN0108", 2, definitions("<process id=\"p\" isExecutable=\"true\"/>\n<extension mustUnderstand=\"true\"/>")});
  to.push_back({"BPMN0201", 2, definitions("<process id=\"p\"/>\n<property id=\"q\"/>")});
  to.push_back({"BPMN0202", 3, process("<task id=\"a\"/>\n<sequenceFlow id=\"f\" sourceRef=\"a\"/>")});
  to.push_back({"BPMN0203", 2, process("<callChoreography id=\"c\" initiatingParticipantRef=\"q\"/>")});
  to.push_back({"BPMN0109", 2, process("<task id=\"1 a\"/>")});
  to.push_back({"BPMN0110", 2, process("<dataObject id=\"d\" itemSubjectRef=\"xsd:string\"/>")});
  to.push_back({"BPMN0207", 3, around("<task id=\"x\" isForCompensaton=\"true\"/>")});
  to.push_back({"BPMN0207", 3, process("<task id=\"a\"/>\n<usertask id=\"b\"/>")});
  to.push_back({"BPMN0207", 3, process("<task id=\"a\">\n<flowNodeRef>a</flowNodeRef></task>")});
  to.push_back({"BPMN0208", 3,
                process("<task id=\"a\"/><task id=\"b\"/>\n<sequenceFlow id=\"f\" sourceRef=\"a\" "
                        "targetRef=\"b\"><conditionExpression/><conditionExpression/></sequenceFlow>")});
  to.push_back({"BPMN0209", 2, definitions("<process id=\"p\" isExecutable=\"true\"/>\n<resource id=\"r\"/>")});
  to.push_back({"BPMN0210", 2,
                definitions("<process id=\"p\" isExecutable=\"true\"><laneSet><lane id=\"l\">\n"
                            "<flowNodeRef>t</flowNodeRef></lane></laneSet></process>"
                            "<process id=\"q\" isExecutable=\"true\"><task id=\"t\"/></process>")});
  to.push_back({"BPMN0204", 3, process("<dataObject id=\"d\">\n<dataState/></dataObject>")});
  to.push_back({"BPMN0205", 3,
                around("<subProcess id=\"x\"><ioSpecification><inputSet/><outputSet/></ioSpecification>"
                       "</subProcess>")});
  to.push_back({"BPMN0206", 3,
                process("<dataObject id=\"d\" name=\"Order\"/>\n"
                        "<dataObjectReference id=\"r\" name=\"Bill\" dataObjectRef=\"d\"/>")});
}

void add_value_rules(std::vector<Broken>& to) {
  const auto flow = [](std::string_view condition) {
    return process(
        "<exclusiveGateway id=\"a\"/><task id=\"b\"/><task id=\"c\"/>"
        "<sequenceFlow id=\"f\" sourceRef=\"a\" targetRef=\"b\"/>\n"
        "<sequenceFlow id=\"g\" sourceRef=\"a\" targetRef=\"c\">" +
        std::string(condition) + "</sequenceFlow>");
  };
  to.push_back(
      {"BPMN0301", 2, process("<textAnnotation id=\"a\" textFormat=\"words\"><text>T</text></textAnnotation>")});
  to.push_back({"BPMN0302", 3, around("<scriptTask id=\"x\"><script>count = count + 1</script></scriptTask>")});
  to.push_back({"BPMN0303", 3, around("<transaction id=\"x\" method=\"not a URI\"/>")});
  to.push_back({"BPMN0304", 3, around("<task id=\"x\" startQuantity=\"0\"/>")});
  to.push_back({"BPMN0305", 2,
                definitions("<collaboration id=\"c\"><participant id=\"q\">\n<participantMultiplicity "
                            "minimum=\"3\" maximum=\"2\"/></participant></collaboration>")});
  to.push_back({"BPMN0306", 3, around("<exclusiveGateway id=\"x\" gatewayDirection=\"Left\"/>")});
  to.push_back({"BPMN0307", 1, definitions("<process id=\"p\" isExecutable=\"true\" processType=\"Public\"/>")});
  to.push_back({"BPMN0308", 3,
                process("<task id=\"a\"/><task id=\"b\"/>\n<sequenceFlow id=\"f\" sourceRef=\"a\" "
                        "targetRef=\"b\" isImmediate=\"false\"/>")});
  to.push_back({"BPMN0309", 4, loop("", "<loopCardinality>3</loopCardinality>")});
  to.push_back({"BPMN0310", 3, flow("<conditionExpression xsi:type=\"tFormalExpression\"/>")});
  to.push_back({"BPMN0311", 3, flow("<conditionExpression xsi:type=\"tFormalExpression\">12.5</conditionExpression>")});
  to.push_back({"BPMN0312", 3, flow("<conditionExpression>$open</conditionExpression>")});
  to.push_back({"BPMN0309", 3, flow("<conditionExpression>all is well</conditionExpression>")});
  to.push_back({"BPMN0313", 4, loop("", "<loopCardinality xsi:type=\"tFormalExpression\">2.5</loopCardinality>")});
}

void add_flow_rules(std::vector<Broken>& to) {
  to.push_back({"BPMN0401", 3,
                definitions("<process id=\"p\" isExecutable=\"true\"><task id=\"a\"/></process>\n"
                            "<process id=\"q\" isExecutable=\"true\"><task id=\"b\"/>\n"
                            "<sequenceFlow id=\"f\" sourceRef=\"a\" targetRef=\"b\"/></process>")});
  to.push_back({"BPMN0402", 3,
                process("<task id=\"a\"/><subProcess id=\"x\"><task id=\"b\"/></subProcess>\n"
                        "<sequenceFlow id=\"f\" sourceRef=\"a\" targetRef=\"b\"/>")});
  to.push_back({"BPMN0403", 3,
                process("<task id=\"a\"/><subProcess id=\"x\" triggeredByEvent=\"true\"/>\n"
                        "<sequenceFlow id=\"f\" sourceRef=\"a\" targetRef=\"x\"/>")});
  const std::string condition = "<conditionExpression xsi:type=\"tFormalExpression\">$v</conditionExpression>";
  to.push_back({"BPMN0404", 3,
                process("<task id=\"a\"/><task id=\"b\"/>\n<sequenceFlow id=\"f\" sourceRef=\"a\" "
                        "targetRef=\"b\">" +
                        condition + "</sequenceFlow>")});
  to.push_back({"BPMN0405", 3,
                process("<eventBasedGateway id=\"a\"/>" + timer_event("b") +
                        "\n<sequenceFlow id=\"f\" sourceRef=\"a\" targetRef=\"b\">" + condition + "</sequenceFlow>")});
  to.push_back({"BPMN0406", 3,
                process("<task id=\"a\"/><sequenceFlow id=\"f\" sourceRef=\"a\" targetRef=\"b\"/>\n"
                        "<task id=\"b\" default=\"f\"/>")});
  to.push_back({"BPMN0407", 3,
                process("<task id=\"a\" default=\"f\"/><task id=\"b\"/><task id=\"c\"/>"
                        "<sequenceFlow id=\"g\" sourceRef=\"a\" targetRef=\"c\"/>\n"
                        "<sequenceFlow id=\"f\" sourceRef=\"a\" targetRef=\"b\">" +
                        condition + "</sequenceFlow>")});
  to.push_back({"BPMN0408", 3,
                process("<task id=\"a\"><outgoing>f</outgoing></task>\n<task id=\"b\"/>"
                        "<sequenceFlow id=\"f\" sourceRef=\"a\" targetRef=\"b\"/>")});
  to.push_back({"BPMN0409", 3,
                process("<parallelGateway id=\"a\"/><task id=\"b\"/>\n<sequenceFlow id=\"f\" "
                        "sourceRef=\"a\" targetRef=\"b\">" +
                        condition + "</sequenceFlow>")});
}

void add_gateway_rules(std::vector<Broken>& to) {
  const std::string message = "<intermediateCatchEvent id=\"m\"><messageEventDefinition/></intermediateCatchEvent>";
  to.push_back({"BPMN0501", 3, around("<exclusiveGateway id=\"x\" gatewayDirection=\"Diverging\"/>")});
  to.push_back({"BPMN0502", 2, process("<parallelGateway id=\"x\"/>")});
  to.push_back({"BPMN0503", 3, around("<parallelGateway id=\"x\"/>")});
  to.push_back({"BPMN0504", 3, around("<eventBasedGateway id=\"x\"/>")});
  to.push_back({"BPMN0505", 4, choice(gateway, "<task id=\"m\"/>", timer_event("n"))});
  to.push_back({"BPMN0506", 4,
                choice(gateway, "<receiveTask id=\"m\"/>", timer_event("n"),
                       "<boundaryEvent id=\"q\" attachedToRef=\"m\"><errorEventDefinition/></boundaryEvent>")});
  to.push_back({"BPMN0507", 4,
                choice(gateway, timer_event("m"), timer_event("n"),
                       "<sequenceFlow id=\"h\" sourceRef=\"s\" targetRef=\"m\"/>")});
  to.push_back({"BPMN0508", 3, choice(gateway, message, "<receiveTask id=\"n\"/>")});
  to.push_back({"BPMN0509", 3,
                choice("<sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"x\"/><eventBasedGateway id=\"x\" "
                       "instantiate=\"true\"/>",
                       timer_event("m"), timer_event("n"))});
  to.push_back({"BPMN0510", 3,
                choice("<sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"x\"/><eventBasedGateway id=\"x\" "
                       "eventGatewayType=\"Parallel\"/>",
                       timer_event("m"), timer_event("n"))});
}

void add_activity_rules(std::vector<Broken>& to) {
  const std::string expression =
      "<resourceAssignmentExpression><formalExpression>$who</formalExpression>"
      "</resourceAssignmentExpression>";
  const std::string resource = "<resource id=\"r\" name=\"R\"><resourceParameter id=\"rp\"/></resource>";
  const std::string binding =
      "<resourceParameterBinding parameterRef=\"rp\"><formalExpression>1</formalExpression>"
      "</resourceParameterBinding>";
  to.push_back({"BPMN0601", 3, around("<adHocSubProcess id=\"x\"/>")});
  to.push_back(
      {"BPMN0602", 4, around("<adHocSubProcess id=\"x\"><task id=\"a\"/>\n<startEvent id=\"b\"/></adHocSubProcess>")});
  to.push_back({"BPMN0603", 2, process("<subProcess id=\"x\" triggeredByEvent=\"true\"/>")});
  to.push_back(
      {"BPMN0604", 4,
       around("<userTask id=\"x\">\n<performer><resourceRef>r</resourceRef>" + expression + "</performer></userTask>",
              {}, resource)});
  to.push_back(
      {"BPMN0605", 4,
       around("<userTask id=\"x\">\n<performer>" + binding + expression + "</performer></userTask>", {}, resource)});
  to.push_back({"BPMN0606", 3, around("<receiveTask id=\"x\" instantiate=\"true\"/>")});
}

void add_loop_rules(std::vector<Broken>& to) {
  const std::string all = specification("<dataInput id=\"all\" itemSubjectRef=\"is\" isCollection=\"true\"/>");
  const std::string through = "<loopDataInputRef>all</loopDataInputRef>";
  to.push_back({"BPMN0701", 3,
                around("<task id=\"x\"><standardLoopCharacteristics loopMaximum=\"2\"/>"
                       "<multiInstanceLoopCharacteristics>" +
                       std::string(number) + "</multiInstanceLoopCharacteristics></task>")});
  to.push_back({"BPMN0702", 4, loop("", "")});
  to.push_back({"BPMN0703", 4,
                loop("", "<loopDataInputRef>one</loopDataInputRef>",
                     specification({}, "<dataOutput id=\"one\" isCollection=\"true\"/>"))});
  to.push_back({"BPMN0704", 4, loop("", through, specification("<dataInput id=\"all\" itemSubjectRef=\"i\"/>"))});
  to.push_back({"BPMN0705", 4, loop("", through + "<inputDataItem id=\"one\" itemSubjectRef=\"is\"/>", all)});
  to.push_back({"BPMN0706", 4, loop("", through + "<inputDataItem id=\"one\" itemSubjectRef=\"j\"/>", all)});
  to.push_back({"BPMN0707", 4, loop(" behavior=\"One\"", number)});
  to.push_back({"BPMN0708", 3, around("<task id=\"x\"><standardLoopCharacteristics/></task>")});
}

void add_event_rules(std::vector<Broken>& to) {
  const std::string boundary = "<boundaryEvent id=\"b\" attachedToRef=\"x\"><cancelEventDefinition/></boundaryEvent>";
  to.push_back({"BPMN0801", 3, around(event("intermediateCatchEvent", {}))});
  to.push_back({"BPMN0802", 3, around(event("intermediateThrowEvent", timer))});
  to.push_back({"BPMN0802", 3,
                process("<subProcess id=\"u\" triggeredByEvent=\"true\">\n<startEvent id=\"s\" "
                        "isInterrupting=\"false\"><errorEventDefinition/></startEvent></subProcess>")});
  to.push_back({"BPMN0803", 4, around("<task id=\"x\"/>", boundary)});
  to.push_back({"BPMN0804", 3,
                process("<startEvent id=\"s\"/><sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"e\"/>\n"
                        "<endEvent id=\"e\"><cancelEventDefinition/></endEvent>")});
  to.push_back({"BPMN0805", 3, around(event("intermediateThrowEvent", "<signalEventDefinition/>"))});
  to.push_back({"BPMN0806", 3,
                around(event("intermediateThrowEvent", "<escalationEventDefinition escalationRef=\"esc\"/>"), {},
                       "<escalation id=\"esc\" name=\"Late\"/>")});
  to.push_back({"BPMN0807", 3,
                around(event("intermediateThrowEvent", "<messageEventDefinition messageRef=\"m\"/>"), {}, service)});
  to.push_back({"BPMN0808", 3, around(event("intermediateCatchEvent", timer, " parallelMultiple=\"true\""))});
  to.push_back({"BPMN0901", 2,
                process("<startEvent id=\"s\"/><task id=\"t\"/><endEvent id=\"e\"/>"
                        "<sequenceFlow id=\"f\" sourceRef=\"t\" targetRef=\"s\"/>")});
  to.push_back({"BPMN0902", 2,
                process("<endEvent id=\"e\"/><task id=\"t\"/>"
                        "<sequenceFlow id=\"f\" sourceRef=\"e\" targetRef=\"t\"/>")});
  const std::string error = "<boundaryEvent id=\"b\" attachedToRef=\"x\"><errorEventDefinition/></boundaryEvent>";
  to.push_back(
      {"BPMN0903", 4, around("<task id=\"x\"/>", error + "<sequenceFlow id=\"h\" sourceRef=\"s\" targetRef=\"b\"/>")});
  to.push_back({"BPMN0904", 4, around("<task id=\"x\"/>", error)});
  to.push_back({"BPMN0905", 2,
                process(timer_event("m") + "<task id=\"t\"/>"
                                           "<sequenceFlow id=\"f\" sourceRef=\"m\" targetRef=\"t\"/>")});
  to.push_back({"BPMN0906", 2,
                process(timer_event("m") + "<task id=\"t\"/>"
                                           "<sequenceFlow id=\"f\" sourceRef=\"t\" targetRef=\"m\"/>")});
  to.push_back({"BPMN0911", 4,
                around("<subProcess id=\"x\"><task id=\"y\"/></subProcess>",
                       "<boundaryEvent id=\"b\" attachedToRef=\"y\"><errorEventDefinition/></boundaryEvent>"
                       "<sequenceFlow id=\"h\" sourceRef=\"b\" targetRef=\"e\"/>")});
  to.push_back({"BPMN0907", 1,
                process("<task id=\"t\"/><endEvent id=\"e\"/>"
                        "<sequenceFlow id=\"f\" sourceRef=\"t\" targetRef=\"e\"/>")});
  to.push_back({"BPMN0908", 1,
                process("<task id=\"t\"/><startEvent id=\"s\"/>"
                        "<sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"t\"/>")});
  to.push_back({"BPMN0909", 4,
                around("<task id=\"x\"/>",
                       "<task id=\"lost\"/>"
                       "<sequenceFlow id=\"h\" sourceRef=\"lost\" targetRef=\"e\"/>")});
  to.push_back({"BPMN0910", 4,
                around("<task id=\"x\"/>",
                       "<task id=\"lost\"/>"
                       "<sequenceFlow id=\"h\" sourceRef=\"s\" targetRef=\"lost\"/>")});
}

void add_link_rules(std::vector<Broken>& to) {
  const auto link = [](std::string_view kind, std::string_view id, std::string_view name,
                       std::string_view content = {}) {
    return "<" + std::string(kind) + " id=\"" + std::string(id) + "\"><linkEventDefinition id=\"" + std::string(id) +
           "d\" name=\"" + std::string(name) + "\">" + std::string(content) + "</linkEventDefinition></" +
           std::string(kind) + ">";
  };
  const std::string in = "intermediateCatchEvent";
  const std::string out = "intermediateThrowEvent";
  const std::string flows =
      "<task id=\"t\"/><sequenceFlow id=\"f\" sourceRef=\"t\" targetRef=\"a\"/>"
      "<sequenceFlow id=\"g\" sourceRef=\"b\" targetRef=\"t\"/>\n";
  to.push_back({"BPMN1001", 3, process(flows + link(in, "b", "L"))});
  to.push_back({"BPMN1002", 3, process(flows + link(out, "a", "L"))});
  to.push_back({"BPMN1003", 3,
                process(flows + link(out, "a", "L", "<target>bd</target>") + "<subProcess id=\"u\">" +
                        link(in, "b", "L", "<source>ad</source>") + "</subProcess>")});
  to.push_back({"BPMN1004", 3,
                process(flows + link(out, "a", "L", "<target>bd</target>") + link(in, "b", "M", "<source>cd</source>") +
                        link(out, "c", "M", "<target>bd</target>"))});
  to.push_back({"BPMN1005", 3,
                process(flows + link(out, "a", "L") + link(in, "b", "L") +
                        "<sequenceFlow id=\"h\" sourceRef=\"a\" targetRef=\"t\"/>")});
  to.push_back({"BPMN1006", 3, process(flows + link(out, "a", "L") + link(in, "b", "L") + link(in, "c", "L"))});
  const auto time = [](std::string_view content) {
    return around(
        event("intermediateCatchEvent", "<timerEventDefinition>\n" + std::string(content) + "</timerEventDefinition>"));
  };
  const std::string formal = " xsi:type=\"tFormalExpression\">";
  to.push_back(
      {"BPMN1011", 3,
       time("<timeDuration" + formal + "PT1H</timeDuration><timeDate" + formal + "2026-12-24T18:00:00</timeDate>")});
  to.push_back({"BPMN1012", 4, time("<timeDuration" + formal + "soon</timeDuration>")});
  to.push_back({"BPMN1012", 4, time("<timeDate" + formal + "24.12.2026</timeDate>")});
  to.push_back({"BPMN1012", 4, time("<timeCycle" + formal + "R/daily</timeCycle>")});
}

void add_compensation_rules(std::vector<Broken>& to) {
  const std::string boundary =
      "<boundaryEvent id=\"b\" attachedToRef=\"x\"><compensateEventDefinition/></boundaryEvent>";
  const std::string undo = "<association id=\"as\" sourceRef=\"b\" targetRef=\"u\"/>";
  const std::string handler = "<task id=\"u\" isForCompensation=\"true\"/>";
  to.push_back({"BPMN1101", 4,
                around("<task id=\"x\"/>",
                       boundary + undo + handler + "<sequenceFlow id=\"h\" sourceRef=\"b\" targetRef=\"e\"/>")});
  to.push_back({"BPMN1102", 4, around("<task id=\"x\"/>", boundary)});
  to.push_back({"BPMN1103", 5, around("<task id=\"x\"/>", boundary + undo + "\n<task id=\"u\"/>")});
  to.push_back({"BPMN1102", 4,
                around("<task id=\"x\"/>", boundary + undo + handler +
                                               "<association id=\"at\" sourceRef=\"b\" targetRef=\"w\"/>"
                                               "<task id=\"w\" isForCompensation=\"true\"/>")});
  to.push_back({"BPMN1104", 3, around("<task id=\"x\" isForCompensation=\"true\"/>")});
}

void add_data_rules(std::vector<Broken>& to) {
  const auto io = [](std::string_view content) {
    return process("<ioSpecification>\n" + std::string(content) + "</ioSpecification>");
  };
  const std::string in = "<dataInput id=\"a\"/><dataInput id=\"b\"/>";
  to.push_back({"BPMN1201", 3, io("<dataInput id=\"a\"/><inputSet/><outputSet/>")});
  to.push_back({"BPMN1202", 4,
                io(in + "\n<inputSet><dataInputRefs>a</dataInputRefs><optionalInputRefs>b</optionalInputRefs>"
                        "</inputSet><inputSet><dataInputRefs>b</dataInputRefs></inputSet><outputSet/>")});
  to.push_back({"BPMN1203", 4,
                io("<dataInput id=\"a\"/>\n<inputSet id=\"is\"><dataInputRefs>a</dataInputRefs>"
                   "<outputSetRefs>os</outputSetRefs></inputSet><outputSet id=\"os\"/>")});
  const auto copy = [](std::string_view own, std::string_view association, std::string_view objects = {}) {
    return process(std::string(objects) + specification("<dataInput id=\"pin\"/>", "<dataOutput id=\"pout\"/>") +
                       "<task id=\"t\">" + std::string(own) + "\n" + std::string(association) + "</task>",
                   items);
  };
  const std::string input = specification("<dataInput id=\"ti\" itemSubjectRef=\"i\"/>");
  const std::string output = specification({}, "<dataOutput id=\"to\"/>");
  const std::string objects =
      "<dataObject id=\"d1\" itemSubjectRef=\"i\"/><dataObject id=\"d2\" itemSubjectRef=\"j\"/>";
  to.push_back({"BPMN1204", 3,
                copy(output,
                     "<dataOutputAssociation><sourceRef>to</sourceRef><targetRef>pin</targetRef>"
                     "</dataOutputAssociation>")});
  to.push_back({"BPMN1205", 3,
                copy(input,
                     "<dataInputAssociation><sourceRef>pout</sourceRef><targetRef>ti</targetRef>"
                     "</dataInputAssociation>")});
  to.push_back({"BPMN1206", 3,
                copy(input,
                     "<dataInputAssociation><sourceRef>d1</sourceRef><sourceRef>d2</sourceRef>"
                     "<targetRef>ti</targetRef></dataInputAssociation>",
                     objects)});
  to.push_back({"BPMN1207", 3,
                copy(input,
                     "<dataInputAssociation><sourceRef>d2</sourceRef><targetRef>ti</targetRef>"
                     "</dataInputAssociation>",
                     objects)});
  to.push_back({"BPMN1209", 3,
                process("<subProcess id=\"u\"><dataObject id=\"d\"/></subProcess>\n"
                        "<dataObjectReference id=\"r\" dataObjectRef=\"d\"/>")});
  to.push_back({"BPMN1209", 4,
                copy(input,
                     "\n<dataInputAssociation><sourceRef>hidden</sourceRef><targetRef>ti</targetRef>"
                     "</dataInputAssociation>",
                     "<subProcess id=\"u\"><dataObject id=\"hidden\"/></subProcess>")});
  to.push_back({"BPMN1210", 3,
                copy(output,
                     "<dataOutputAssociation><sourceRef>pin</sourceRef><targetRef>d1</targetRef>"
                     "</dataOutputAssociation>",
                     objects)});
  to.push_back({"BPMN1208", 2, process("<dataObject id=\"d\" itemSubjectRef=\"is\" isCollection=\"false\"/>", items)});
}

void add_service_rules(std::vector<Broken>& to) {
  const auto send = [](std::string_view inputs) {
    return around("<sendTask id=\"x\" messageRef=\"m\">\n" + specification(inputs) + "</sendTask>", {}, service);
  };
  to.push_back(
      {"BPMN1301", 3, send("<dataInput id=\"a\" itemSubjectRef=\"i\"/><dataInput id=\"b\" itemSubjectRef=\"i\"/>")});
  to.push_back({"BPMN1301", 3, around("<serviceTask id=\"x\" operationRef=\"o\"/>", {}, service)});
  to.push_back({"BPMN1302", 4, send("<dataInput id=\"a\" itemSubjectRef=\"j\"/>")});
  to.push_back({"BPMN1303", 3, around("<sendTask id=\"x\" messageRef=\"n\" operationRef=\"o\"/>", {}, service)});
  to.push_back({"BPMN1304", 3,
                around(event("intermediateThrowEvent",
                             "<dataInput id=\"a\" itemSubjectRef=\"i\"/>"
                             "<messageEventDefinition messageRef=\"m\"><operationRef>o</operationRef>"
                             "</messageEventDefinition><messageEventDefinition messageRef=\"n\"><operationRef>o"
                             "</operationRef></messageEventDefinition>"),
                       {}, service)});
  const std::string task =
      "<globalTask id=\"gt\">" + specification("<dataInput id=\"gi\" itemSubjectRef=\"i\"/>") + "</globalTask>";
  to.push_back({"BPMN1305", 3, around("<callActivity id=\"x\" calledElement=\"gt\"/>", {}, std::string(items) + task)});
  const std::string called =
      "<process id=\"q\"><startEvent id=\"qs\">" + std::string(timer) + "</startEvent><endEvent id=\"qe\"/></process>";
  to.push_back({"BPMN1306", 3, around("<callActivity id=\"x\" calledElement=\"q\"/>", {}, called)});
  to.push_back({"BPMN1307", 1, process("<supportedInterfaceRef>if</supportedInterfaceRef>", service)});
  to.push_back({"BPMN1308", 3,
                process(specification("<dataInput id=\"a\" itemSubjectRef=\"j\"/>", "<dataOutput id=\"b\"/>") +
                            "\n<ioBinding operationRef=\"o\" inputDataRef=\"a\" outputDataRef=\"b\"/>",
                        service)});
}

void add_collaboration_rules(std::vector<Broken>& to) {
  const auto pools = [](std::string_view flow, std::string_view content) {
    return definitions("<collaboration id=\"c\"><participant id=\"one\" processRef=\"p\"/><participant id=\"two\"/>\n" +
                       std::string(flow) + "</collaboration><process id=\"p\" isExecutable=\"true\">" +
                       std::string(content) + "</process>");
  };
  const std::string flow =
      "<startEvent id=\"s\"/><endEvent id=\"e\"/>"
      "<sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"e\"/>";
  to.push_back({"BPMN1401", 2, pools("<messageFlow id=\"m\" sourceRef=\"t\" targetRef=\"one\"/>", "<task id=\"t\"/>")});
  to.push_back({"BPMN1402", 2, pools("<messageFlow id=\"m\" sourceRef=\"two\" targetRef=\"e\"/>", flow)});
  to.push_back({"BPMN1403", 2, pools("<messageFlow id=\"m\" sourceRef=\"two\" targetRef=\"s\"/>", flow)});
  to.push_back(
      {"BPMN1404", 2, definitions("<globalConversation id=\"g\">\n<conversation id=\"k\"/></globalConversation>")});
  to.push_back({"BPMN1407", 2,
                definitions("<choreography id=\"h\"><participant id=\"a\"/>\n<choreographyTask id=\"t\" "
                            "initiatingParticipantRef=\"a\"><participantRef>a</participantRef>"
                            "</choreographyTask></choreography>")});
  to.push_back({"BPMN1405", 2,
                definitions("<globalConversation id=\"g\">\n<choreographyRef>h</choreographyRef>"
                            "</globalConversation><choreography id=\"h\"/>")});
  to.push_back({"BPMN1406", 2,
                definitions("<choreography id=\"h\" isClosed=\"true\"/><collaboration id=\"c\">"
                            "<participant id=\"one\"/><participant id=\"two\"/>\n<messageFlow id=\"m\" "
                            "sourceRef=\"one\" targetRef=\"two\"/><choreographyRef>h</choreographyRef>"
                            "</collaboration>")});
}

}  // namespace

std::string definitions(std::string_view content) {
  return "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
         "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" targetNamespace=\"urn:example\">" +
         std::string(content) + "</definitions>";
}

std::vector<Broken> broken_models() {
  std::vector<Broken> all;
  add_document_rules(all);
  add_value_rules(all);
  add_flow_rules(all);
  add_gateway_rules(all);
  add_activity_rules(all);
  add_loop_rules(all);
  add_event_rules(all);
  add_link_rules(all);
  add_compensation_rules(all);
  add_data_rules(all);
  add_service_rules(all);
  add_collaboration_rules(all);
  return all;
}

std::vector<std::string> sound_models() {
  const std::string undo =
      "<boundaryEvent id=\"b\" attachedToRef=\"x\"><compensateEventDefinition/></boundaryEvent>"
      "<association id=\"as\" sourceRef=\"b\" targetRef=\"u\"/>"
      "<task id=\"u\" isForCompensation=\"true\"/>";
  const std::string link =
      "<intermediateThrowEvent id=\"l1\"><linkEventDefinition name=\"L\"/></intermediateThrowEvent>"
      "<intermediateCatchEvent id=\"l2\"><linkEventDefinition name=\"L\"/></intermediateCatchEvent>"
      "<sequenceFlow id=\"h\" sourceRef=\"s\" targetRef=\"l1\"/>"
      "<sequenceFlow id=\"k\" sourceRef=\"l2\" targetRef=\"e\"/>";
  return {
      around("<task id=\"x\"/>"),
      around("<task id=\"x\"/>", undo),
      around("<task id=\"x\"/>", link),
      around(event("intermediateCatchEvent", timer)),
      around("<scriptTask id=\"x\"><script>note_it</script></scriptTask>"),
      around("<scriptTask id=\"x\" scriptFormat=\"text/xpath\"><script>$a + 1</script></scriptTask>"),
      around("<subProcess id=\"x\"/>", "<subProcess id=\"y\" triggeredByEvent=\"true\"><startEvent id=\"ys\">" +
                                           std::string(timer) +
                                           "</startEvent><endEvent id=\"ye\"/><sequenceFlow id=\"yf\" "
                                           "sourceRef=\"ys\" targetRef=\"ye\"/></subProcess>"),
      around("<serviceTask id=\"x\" operationRef=\"o\">" + specification("<dataInput id=\"a\" itemSubjectRef=\"i\"/>") +
                 "</serviceTask>",
             {}, service),
      choice(gateway, timer_event("m"), timer_event("n")),
      loop("", number),
      definitions(
          "<collaboration id=\"c\"><participant id=\"one\" processRef=\"p\"/><participant id=\"two\"/><messageFlow "
          "id=\"m\" sourceRef=\"two\" targetRef=\"t\"/></collaboration><process id=\"p\"><task id=\"t\"/>"
          "</process>"),
  };
}

}  // namespace echoflow::bpmn

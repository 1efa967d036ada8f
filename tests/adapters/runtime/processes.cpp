#include "tests/adapters/runtime/processes.hpp"

namespace echoflow::runtime::test {
namespace {

const std::string wsdl = R"(<?xml version="1.0"?>
<definitions name="Desk" targetNamespace="urn:echoflow:test:desk" xmlns="http://schemas.xmlsoap.org/wsdl/"
    xmlns:d="urn:echoflow:test:desk" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
    xmlns:plnk="http://docs.oasis-open.org/wsbpel/2.0/plnktype" xmlns:vprop="http://docs.oasis-open.org/wsbpel/2.0/varprop"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
  <types><xsd:schema targetNamespace="urn:echoflow:test:desk" elementFormDefault="qualified">
    <xsd:element name="note"><xsd:complexType><xsd:sequence>
      <xsd:element name="id" type="xsd:string"/><xsd:element name="text" type="xsd:string"/>
    </xsd:sequence></xsd:complexType></xsd:element>
  </xsd:schema></types>
  <message name="noteMessage"><part name="body" element="d:note"/></message>
  <portType name="Desk">
    <operation name="open"><input message="d:noteMessage"/><output message="d:noteMessage"/></operation>
    <operation name="add"><input message="d:noteMessage"/></operation>
    <operation name="ask"><input message="d:noteMessage"/><output message="d:noteMessage"/></operation>
  </portType>
  <portType name="Partner">
    <operation name="call"><input message="d:noteMessage"/><output message="d:noteMessage"/></operation>
    <operation name="tell"><input message="d:noteMessage"/></operation>
  </portType>
  <plnk:partnerLinkType name="DeskLink"><plnk:role name="desk" portType="d:Desk"/></plnk:partnerLinkType>
  <plnk:partnerLinkType name="PartnerLink"><plnk:role name="partner" portType="d:Partner"/></plnk:partnerLinkType>
  <vprop:property name="id" type="xsd:string"/>
  <vprop:propertyAlias propertyName="d:id" messageType="d:noteMessage" part="body"><vprop:query>d:id</vprop:query></vprop:propertyAlias>
  <binding name="PartnerBinding" type="d:Partner">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="call"><soap:operation soapAction="call"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>
    <operation name="tell"><soap:operation soapAction="tell"/><input><soap:body use="literal"/></input></operation>
  </binding>
  <service name="PartnerService"><port name="port" binding="d:PartnerBinding"><soap:address location="http://partner.example/"/></port></service>
</definitions>
)";

const std::string head = R"(<?xml version="1.0"?>
<process name="NAME" targetNamespace="urn:echoflow:test:desk" xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/executable"
    xmlns:d="urn:echoflow:test:desk">
  <import namespace="urn:echoflow:test:desk" location="desk.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>
  <partnerLinks>
    <partnerLink name="desk" partnerLinkType="d:DeskLink" myRole="desk"/>
    <partnerLink name="partner" partnerLinkType="d:PartnerLink" partnerRole="partner" initializePartnerRole="yes"/>
  </partnerLinks>
  <variables>
    <variable name="note" messageType="d:noteMessage"/>
    <variable name="added" messageType="d:noteMessage"/>
    <variable name="question" messageType="d:noteMessage"/>
    <variable name="count" type="xsd:int" xmlns:xsd="http://www.w3.org/2001/XMLSchema"/>
  </variables>
  <correlationSets><correlationSet name="id" properties="d:id"/></correlationSets>
)";

std::string correlation(const std::string& initiate) {
  return "<correlations><correlation set=\"id\" initiate=\"" + initiate + "\"/></correlations>";
}

std::string receive(const std::string& operation, const std::string& variable, const std::string& create,
                    const std::string& initiate) {
  return "<receive partnerLink=\"desk\" operation=\"" + operation + "\" variable=\"" + variable +
         "\" createInstance=\"" + create + "\">" + (initiate.empty() ? "" : correlation(initiate)) + "</receive>";
}

std::string reply(const std::string& operation, const std::string& variable) {
  return "<reply partnerLink=\"desk\" operation=\"" + operation + "\" variable=\"" + variable + "\"/>";
}

std::string copy(const std::string& from, const std::string& to) {
  return "<assign><copy><from>" + from + "</from><to>" + to + "</to></copy></assign>";
}

std::string wait(const std::string& duration) {
  return "<wait><for>'" + duration + "'</for></wait>";
}

std::string tell(const std::string& variable) {
  return "<invoke partnerLink=\"partner\" operation=\"tell\" inputVariable=\"" + variable + "\"/>";
}

std::string body(const std::string& process) {
  const auto opened = receive("open", "note", "yes", "yes") + reply("open", "note");
  if (process == echo) return "<sequence>" + receive("open", "note", "yes", "") + reply("open", "note") + "</sequence>";
  if (process == conversation)
    return "<sequence>" + opened + receive("add", "added", "no", "no") + receive("ask", "question", "no", "no") +
           copy("$added.body/d:text", "$question.body/d:text") + reply("ask", "question") + "</sequence>";
  if (process == meeting)
    return "<sequence><flow>" + receive("open", "note", "yes", "join") + receive("ask", "question", "yes", "join") +
           "</flow>" + copy("concat($note.body/d:text, '+', $question.body/d:text)", "$note.body/d:text") +
           reply("open", "note") + reply("ask", "note") + "</sequence>";
  if (process == sleeper) return "<sequence>" + opened + wait("PT10S") + tell("note") + "</sequence>";
  if (process == caller)
    return R"(<sequence>)" + receive("open", "note", "yes", "") +
           R"(<scope><faultHandlers>
             <catch faultName="f:partnerTimeout" xmlns:f="urn:echoflow:faults:1.0">)" +
           copy("'partnerTimeout'", "$added.body/d:text") + R"(</catch>
             <catch faultName="f:partnerUnreachable" xmlns:f="urn:echoflow:faults:1.0">)" +
           copy("'partnerUnreachable'", "$added.body/d:text") + R"(</catch>
           </faultHandlers><sequence><assign><copy><from variable="note"/><to variable="added"/></copy></assign>
             <invoke partnerLink="partner" operation="call" inputVariable="note" outputVariable="added"/></sequence></scope>)" +
           reply("open", "added") + "</sequence>";
  if (process == teller) return "<sequence>" + receive("add", "note", "yes", "") + tell("note") + "</sequence>";
  if (process == counter)
    return "<sequence>" + opened + copy("0", "$count") +
           R"(<scope><eventHandlers><onEvent partnerLink="desk" operation="add" messageType="d:noteMessage" variable="event">)" +
           correlation("no") + "<scope>" + copy("$count + 1", "$count") + "</scope></onEvent></eventHandlers>" +
           receive("ask", "question", "no", "no") + "</scope>" + copy("$count", "$question.body/d:text") +
           reply("ask", "question") + "</sequence>";
  if (process == silent) return "<sequence>" + receive("open", "note", "yes", "") + "</sequence>";
  return "<empty/>";
}

}  // namespace

const std::string echo = "Echo", conversation = "Conversation", meeting = "Meeting", sleeper = "Sleeper",
                  caller = "Caller", teller = "Teller", counter = "Counter", silent = "Silent";

std::string key(const std::string& process) {
  return "{" + desk_namespace + "}" + process;
}

Files deployment(const std::string& process, const std::string& descriptor) {
  auto text = head;
  text.replace(text.find("NAME"), 4, process);
  Files files{{"desk.wsdl", wsdl}, {process + ".bpel", text + body(process) + "</process>"}};
  if (!descriptor.empty()) files["echoflow.json"] = descriptor;
  return files;
}

}  // namespace echoflow::runtime::test

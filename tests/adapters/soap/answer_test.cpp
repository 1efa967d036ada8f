#include <gtest/gtest.h>

#include "adapters/soap/codec.hpp"
#include "tests/adapters/soap/sample_program.hpp"

namespace echoflow::soap::test {

namespace {

using runtime::PartnerAnswer;
using runtime::TransportFailure;

constexpr const char* receipt_xml = "<receipt xmlns='urn:shop:types'>9</receipt>";

PartnerAnswer answered(int status, const std::string& body, const std::string& type = "text/xml; charset=utf-8",
                       bool one_way = false) {
  auto program = sample_program();
  return read_answer(*program, wire(*program, one_way ? "ping" : "buy"), one_way, {status, type, body});
}

std::string fault(const std::string& code, const std::string& reason, const std::string& detail) {
  return envelope("<s:Fault><faultcode>" + code + "</faultcode><faultstring>" + reason + "</faultstring><detail>" +
                  detail + "</detail></s:Fault>");
}

const Fault& fault_of(const PartnerAnswer& answer) {
  static const Fault none;
  EXPECT_TRUE(std::holds_alternative<Fault>(answer));
  return std::holds_alternative<Fault>(answer) ? std::get<Fault>(answer) : none;
}

}  // namespace

TEST(SoapAnswer, AGoodReplyIsTheMessage) {
  auto answer = answered(200, envelope(receipt_xml));
  ASSERT_TRUE(std::holds_alternative<Message>(answer));
  EXPECT_EQ(std::get<Message>(answer).parts[0]->string_value(xml::root_node), "9");
}

TEST(SoapAnswer, EverythingElseIsAFailureThatKeepsWhatCame) {
  struct Case {
    int status;
    std::string body, type;
    bool retry;
  };
  const std::string good = envelope(receipt_xml);
  const std::vector<Case> cases = {
      {200, "", "text/xml", false},
      {200, "This is a single line!", "text/xml", false},
      {200, good, "text/html", false},
      {200, good + good, "text/xml", false},
      {200, good.substr(0, good.size() - 5), "text/xml", false},
      {200, envelope(""), "text/xml", false},
      {200, envelope("<receipt>9</receipt>"), "text/xml", false},
      {200, envelope("<receipt xmlns='urn:wrong'>9</receipt>"), "text/xml", false},
      {200, envelope(std::string(receipt_xml) + "<more/>"), "text/xml", false},
      {200, envelope("text" + std::string(receipt_xml)), "text/xml", false},
      {200, "<Envelope><Body>" + std::string(receipt_xml) + "</Body></Envelope>", "text/xml", false},
      {200, "<u:Envelope><u:Body/></u:Envelope>", "text/xml", false},
      {200, "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>", "text/xml", false},
      {202, good, "text/xml", false},
      {206, good, "text/xml", false},
      {204, "", "", false},
      {301, good, "text/xml", false},
      {404, good, "text/xml", false},
      {408, good, "text/xml", true},
      {500, good, "text/xml", true},
      {503, "", "", true},
  };
  for (const auto& each : cases) {
    auto answer = answered(each.status, each.body, each.type);
    ASSERT_TRUE(std::holds_alternative<TransportFailure>(answer)) << each.status << each.body;
    const auto& failure = std::get<TransportFailure>(answer);
    EXPECT_EQ(failure.retry, each.retry) << each.status << each.body;
    EXPECT_NE(failure.detail.find(each.body.substr(0, 20)), std::string::npos) << failure.detail;
  }
}

TEST(SoapAnswer, OneWayCallsTakeAnyAcknowledgement) {
  for (int status : {200, 202, 204})
    EXPECT_TRUE(std::holds_alternative<Message>(answered(status, "", "", true))) << status;
  EXPECT_TRUE(std::holds_alternative<TransportFailure>(answered(500, "", "", true)));
  EXPECT_TRUE(std::holds_alternative<Fault>(answered(500, fault("s:Server", "no", ""), "text/xml", true)));
}

TEST(SoapFault, ADeclaredFaultIsToldByItsElement) {
  auto answer = answered(500, fault("s:Server", "whatever", "<noStock xmlns='urn:shop:types'>3</noStock>"));
  const auto& got = fault_of(answer);
  EXPECT_EQ(got.name, (QName{wsdl_ns, "outOfStock"}));
  EXPECT_EQ(got.message_type, (QName{wsdl_ns, "noStock"}));
  ASSERT_EQ(got.parts.size(), 1u);
  EXPECT_EQ(got.parts[0]->string_value(xml::root_node), "3");
}

TEST(SoapFault, AnUndeclaredFaultIsNamedByCodeOrElement) {
  EXPECT_EQ(fault_of(answered(500, fault("s:Server", "x", "<e:Error xmlns:e='urn:e'>1</e:Error>"))).name,
            (QName{"urn:e", "Error"}));
  auto coded = answered(500, fault("f:broken", "x", "<e:Error xmlns:e='urn:e' xmlns:f='urn:f'/>"));
  EXPECT_EQ(fault_of(coded).name, (QName{"urn:e", "Error"})) << "the code's prefix is not in scope";
  auto answer = answered(
      500,
      envelope("<s:Fault xmlns:f='urn:f'><faultcode>f:broken</faultcode><faultstring>broken</faultstring></s:Fault>"));
  EXPECT_EQ(fault_of(answer).name, (QName{"urn:f", "broken"}));
  auto plain = answered(500, fault("s:Server", "out of order", ""));
  EXPECT_EQ(fault_of(plain).name, (QName{"urn:echoflow:faults:1.0", "soapFault"}));
  EXPECT_TRUE(fault_of(plain).has_data());
  EXPECT_NE(fault_of(plain).detail.find("out of order"), std::string::npos);
}

TEST(SoapFault, Soap12FaultsAreRead) {
  const std::string body =
      "<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value "
      "xmlns:f='urn:f'>f:late</s:Value></s:Subcode></s:Code>"
      "<s:Reason><s:Text xml:lang='en'>late</s:Text></s:Reason><s:Detail><d:Data "
      "xmlns:d='urn:d'/></s:Detail></s:Fault>";
  auto answer = answered(500, envelope(body, "", "http://www.w3.org/2003/05/soap-envelope"), "application/soap+xml");
  EXPECT_EQ(fault_of(answer).name, (QName{"urn:f", "late"}));
  EXPECT_EQ(fault_of(answer).parts.size(), 1u);
}

TEST(SoapFault, WhatIsWrittenIsReadBackInBothVersions) {
  auto program = sample_program();
  Fault sent{{wsdl_ns, "outOfStock"},
             {wsdl_ns, "noStock"},
             {document("<noStock xmlns='urn:shop:types'>3</noStock>")},
             "said by a test"};
  for (auto version : {SoapVersion::soap11, SoapVersion::soap12}) {
    auto bytes = write_fault(version, sent, {});
    auto answer = answered(500, bytes, "text/xml");
    EXPECT_EQ(fault_of(answer).name, sent.name) << bytes;
    EXPECT_EQ(fault_of(answer).message_type, sent.message_type);
  }
}

TEST(SoapFault, AStandardFaultCarriesNameAndExplanation) {
  auto bytes = write_fault(SoapVersion::soap11, standard_fault("missingReply", "the instance ended < early"), {});
  EXPECT_NE(bytes.find("<faultstring>missingReply</faultstring>"), std::string::npos);
  EXPECT_NE(bytes.find("f:missingReply"), std::string::npos);
  EXPECT_NE(bytes.find("ended &lt; early"), std::string::npos);
}

}  // namespace echoflow::soap::test

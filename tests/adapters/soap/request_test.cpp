#include <gtest/gtest.h>

#include <set>

#include "adapters/soap/codec.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"
#include "tests/adapters/soap/sample_program.hpp"

namespace echoflow::soap::test {

namespace {

constexpr const char* soap12 = "http://www.w3.org/2003/05/soap-envelope";
const QName shop{wsdl_ns, "Shop"};

std::string text(const Parts& parts, std::size_t i) {
  return xml::to_string(*parts.at(i));
}
/// "{ns}name=content"; unlike the text, it does not show which namespaces came along from the envelope.
std::string summary(const Parts& parts, std::size_t i) {
  const auto& document = *parts.at(i);
  return document.qname(document.document_element()).clark() + "=" + document.string_value(xml::root_node);
}

}  // namespace

TEST(SoapRequest, DocumentStyleIsToldByTheBodysElement) {
  auto program = sample_program();
  auto request =
      read_request(*program, shop, envelope("<t:order xmlns:t='urn:shop:types'><t:item>7</t:item></t:order>"), "");
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(request->operation->operation, "buy");
  EXPECT_EQ(request->message.message_type, (QName{wsdl_ns, "order"}));
  EXPECT_NE(text(request->message.parts, 0).find("<t:item>7</t:item>"), std::string::npos);
}

TEST(SoapRequest, TheActionDecidesBetweenOperationsOfOneElement) {
  auto program = sample_program();
  const std::string order = "<order xmlns='urn:shop:types'/>";
  EXPECT_EQ(read_request(*program, shop, envelope(order), "\"reserve-action\"")->operation->operation, "reserve");
  EXPECT_EQ(read_request(*program, shop, envelope(order), "\"unheard-of\"")->operation->operation, "buy");
  const std::string header = "<a:Action xmlns:a='http://www.w3.org/2005/08/addressing'>reserve-action</a:Action>";
  EXPECT_EQ(read_request(*program, shop, envelope(order, header), "")->operation->operation, "reserve");
}

TEST(SoapRequest, RpcPartsAreChildrenOfTheWrapper) {
  auto program = sample_program();
  auto request = read_request(*program, shop, envelope("<c:add xmlns:c='urn:calc'><b>2</b><a>1</a></c:add>"), "");
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(request->operation->operation, "add");
  EXPECT_EQ(summary(request->message.parts, 0), "a=1");
  EXPECT_EQ(summary(request->message.parts, 1), "b=2");
}

TEST(SoapRequest, TheOnlyPartKeepsItsTextWithWhatIsDeclaredAroundIt) {
  auto program = sample_program();
  const std::string bytes =
      "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:t='urn:shop:types' xmlns='urn:\"o\"'>"
      "<s:Body><t:order xmlns='urn:inner'><t:item kind='t:x'>a &lt; b</t:item>"
      "<inner/><inner/><inner/><inner/><inner/><inner/><inner/><inner/></t:order></s:Body></s:Envelope>";
  auto request = read_request(*program, shop, bytes, "");
  ASSERT_TRUE(request) << request.error().message;
  ASSERT_EQ(request->message.written.size(), 1u);
  const std::string& written = request->message.written[0];
  EXPECT_TRUE(written.starts_with("<t:order xmlns='urn:inner' ")) << written;
  EXPECT_TRUE(
      written.ends_with("><t:item kind='t:x'>a &lt; "
                        "b</t:item><inner/><inner/><inner/><inner/><inner/><inner/><inner/><inner/></t:order>"))
      << written;
  auto again = xml::read(written);
  ASSERT_TRUE(again) << written;
  const auto in_scope = [](const xml::Document& document) {
    std::set<std::pair<std::string, std::string>> all;
    for (const auto& d : document.namespaces_in_scope(document.document_element())) all.emplace(d.prefix, d.uri);
    return all;
  };
  const auto content = [](const xml::Document& document) {
    const std::string whole = xml::to_string(document);
    return whole.substr(whole.find('>'));
  };
  const xml::Document& part = *request->message.parts[0];
  EXPECT_EQ(in_scope(*again), in_scope(part));
  EXPECT_EQ(content(*again), content(part));
  EXPECT_EQ(again->qname(again->document_element()), part.qname(part.document_element()));
  EXPECT_NE(written.find("xmlns:s="), std::string::npos);
}

TEST(SoapRequest, WhatTheParserHadToReadKeepsNoText) {
  auto program = sample_program();
  for (const std::string& inside :
       {std::string("<!-- said --><t:item>1</t:item>"), std::string("<t:item>&#49;</t:item>"),
        std::string("<t:item><![CDATA[1]]></t:item>")}) {
    auto request =
        read_request(*program, shop, envelope("<t:order xmlns:t='urn:shop:types'>" + inside + "</t:order>"), "");
    ASSERT_TRUE(request) << request.error().message;
    EXPECT_TRUE(request->message.written.empty()) << inside;
  }
}

TEST(SoapRequest, EmptyMessagesHaveAnEmptyBody) {
  auto program = sample_program();
  auto request = read_request(*program, shop, envelope(""), "");
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(request->operation->operation, "ping");
}

TEST(SoapRequest, HeaderPartsComeFromTheHeader) {
  auto program = sample_program();
  const std::string body = "<signedOrder xmlns='urn:shop:types'/>";
  auto request =
      read_request(*program, shop,
                   envelope(body,
                            "<signature xmlns='urn:shop:types' xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' "
                            "s:mustUnderstand='1'>x</signature>"),
                   "");
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_NE(text(request->message.parts, 0).find(">x<"), std::string::npos);
  auto missing = read_request(*program, shop, envelope(body), "");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("signature"), std::string::npos);
}

TEST(SoapRequest, RpcElementPartsLieInElementsNamedAfterThem) {
  auto program = sample_program();
  auto sign = operation("sign", signed_order);
  sign.style = program::SoapStyle::rpc;
  sign.rpc_namespace = "urn:calc";
  program->wire.push_back(sign);
  const std::string written =
      "<signature><t:signature xmlns:t=\"urn:shop:types\">x</t:signature></signature>"
      "<body><t:signedOrder xmlns:t=\"urn:shop:types\"/></body>";
  const std::string bare =
      "<t:signature xmlns:t='urn:shop:types'>x</t:signature><t:signedOrder xmlns:t='urn:shop:types'/>";
  for (const auto& parts : {written, bare}) {
    auto request = read_request(*program, shop, envelope("<c:sign xmlns:c='urn:calc'>" + parts + "</c:sign>"), "");
    ASSERT_TRUE(request) << request.error().message;
    EXPECT_EQ(request->operation->operation, "sign");
    EXPECT_NE(text(request->message.parts, 0).find("t:signature"), std::string::npos);
    EXPECT_NE(text(request->message.parts, 1).find("t:signedOrder"), std::string::npos);
    const auto sent = write_request(*program, sign, request->message, {});
    EXPECT_NE(sent.find("<signature><t:signature "), std::string::npos) << sent;
    EXPECT_NE(sent.find("</t:signature></signature><body><t:signedOrder "), std::string::npos) << sent;
    EXPECT_NE(sent.find("</body></m:sign>"), std::string::npos) << sent;
  }
  const std::string other = "<c:sign xmlns:c='urn:calc'><signature><x/></signature><body/></c:sign>";
  EXPECT_FALSE(read_request(*program, shop, envelope(other), ""));
}

TEST(SoapRequest, UnknownHeadersMatterOnlyWhenTheyMustBeUnderstood) {
  auto program = sample_program();
  const std::string order = "<order xmlns='urn:shop:types'/>";
  auto block = [](const std::string& attributes) { return "<x:trace xmlns:x='urn:x' " + attributes + "/>"; };
  EXPECT_TRUE(read_request(*program, shop, envelope(order, block("s:mustUnderstand='0'")), ""));
  EXPECT_TRUE(
      read_request(*program, shop, envelope(order, block("s:mustUnderstand='1' s:actor='urn:somebody-else'")), ""));
  auto refused = read_request(*program, shop, envelope(order, block("s:mustUnderstand='1'")), "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().blame, Blame::must_understand);
}

TEST(SoapRequest, AddressingIsRead) {
  auto program = sample_program();
  const std::string headers =
      "<a:MessageID xmlns:a='http://www.w3.org/2005/08/addressing'> urn:m1 </a:MessageID>"
      "<a:ReplyTo "
      "xmlns:a='http://www.w3.org/2005/08/addressing'><a:Address>http://client/callback</a:Address></a:ReplyTo>";
  auto request = read_request(*program, shop, envelope("<order xmlns='urn:shop:types'/>", headers), "");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->message.message_id, "urn:m1");
  EXPECT_EQ(request->message.reply_to, "http://client/callback");
  auto answer = answer_addressing(*request->operation, request->addressing);
  EXPECT_EQ(answer.relates_to, "urn:m1");
  EXPECT_EQ(answer.action, "urn:shop/Shop/buyResponse");
}

TEST(SoapRequest, EveryMistakeIsTheClientsAndIsNamed) {
  auto program = sample_program();
  struct Case {
    std::string bytes;
    std::string word;
  };
  const std::vector<Case> cases = {
      {"", "XML"},
      {"plain text", "XML"},
      {"<order xmlns='urn:shop:types'/>", "envelope"},
      {"<Envelope><Body/></Envelope>", "namespace"},
      {"<!DOCTYPE a []><a/>", "DOCTYPE"},
      {envelope("<other xmlns='urn:shop:types'/>"), "other"},
      {envelope("<order/>"), "order"},
      {envelope("<order xmlns='urn:shop:types'/><order xmlns='urn:shop:types'/>"), "not expected"},
      {envelope("<add xmlns='urn:wrong'><a/><b/></add>"), "urn:calc"},
      {envelope("<c:add xmlns:c='urn:calc'><a>1</a></c:add>"), "'b'"},
      {envelope("<c:add xmlns:c='urn:calc'><a>1</a><b>1</b><z/></c:add>"), "'z'"},
      {envelope("text"), "text"},
      {"<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>", "Body"},
      {"<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><x/><s:Body/></s:Envelope>", "'x'"},
  };
  for (const auto& each : cases) {
    auto request = read_request(*program, shop, each.bytes, "");
    ASSERT_FALSE(request) << each.bytes;
    EXPECT_NE(request.error().message.find(each.word), std::string::npos) << request.error().message;
  }
}

TEST(SoapRequest, LimitsAreNamed) {
  auto program = sample_program();
  xml::Limits limits;
  limits.max_depth = 5;
  auto request = read_request(*program, shop,
                              envelope("<order xmlns='urn:shop:types'><a><b><c><d/></c></b></a></order>"), "", limits);
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().limit, "xml-depth");
}

TEST(SoapRequest, Soap12IsAnsweredAsSuch) {
  auto program = sample_program();
  auto request = read_request(*program, shop, envelope("<order xmlns='urn:shop:types'/>", "", soap12), "");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->version, SoapVersion::soap12);
  auto refused = read_request(*program, shop, envelope("<other/>", "", soap12), "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(http_status(refused.error()), 400);
  EXPECT_NE(write_error(refused.error()).find("soap:Sender"), std::string::npos);
}

TEST(SoapRequest, WhatIsWrittenIsReadBack) {
  auto program = sample_program();
  Message sent{{wsdl_ns, "add"}, {document("<a>1 &lt; 2</a>"), document("<b x='&quot;'>2</b>")}, "", ""};
  Addressing addressing;
  addressing.message_id = "urn:call:1";
  auto bytes = write_request(*program, wire(*program, "add"), sent, addressing);
  auto request = read_request(*program, shop, bytes, "");
  ASSERT_TRUE(request) << request.error().message << bytes;
  EXPECT_EQ(request->message.message_id, "urn:call:1");
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(summary(request->message.parts, i), summary(sent.parts, i));
}

TEST(SoapRequest, HeaderPartsAreWrittenIntoTheHeader) {
  auto program = sample_program();
  Message sent{
      {wsdl_ns, "signedOrder"},
      {document("<signature xmlns='urn:shop:types'>s</signature>"), document("<signedOrder xmlns='urn:shop:types'/>")},
      "",
      ""};
  auto request = read_request(*program, shop, write_request(*program, wire(*program, "buySigned"), sent, {}), "");
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(summary(request->message.parts, 0), summary(sent.parts, 0));
}

}  // namespace echoflow::soap::test

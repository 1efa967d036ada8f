#include "bpel/wsdl/loader.hpp"

#include <gtest/gtest.h>

namespace echoflow::wsdl {
namespace {

const std::string head = R"(<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:shop"
  xmlns:s="urn:shop" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:types"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/"
  xmlns:plnk="http://docs.oasis-open.org/wsbpel/2.0/plnktype"
  xmlns:vprop="http://docs.oasis-open.org/wsbpel/2.0/varprop">)";

struct Loaded {
  Definitions definitions;
  std::vector<CollectedSchema> schemas;
  Diagnostics findings;

  std::string messages() const {
    std::string out;
    for (const auto& finding : findings) out += to_string(finding) + "\n";
    return out;
  }
};

Loaded load(source::SourceSet set, const std::string& file = "shop.wsdl") {
  Loaded out;
  source::Documents documents(set, out.findings);
  Loader loader(documents);
  loader.add(file);
  out.definitions = loader.take_definitions();
  out.schemas = loader.take_schemas();
  return out;
}

Loaded load_text(const std::string& content) {
  return load({{{"shop.wsdl", head + content + "</definitions>"}}});
}

TEST(WsdlLoader, MessagesAndPortTypes) {
  const auto loaded = load_text(R"(
    <message name="order"><part name="body" element="t:order"/><part name="id" type="xsd:int"/></message>
    <message name="done"/>
    <portType name="Shop">
      <operation name="tell"><input message="s:order"/></operation>
      <operation name="ask"><input message="s:order"/><output message="s:done"/><fault name="sorry" message="s:done"/></operation>
      <operation name="solicit"><output message="s:order"/><input message="s:done"/></operation>
      <operation name="notify"><output message="s:order"/></operation>
    </portType>)");
  EXPECT_EQ(loaded.messages(), "");
  const auto* message = loaded.definitions.message({"urn:shop", "order"});
  ASSERT_TRUE(message);
  EXPECT_EQ(message->part("body")->element.clark(), "{urn:types}order");
  EXPECT_EQ(message->part("id")->type.local, "int");
  EXPECT_EQ(message->part("gone"), nullptr);
  EXPECT_EQ(message->where.line, 6u);
  const auto* port_type = loaded.definitions.port_type({"urn:shop", "Shop"});
  ASSERT_TRUE(port_type);
  EXPECT_EQ(port_type->operation("tell")->kind, OperationKind::one_way);
  EXPECT_EQ(port_type->operation("ask")->kind, OperationKind::request_response);
  EXPECT_EQ(port_type->operation("solicit")->kind, OperationKind::solicit_response);
  EXPECT_EQ(port_type->operation("notify")->kind, OperationKind::notification);
  EXPECT_EQ(port_type->operation("ask")->faults.at(0).name, "sorry");
}

TEST(WsdlLoader, PartnerLinkTypesInBothForms) {
  const auto loaded = load_text(R"(
    <portType name="Shop"/>
    <plnk:partnerLinkType name="New"><plnk:role name="seller" portType="s:Shop"/></plnk:partnerLinkType>
    <plnk:partnerLinkType name="Nested"><plnk:role name="seller"><plnk:portType name="s:Shop"/></plnk:role></plnk:partnerLinkType>
    <old:partnerLinkType xmlns:old="http://schemas.xmlsoap.org/ws/2003/05/partner-link/" name="Old">
      <old:role name="seller"><old:portType name="s:Shop"/></old:role></old:partnerLinkType>)");
  EXPECT_EQ(loaded.messages(), "");
  for (const char* name : {"New", "Nested", "Old"}) {
    const auto* type = loaded.definitions.partner_link_type({"urn:shop", name});
    ASSERT_TRUE(type) << name;
    ASSERT_TRUE(type->role("seller")) << name;
    EXPECT_EQ(type->role("seller")->port_type.clark(), "{urn:shop}Shop") << name;
  }
}

TEST(WsdlLoader, PropertiesAndAliases) {
  const auto loaded = load_text(R"(
    <vprop:property name="id" type="xsd:int"/>
    <vprop:property name="both" type="xsd:int" element="t:e"/>
    <vprop:propertyAlias propertyName="s:id" messageType="s:order" part="body">
      <vprop:query queryLanguage="urn:q">/t:order/t:id</vprop:query></vprop:propertyAlias>
    <vprop:propertyAlias propertyName="s:id" element="t:order"/>)");
  EXPECT_EQ(loaded.messages(), "");
  EXPECT_EQ(loaded.definitions.property({"urn:shop", "id"})->type.local, "int");
  EXPECT_FALSE(loaded.definitions.property({"urn:shop", "both"})->element.empty());
  ASSERT_EQ(loaded.definitions.aliases.size(), 2u);
  const auto& alias = loaded.definitions.aliases[0];
  EXPECT_EQ(alias.message_type.local, "order");
  ASSERT_TRUE(alias.query);
  EXPECT_EQ(alias.query->text, "/t:order/t:id");
  EXPECT_EQ(alias.query->language, "urn:q");
  EXPECT_EQ(alias.query->document->lookup_namespace(alias.query->element, "t"), "urn:types");
  EXPECT_EQ(loaded.definitions.aliases[1].element.clark(), "{urn:types}order");
}

TEST(WsdlLoader, SoapBindingsAndAddresses) {
  const auto loaded = load_text(R"(
    <message name="order"><part name="a" type="xsd:int"/><part name="h" element="t:h"/></message>
    <portType name="Shop"><operation name="ask"><input message="s:order"/></operation></portType>
    <binding name="Get" type="s:Shop"/>
    <binding name="Soap" type="s:Shop">
      <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
      <operation name="ask"><soap:operation soapAction="urn:ask"/>
        <input><soap:body use="literal" namespace="urn:rpc" parts="a"/><soap:header message="s:order" part="h" use="literal"/></input>
      </operation></binding>
    <binding name="Soap12" type="s:Shop"><soap12:binding transport="http://schemas.xmlsoap.org/soap/http"/></binding>
    <service name="S"><port name="G" binding="s:Get"/>
      <port name="P" binding="s:Soap"><soap:address location=" http://localhost:1/shop "/></port></service>)");
  EXPECT_EQ(loaded.messages(), "");
  const auto* binding = loaded.definitions.binding_of({"urn:shop", "Shop"});
  ASSERT_TRUE(binding);
  EXPECT_EQ(binding->name.local, "Soap");
  EXPECT_EQ(binding->soap, SoapVersion::soap11);
  const auto* operation = binding->operation("ask");
  ASSERT_TRUE(operation);
  EXPECT_EQ(operation->style, SoapStyle::rpc);
  EXPECT_TRUE(operation->literal);
  EXPECT_EQ(operation->soap_action, "urn:ask");
  EXPECT_EQ(operation->rpc_namespace, "urn:rpc");
  EXPECT_EQ(operation->input_parts, std::vector<std::string>{"a"});
  EXPECT_EQ(operation->input_headers.at(0).part, "h");
  EXPECT_EQ(loaded.definitions.bindings.at(2).soap, SoapVersion::soap12);
  EXPECT_EQ(loaded.definitions.address_of({"urn:shop", "Shop"}), "http://localhost:1/shop");
  EXPECT_EQ(loaded.definitions.address_of({"urn:shop", "Other"}), std::nullopt);
}

TEST(WsdlLoader, ImportsAreFollowedInCircles) {
  const auto loaded = load({{
      {"shop.wsdl", head + R"(<import namespace="urn:b" location="deep/b.wsdl"/></definitions>)"},
      {"deep/b.wsdl", head + R"(<import namespace="urn:a" location="../shop.wsdl"/>
        <import namespace="urn:types" location="t.xsd"/><message name="inB"/></definitions>)"},
      {"deep/t.xsd", R"(<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:types"/>)"},
  }});
  EXPECT_EQ(loaded.messages(), "");
  EXPECT_EQ(loaded.definitions.files.size(), 2u);
  EXPECT_TRUE(loaded.definitions.message({"urn:shop", "inB"}));
  ASSERT_EQ(loaded.schemas.size(), 1u);
  EXPECT_EQ(loaded.schemas[0].source.file, "deep/t.xsd");
}

TEST(WsdlLoader, InlineSchemasKeepNamespacesAndPlaces) {
  const auto loaded = load_text(R"(
    <types>
      <xsd:schema targetNamespace="urn:types">
        <xsd:element name="order" type="t:Order"/>
      </xsd:schema>
    </types>)");
  EXPECT_EQ(loaded.messages(), "");
  ASSERT_EQ(loaded.schemas.size(), 1u);
  const auto& source = loaded.schemas[0].source;
  EXPECT_EQ(loaded.schemas[0].target_namespace, "urn:types");
  EXPECT_EQ(source.document->document_element(), source.schema);
  const auto element = source.document->first_child_element(source.schema);
  EXPECT_EQ(source.document->position(element).line, 8u);
  EXPECT_EQ(source.document->resolve_qname(element, "t:Order")->clark(), "{urn:types}Order");
}

TEST(WsdlLoader, SchemasOfSchemas) {
  const std::string xsd = R"(<schema xmlns="http://www.w3.org/2001/XMLSchema" )";
  const auto loaded =
      load({{
               {"a.xsd", xsd + R"(targetNamespace="urn:a"><include schemaLocation="b.xsd"/>
                                 <import namespace="urn:c" schemaLocation="c.xsd"/></schema>)"},
               {"b.xsd", xsd + "/>"},
               {"c.xsd", xsd + R"(targetNamespace="urn:c"><include schemaLocation="gone.xsd"/></schema>)"},
           }},
           "a.xsd");
  ASSERT_EQ(loaded.schemas.size(), 3u);
  EXPECT_EQ(loaded.schemas[1].source.file, "b.xsd");
  EXPECT_EQ(loaded.schemas[1].reach, SchemaReach::included);
  EXPECT_EQ(loaded.schemas[1].target_namespace, "urn:a");
  EXPECT_EQ(loaded.schemas[2].reach, SchemaReach::imported);
  EXPECT_EQ(loaded.messages(), "");
}

TEST(WsdlLoader, MistakesAreFindingsWithTheirPlace) {
  const auto loaded = load_text(R"(
<message><part name="p" element="q:none"/></message>
<message name="m"><part name="p" element="t:e" type="xsd:int"/><part name="p" type="xsd:int"/></message>
<portType name="T"><operation name="o"><input message="s:gone"/></operation><operation name="none"/></portType>
<plnk:partnerLinkType name="L"/>
<import location="gone.wsdl"/>
<binding name="B" type="s:Gone"/>)");
  const char* expected[] = {
      "shop.wsdl:6:1: WSDL <message> lacks the attribute name; add it.",
      "shop.wsdl:6:10: WSDL The attribute element of <part name=\"p\"> is \"q:none\"",
      "shop.wsdl:7:19: WSDL <part name=\"p\"> has both an element and a type; remove one.",
      "shop.wsdl:7:64: WSDL The message m has two parts named p; rename one.",
      "shop.wsdl:8:40: WSDL The input of the operation o is the message {urn:shop}gone, which is not defined",
      "shop.wsdl:8:77: WSDL <operation name=\"none\"> has neither an input nor an output; add its input.",
      "shop.wsdl:9:1: WSDL <partnerLinkType name=\"L\"> has no role; add one or two.",
      "shop.wsdl:10:1: WSDL \"gone.wsdl\" is not in the deployment; add it or correct the location.",
      "shop.wsdl:11:1: warning: WSDL The binding B is for the portType {urn:shop}Gone, which is not defined"};
  for (const auto* line : expected) EXPECT_NE(loaded.messages().find(line), std::string::npos) << line;
  EXPECT_EQ(loaded.findings.size(), std::size(expected)) << loaded.messages();
}

TEST(WsdlLoader, BrokenXmlIsAFinding) {
  const auto loaded = load({{{"shop.wsdl", "<definitions>\n</nonsense>"}}});
  ASSERT_EQ(loaded.findings.size(), 1u);
  EXPECT_EQ(loaded.findings[0].rule, "XML");
  EXPECT_EQ(loaded.findings[0].where.file, "shop.wsdl");
}

}  // namespace
}  // namespace echoflow::wsdl

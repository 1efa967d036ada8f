#include "adapters/rest/json_message.hpp"

#include <gtest/gtest.h>

#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::rest {

namespace {

constexpr const char* schema =
    R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t" xmlns="urn:t" FORM>
 <xs:element name="order"><xs:complexType><xs:sequence>
   <xs:element name="customer" type="xs:string"/><xs:element name="item" maxOccurs="unbounded" type="xs:int"/><xs:element name="note" type="xs:string" nillable="true" minOccurs="0"/>
 </xs:sequence><xs:attribute name="urgent" type="xs:boolean"/></xs:complexType></xs:element>
</xs:schema>)";

std::unique_ptr<program::Program> program_with(const std::string& form) {
  std::string text = schema;
  text.replace(text.find("FORM"), 4, form);
  auto document = std::make_shared<const xml::Document>(std::move(xml::read(text)).value());
  Diagnostics findings;
  auto program = std::make_unique<program::Program>();
  program->schemas = xml::compile_schemas(
      {{"a.xsd", document, document->document_element()}}, [](const std::string&) { return std::nullopt; }, findings);
  EXPECT_TRUE(findings.empty());
  program->message_types.push_back(
      {{"urn:w", "orderMessage"},
       {{"body", program::ValueForm::element, {"urn:t", "order"}, {}, {}},
        {"count", program::ValueForm::simple, {}, {std::string(ns::xsd), "int"}, {std::string(ns::xsd), "decimal"}}}});
  program->message_types.push_back(
      {{}, {{"n", program::ValueForm::simple, {}, {std::string(ns::xsd), "int"}, {std::string(ns::xsd), "decimal"}}}});
  return program;
}

Result<Parts, json::ReadError> read(const program::Program& program, const std::string& text, std::size_t type = 0) {
  return parts_from_json(program, program.message_types[type], *json::parse(text), "/message");
}

const std::string good = R"({"body":{"@urgent":true,"customer":"Ada & Bob","item":[1,2]},"count":5})";

}  // namespace

TEST(JsonMessage, ObjectsBecomeElementsInTheNamespaceThatTheSchemaWants) {
  for (const std::string form : {"elementFormDefault='qualified'", "elementFormDefault='unqualified'"}) {
    auto program = program_with(form);
    auto parts = read(*program, good);
    ASSERT_TRUE(parts) << parts.error().message;
    const auto& body = *(*parts)[0];
    auto root = body.document_element();
    EXPECT_EQ(body.qname(root), (QName{"urn:t", "order"}));
    auto customer = body.first_child_element(root);
    EXPECT_EQ(body.namespace_uri(customer), form.find("unq") == std::string::npos ? "urn:t" : "");
    EXPECT_EQ(body.string_value(customer), "Ada & Bob");
    EXPECT_EQ(body.attribute(root, "urgent"), "true");
    EXPECT_EQ((*parts)[1]->string_value(xml::root_node), "5");
  }
}

TEST(JsonMessage, XmlIsTakenAsItIs) {
  auto program = program_with("elementFormDefault='qualified'");
  auto parts = read(
      *program,
      R"({"body":"<order xmlns='urn:t'><customer>c</customer><item>1</item></order>","count":"<count>7</count>"})");
  ASSERT_TRUE(parts) << parts.error().message;
  EXPECT_EQ((*parts)[1]->string_value(xml::root_node), "7");
  EXPECT_FALSE(read(*program, R"({"body":"<order/>","count":1})"));
  EXPECT_FALSE(read(*program, R"({"body":"<order","count":1})"));
}

TEST(JsonMessage, MistakesAreNamedByPointer) {
  auto program = program_with("elementFormDefault='qualified'");
  struct Case {
    std::string text, pointer;
  };
  for (const auto& each :
       std::vector<Case>{{R"([])", "/message"},
                         {R"({"count":5})", "/message"},
                         {R"({"body":{},"count":5,"x":1})", "/message/body"},
                         {R"({"count":5,"x":1})", "/message/x"},
                         {R"({"body":{"customer":"a","item":["x"]},"count":5})", "/message/body"},
                         {R"({"body":{"customer":"a","item":[1]},"count":"five"})", "/message/count"},
                         {R"({"body":{"a b":1},"count":5})", "/message/body/a b"},
                         {R"({"body":{"customer":[[1]]},"count":5})", "/message/body/customer/0"},
                         {R"({"body":{"customer":"\u0001","item":1},"count":5})", "/message/body/customer"},
                         {R"({"body":{"@urgent":{}},"count":5})", "/message/body/@urgent"}}) {
    auto parts = read(*program, each.text);
    ASSERT_FALSE(parts) << each.text;
    EXPECT_EQ(parts.error().pointer, each.pointer) << parts.error().message;
  }
}

TEST(JsonMessage, NullIsNil) {
  auto program = program_with("elementFormDefault='qualified'");
  auto parts = read(*program, R"({"body":{"customer":"a","item":1,"note":null},"count":5})");
  ASSERT_TRUE(parts) << parts.error().message;
}

TEST(JsonMessage, VariablesTakeTheirValueAloneAndGoBack) {
  auto program = program_with("elementFormDefault='qualified'");
  auto parts = read(*program, "42", 1);
  ASSERT_TRUE(parts) << parts.error().message;
  json::Writer writer;
  write_part_value(writer, (*parts)[0], program::ValueForm::simple);
  EXPECT_EQ(writer.text(), "\"42\"");
  auto message = read(*program, good);
  json::Writer parts_writer;
  write_parts(parts_writer, program->message_types[0], *message);
  auto again = read(*program, parts_writer.text());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ((*again)[0]->string_value(xml::root_node), (*message)[0]->string_value(xml::root_node));
}

}  // namespace echoflow::rest

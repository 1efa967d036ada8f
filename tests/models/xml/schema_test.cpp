#include "models/xml/schema.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "models/base/namespaces.hpp"
#include "models/xml/reader.hpp"

namespace echoflow::xml {
namespace {

using Files = std::map<std::string, std::string>;

QName xsd(std::string local) {
  return {std::string(ns::xsd), std::move(local)};
}

std::string schema(const std::string& attributes, const std::string& content) {
  return "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" " + attributes + ">" + content + "</xs:schema>";
}

DocumentPtr parse(const std::string& text, const std::string& file = "") {
  ReadOptions options;
  options.keep_positions = true;
  options.file = file;
  auto document = read(text, options);
  EXPECT_TRUE(document.ok()) << (document.ok() ? "" : document.error().message) << text;
  return std::make_shared<Document>(document.ok() ? std::move(*document) : Document());
}

/// Schemas under test: whole files, or inline ones below a <types> element.
struct Compiled {
  std::shared_ptr<const SchemaSet> set;
  Diagnostics findings;

  std::string all() const {
    std::string out;
    for (const Diagnostic& d : findings) out += to_string(d) + "\n";
    return out;
  }
};

Compiled compile(const Files& sources, const Files& others = {}) {
  std::vector<SchemaSource> list;
  for (const auto& [file, text] : sources) {
    DocumentPtr document = parse(text, file);
    const NodeIndex root = document->document_element();
    if (document->local_name(root) == "schema") {
      list.push_back({file, document, root});
      continue;
    }
    for (NodeIndex n = document->first_child_element(root); n != no_node; n = document->next_sibling_element(n))
      list.push_back({file, document, n});
  }
  Compiled out;
  const auto resolve = [&](const std::string& file) -> std::optional<std::string> {
    const auto found = others.find(file);
    if (found == others.end()) return std::nullopt;
    return found->second;
  };
  out.set = compile_schemas(list, resolve, out.findings);
  return out;
}

std::string element_errors(const Compiled& c, const std::string& text) {
  const DocumentPtr d = parse(text);
  std::string out;
  for (const ValidationError& e : c.set->validate_element(*d, d->document_element())) out += e.message + "\n";
  return out;
}

std::string type_errors(const Compiled& c, const std::string& text, const QName& type) {
  const DocumentPtr d = parse(text);
  std::string out;
  for (const ValidationError& e : c.set->validate_type(*d, d->document_element(), type)) out += e.message + "\n";
  return out;
}

const std::string order_schema = schema(
    "targetNamespace='urn:o' xmlns:o='urn:o' elementFormDefault='qualified'",
    "<xs:simpleType name='Qty'><xs:restriction base='xs:int'><xs:maxInclusive "
    "value='10'/></xs:restriction></xs:simpleType>"
    "<xs:complexType name='Item'><xs:sequence><xs:element name='name' type='xs:string'/>"
    "<xs:element name='qty' type='o:Qty'/></xs:sequence><xs:attribute name='no' type='xs:int' "
    "use='required'/></xs:complexType>"
    "<xs:complexType name='Gift'><xs:complexContent><xs:extension base='o:Item'><xs:sequence>"
    "<xs:element name='card' type='xs:string'/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>"
    "<xs:complexType name='Price'><xs:simpleContent><xs:extension base='xs:decimal'>"
    "<xs:attribute name='currency' type='xs:string'/></xs:extension></xs:simpleContent></xs:complexType>"
    "<xs:element name='order'><xs:complexType><xs:sequence><xs:element name='item' type='o:Item' "
    "maxOccurs='unbounded'/>"
    "</xs:sequence></xs:complexType></xs:element><xs:element name='item' type='o:Item'/>");

TEST(schema, knows_what_is_declared) {
  const Compiled c = compile({{"order.xsd", order_schema}});
  EXPECT_EQ(c.all(), "");
  EXPECT_TRUE(c.set->has_element({"urn:o", "order"}));
  EXPECT_FALSE(c.set->has_element({"urn:o", "Order"}));
  EXPECT_FALSE(c.set->has_element({"", "order"}));
  EXPECT_TRUE(c.set->has_type({"urn:o", "Item"}));
  EXPECT_FALSE(c.set->has_type({"urn:o", "order"}));
  EXPECT_TRUE(c.set->has_type(xsd("int")));
  EXPECT_TRUE(c.set->has_type(xsd("anyType")));
  EXPECT_FALSE(c.set->has_type(xsd("integerish")));
}

TEST(schema, tells_the_primitive_and_the_ancestors_of_types) {
  const Compiled c = compile({{"order.xsd", order_schema}});
  const TypeInfo qty = c.set->type({"urn:o", "Qty"}).value();
  EXPECT_EQ(qty.variety, TypeVariety::simple);
  EXPECT_EQ(qty.primitive, xsd("decimal"));
  ASSERT_GE(qty.ancestors.size(), 5u);
  EXPECT_EQ(qty.ancestors.front(), xsd("int"));
  EXPECT_EQ(c.set->type(xsd("int"))->primitive, xsd("decimal"));
  EXPECT_EQ(c.set->type(xsd("token"))->primitive, xsd("string"));
  EXPECT_EQ(c.set->type(xsd("dateTime"))->primitive, xsd("dateTime"));
  EXPECT_EQ(c.set->type(xsd("anyType"))->variety, TypeVariety::complex);
  const TypeInfo price = c.set->type({"urn:o", "Price"}).value();
  EXPECT_EQ(price.variety, TypeVariety::complex_simple_content);
  EXPECT_EQ(price.primitive, xsd("decimal"));
  const TypeInfo gift = c.set->type({"urn:o", "Gift"}).value();
  EXPECT_EQ(gift.variety, TypeVariety::complex);
  EXPECT_EQ(gift.ancestors, (std::vector<QName>{{"urn:o", "Item"}, xsd("anyType")}));
  EXPECT_EQ(c.set->element_type({"urn:o", "item"})->name, (QName{"urn:o", "Item"}));
  EXPECT_TRUE(c.set->element_type({"urn:o", "order"})->name.empty());
  EXPECT_EQ(c.set->element_type({"urn:o", "order"})->variety, TypeVariety::complex);
}

TEST(schema, validates_elements) {
  const Compiled c = compile({{"order.xsd", order_schema}});
  const std::string head = "<order xmlns='urn:o'>";
  EXPECT_EQ(element_errors(c, head + "<item no='1'><name>x</name><qty>10</qty></item></order>"), "");
  EXPECT_EQ(element_errors(c, "<p:order xmlns:p='urn:o'><p:item no='1'><p:name/><p:qty> 1 </p:qty></p:item></p:order>"),
            "");
  EXPECT_NE(element_errors(c, head + "<item no='1'><name>x</name><qty>11</qty></item></order>")
                .find("in element qty: value '11'"),
            std::string::npos);
  EXPECT_NE(element_errors(c, head + "<item><name>x</name><qty>1</qty></item></order>").find("in element item: "),
            std::string::npos);
  EXPECT_NE(element_errors(c, head + "<item no='1'><name>x</name></item></order>").find("in element item: "),
            std::string::npos);
  EXPECT_NE(element_errors(c, head + "</order>").find("in element order: "), std::string::npos);
  EXPECT_NE(element_errors(c, "<order><item/></order>").find("no schema of the deployment declares the element order"),
            std::string::npos);
}

TEST(schema, validation_errors_carry_the_position_of_their_element) {
  const Compiled c = compile({{"order.xsd", order_schema}});
  const DocumentPtr d = parse("<order xmlns='urn:o'>\n <item no='1'>\n  <name>x</name>\n  <qty>y</qty></item></order>");
  const auto errors = c.set->validate_element(*d, d->document_element());
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].position.line, 4u);
  EXPECT_EQ(errors[0].position.column, 3u);
}

TEST(schema, validates_a_part_of_a_larger_document) {
  const Compiled c = compile({{"order.xsd", order_schema}});
  const DocumentPtr d = parse("<e xmlns:o='urn:o'><body><o:item no='1'><o:name/><o:qty>3</o:qty></o:item></body></e>");
  const NodeIndex item = d->first_child_element(d->first_child_element(d->document_element()));
  EXPECT_TRUE(c.set->validate_element(*d, item).empty());
}

TEST(schema, validates_types_whatever_the_element_is_called) {
  const Compiled c = compile({{"order.xsd", order_schema}});
  EXPECT_EQ(type_errors(c, "<count>12</count>", xsd("int")), "");
  EXPECT_NE(type_errors(c, "<count>abc</count>", xsd("int")).find("in element count: value 'abc'"), std::string::npos);
  EXPECT_NE(type_errors(c, "<count><x/></count>", xsd("int")), "");
  EXPECT_NE(type_errors(c, "<count/>", xsd("int")), "");
  EXPECT_EQ(type_errors(c, "<count/>", xsd("string")), "");
  EXPECT_EQ(type_errors(c, "<p:q xmlns:p='urn:p'>10</p:q>", {"urn:o", "Qty"}), "");
  EXPECT_NE(type_errors(c, "<p:q xmlns:p='urn:p'>11</p:q>", {"urn:o", "Qty"}), "");
  EXPECT_EQ(type_errors(c, "<i no='1' xmlns:o='urn:o'><o:name/><o:qty>1</o:qty></i>", {"urn:o", "Item"}), "");
  EXPECT_NE(type_errors(c, "<i no='1'><name/><qty>1</qty></i>", {"urn:o", "Item"}), "");
  EXPECT_NE(type_errors(c, "<i no='x' xmlns:o='urn:o'><o:name/><o:qty>1</o:qty></i>", {"urn:o", "Item"}), "");
  const std::string wrong =
      type_errors(c, "<i wrong='1' no='1' xmlns:o='urn:o'><o:name/><o:qty>1</o:qty></i>", {"urn:o", "Item"});
  EXPECT_EQ(wrong, "in element i: attribute 'wrong' is not declared for element 'i'\n");
  EXPECT_EQ(type_errors(c, "<i currency='EUR'>1.5</i>", {"urn:o", "Price"}), "");
  EXPECT_EQ(type_errors(c, "<any a='b'><z>text</z></any>", xsd("anyType")), "");
  EXPECT_NE(type_errors(c, "<i/>", {"urn:o", "Nothing"}).find("declares the type {urn:o}Nothing"), std::string::npos);
}

TEST(schema, follows_xsi_type_of_the_instance) {
  const Compiled c = compile({{"order.xsd", order_schema}});
  const std::string head =
      "<i no='1' xmlns:o='urn:o' xmlns:xs='http://www.w3.org/2001/XMLSchema' "
      "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='";
  EXPECT_EQ(type_errors(c, head + "o:Gift'><o:name/><o:qty>1</o:qty><o:card/></i>", {"urn:o", "Item"}), "");
  EXPECT_NE(type_errors(c, head + "o:Gift'><o:name/><o:qty>1</o:qty></i>", {"urn:o", "Item"}), "");
  EXPECT_NE(type_errors(c, head + "o:Price'>1</i>", {"urn:o", "Item"}).find("does not derive"), std::string::npos);
  EXPECT_NE(type_errors(c, head + "o:None'>1</i>", {"urn:o", "Item"}).find("no schema declares"), std::string::npos);
}

TEST(schema, knows_types_without_a_namespace) {
  const Compiled c = compile({{"plain.xsd", schema("",
                                                   "<xs:complexType name='T'><xs:sequence><xs:element name='x' "
                                                   "type='xs:int'/></xs:sequence></xs:complexType>"
                                                   "<xs:element name='t' type='T'/>")}});
  EXPECT_EQ(c.all(), "");
  EXPECT_TRUE(c.set->has_type({"", "T"}));
  EXPECT_EQ(type_errors(c, "<a><x>1</x></a>", {"", "T"}), "");
  EXPECT_NE(type_errors(c, "<a><x>y</x></a>", {"", "T"}), "");
  EXPECT_EQ(type_errors(c, "<a:a xmlns:a='urn:a' xmlns='urn:d'><x xmlns=''>1</x></a:a>", {"", "T"}), "");
  EXPECT_EQ(element_errors(c, "<t><x>1</x></t>"), "");
}

TEST(schema, joins_inline_schemas_that_import_one_another_by_namespace) {
  const std::string a = schema("targetNamespace='urn:a' xmlns:b='urn:b' xmlns:a='urn:a'",
                               "<xs:import namespace='urn:b'/><xs:element name='a' type='b:B'/>"
                               "<xs:complexType name='A'><xs:sequence/></xs:complexType>");
  const std::string b =
      schema("targetNamespace='urn:b' xmlns:a='urn:a'",
             "<xs:import namespace='urn:a'/><xs:complexType name='B'><xs:sequence>"
             "<xs:element name='x' type='a:A'/><xs:element name='y' type='a:A2'/></xs:sequence></xs:complexType>");
  const std::string a2 =
      schema("targetNamespace='urn:a'", "<xs:simpleType name='A2'><xs:restriction base='xs:int'/></xs:simpleType>");
  const Compiled c = compile({{"service.wsdl", "<types>" + a + b + a2 + "</types>"}});
  EXPECT_EQ(c.all(), "");
  EXPECT_EQ(element_errors(c, "<p:a xmlns:p='urn:a'><x/><y>3</y></p:a>"), "");
  EXPECT_NE(element_errors(c, "<p:a xmlns:p='urn:a'><x/><y>z</y></p:a>"), "");
}

TEST(schema, accepts_what_toolkits_accept) {
  // No import at all, an import of the own namespace, and one of XML Schema itself.
  const std::string a = schema("targetNamespace='urn:a' xmlns:b='urn:b'",
                               "<xs:import namespace='http://www.w3.org/2001/XMLSchema'/><xs:import namespace='urn:a'/>"
                               "<xs:element name='a' type='b:B'/>");
  const std::string b =
      schema("targetNamespace='urn:b'", "<xs:simpleType name='B'><xs:restriction base='xs:int'/></xs:simpleType>");
  const Compiled c = compile({{"service.wsdl", "<types>" + a + b + "</types>"}});
  EXPECT_FALSE(has_errors(c.findings)) << c.all();
  EXPECT_EQ(c.findings.size(), 2u) << c.all();
  EXPECT_EQ(element_errors(c, "<p:a xmlns:p='urn:a'>1</p:a>"), "");
}

TEST(schema, follows_includes_imports_and_cycles_through_folders) {
  const Files others = {
      {"xsd/common.xsd", schema("",
                                "<xs:include schemaLocation='./deeper/more.xsd'/>"
                                "<xs:simpleType name='Id'><xs:restriction base='xs:int'/></xs:simpleType>")},
      {"xsd/deeper/more.xsd", schema("",
                                     "<xs:include schemaLocation='../common.xsd'/>"
                                     "<xs:complexType name='More'><xs:sequence><xs:element name='id' "
                                     "type='Id'/></xs:sequence></xs:complexType>")},
      {"b.xsd",
       schema("targetNamespace='urn:b' xmlns:a='urn:a'",
              "<xs:import namespace='urn:a' schemaLocation='wsdl/a.xsd'/><xs:element name='b' type='a:More'/>")}};
  const std::string a = schema("targetNamespace='urn:a' xmlns:b='urn:b' xmlns='urn:a'",
                               "<xs:include schemaLocation='../xsd/common.xsd'/>"
                               "<xs:import namespace='urn:b' schemaLocation='../b.xsd'/>"
                               "<xs:element name='a'><xs:complexType><xs:sequence><xs:element "
                               "ref='b:b'/></xs:sequence></xs:complexType></xs:element>");
  const Compiled c = compile({{"wsdl/a.xsd", a}}, others);
  EXPECT_EQ(c.all(), "");
  EXPECT_TRUE(c.set->has_type({"urn:a", "Id"}));
  EXPECT_EQ(element_errors(c, "<a:a xmlns:a='urn:a'><b:b xmlns:b='urn:b'><id>3</id></b:b></a:a>"), "");
  EXPECT_NE(element_errors(c, "<a:a xmlns:a='urn:a'><b:b xmlns:b='urn:b'><id>x</id></b:b></a:a>"), "");
}

TEST(schema, redefines) {
  const Files others = {{"base.xsd", schema("targetNamespace='urn:a'",
                                            "<xs:simpleType name='N'><xs:restriction base='xs:int'/></xs:simpleType>"
                                            "<xs:element name='other' type='xs:int'/>")}};
  const Compiled c = compile(
      {{"a.xsd", schema("targetNamespace='urn:a' xmlns='urn:a'",
                        "<xs:redefine schemaLocation='base.xsd'><xs:simpleType name='N'><xs:restriction base='N'>"
                        "<xs:maxInclusive value='5'/></xs:restriction></xs:simpleType></xs:redefine>"
                        "<xs:element name='n' type='N'/>")}},
      others);
  EXPECT_EQ(c.all(), "");
  EXPECT_TRUE(c.set->has_element({"urn:a", "other"}));
  EXPECT_EQ(element_errors(c, "<n xmlns='urn:a'>5</n>"), "");
  EXPECT_NE(element_errors(c, "<n xmlns='urn:a'>6</n>"), "");
}

TEST(schema, the_same_definition_twice_is_one_and_two_differing_are_an_error) {
  const std::string one = schema("targetNamespace='urn:a'", "<xs:element name='e' type='xs:int'/>");
  const std::string same =
      "<q:schema xmlns:q='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:a'>\n"
      "<q:element type='q:int' name='e'> <q:annotation/> </q:element></q:schema>";
  const std::string other = schema("targetNamespace='urn:a'", "\n<xs:element name='e' type='xs:string'/>");
  EXPECT_EQ(compile({{"a.xsd", one}, {"b.xsd", same}}).all().find("defined otherwise"), std::string::npos);
  const Compiled c = compile({{"a.xsd", one}, {"b.xsd", other}});
  ASSERT_EQ(c.findings.size(), 1u);
  EXPECT_EQ(c.findings[0].where, (SourceLocation{"b.xsd", 2, 1}));
  EXPECT_EQ(c.findings[0].rule, "XSD");
  EXPECT_TRUE(has_errors(c.findings));
}

TEST(schema, errors_carry_file_line_and_column) {
  const Compiled c =
      compile({{"x/a.xsd",
                "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'\n targetNamespace='urn:a'>\n"
                "  <xs:element name='ok'/>\n  <xs:element name='e'\n    type='xs:nope'/>\n</xs:schema>"}});
  ASSERT_EQ(c.findings.size(), 1u) << c.all();
  EXPECT_EQ(c.findings[0].where, (SourceLocation{"x/a.xsd", 4, 3}));
  EXPECT_NE(c.findings[0].message.find("nope"), std::string::npos);
}

TEST(schema, errors_in_inline_schemas_are_placed_in_their_wsdl) {
  const Compiled c = compile({{"s.wsdl",
                               "<types xmlns:z='urn:z'>\n\n <xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n"
                               "<xs:element name='e' type='z:t'/>\n</xs:schema></types>"}});
  ASSERT_EQ(c.findings.size(), 1u) << c.all();
  EXPECT_EQ(c.findings[0].where, (SourceLocation{"s.wsdl", 4, 1}));
}

TEST(schema, missing_files_are_findings_at_their_place) {
  const Compiled c =
      compile({{"a.xsd", schema("targetNamespace='urn:a'",
                                "\n<xs:include schemaLocation='gone.xsd'/>\n"
                                "<xs:import namespace='urn:b' schemaLocation='http://example.com/b.xsd'/>"
                                "\n<xs:include schemaLocation='../../etc/passwd'/>")}});
  ASSERT_EQ(c.findings.size(), 3u) << c.all();
  EXPECT_EQ(c.findings[0].where, (SourceLocation{"a.xsd", 2, 1}));
  EXPECT_EQ(c.findings[1].where, (SourceLocation{"a.xsd", 3, 1}));
  EXPECT_EQ(c.findings[2].where, (SourceLocation{"a.xsd", 4, 1}));
  EXPECT_NE(c.findings[0].message.find("gone.xsd"), std::string::npos);
}

TEST(schema, a_broken_included_file_is_a_finding_in_that_file) {
  const Compiled c =
      compile({{"a.xsd", schema("", "<xs:include schemaLocation='b.xsd'/>")}}, {{"b.xsd", "<xs:schema>\n<oops"}});
  ASSERT_EQ(c.findings.size(), 1u) << c.all();
  EXPECT_EQ(c.findings[0].where.file, "b.xsd");
  EXPECT_EQ(
      compile({{"a.xsd", schema("", "<xs:include schemaLocation='b.xsd'/>")}}, {{"b.xsd", "<html/>"}}).findings.size(),
      1u);
}

TEST(schema, well_known_namespaces_need_no_file) {
  const std::string text = schema(
      "targetNamespace='urn:a' xmlns:wsa='http://www.w3.org/2005/08/addressing' "
      "xmlns:e='http://schemas.xmlsoap.org/soap/encoding/' "
      "xmlns:w='http://schemas.xmlsoap.org/wsdl/' xmlns:s='http://docs.oasis-open.org/wsbpel/2.0/serviceref' "
      "xmlns='urn:a'",
      "<xs:import namespace='http://www.w3.org/XML/1998/namespace' schemaLocation='http://www.w3.org/2001/xml.xsd'/>"
      "<xs:import namespace='http://www.w3.org/2005/08/addressing' "
      "schemaLocation='http://www.w3.org/2006/03/addressing/ws-addr.xsd'/>"
      "<xs:import namespace='http://schemas.xmlsoap.org/soap/encoding/'/><xs:import "
      "namespace='http://schemas.xmlsoap.org/wsdl/'/>"
      "<xs:import namespace='http://docs.oasis-open.org/wsbpel/2.0/serviceref'/>"
      "<xs:complexType name='Names'><xs:complexContent><xs:restriction base='e:Array'>"
      "<xs:attribute ref='e:arrayType' "
      "w:arrayType='xs:string[]'/></xs:restriction></xs:complexContent></xs:complexType>"
      "<xs:element name='a'><xs:complexType><xs:sequence><xs:element ref='wsa:EndpointReference'/><xs:element "
      "ref='s:service-ref'/>"
      "<xs:element name='n' type='Names'/></xs:sequence><xs:attribute ref='xml:lang'/></xs:complexType></xs:element>");
  const Compiled c = compile({{"a.xsd", text}});
  EXPECT_EQ(c.all(), "");
  EXPECT_EQ(
      element_errors(
          c,
          "<a:a xmlns:a='urn:a' xml:lang='de'><EndpointReference xmlns='http://www.w3.org/2005/08/addressing'>"
          "<Address>http://x</Address></EndpointReference><s:service-ref "
          "xmlns:s='http://docs.oasis-open.org/wsbpel/2.0/serviceref'><any/></s:service-ref><n><i>x</i></n></a:a>")
          .find("Address"),
      std::string::npos);
}

TEST(schema, the_service_reference_is_always_known) {
  const Compiled c = compile({});
  EXPECT_EQ(c.all(), "");
  EXPECT_TRUE(c.set->has_element({std::string(ns::serviceref), "service-ref"}));
  EXPECT_EQ(element_errors(c,
                           "<s:service-ref xmlns:s='http://docs.oasis-open.org/wsbpel/2.0/serviceref'>"
                           "<a:EndpointReference xmlns:a='urn:whatever'/></s:service-ref>"),
            "");
  EXPECT_NE(element_errors(c, "<s:service-ref xmlns:s='http://docs.oasis-open.org/wsbpel/2.0/serviceref'/>"), "");
}

TEST(schema, an_instance_cannot_make_it_load_anything) {
  const Compiled c = compile({{"order.xsd", order_schema}});
  EXPECT_EQ(
      element_errors(
          c,
          "<item xmlns='urn:o' no='1' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
          "xsi:schemaLocation='urn:o file:///etc/passwd urn:z http://127.0.0.1:1/z.xsd'><name/><qty>1</qty></item>"),
      "");
}

TEST(schema, many_threads_validate_with_one_set) {
  const Compiled c = compile({{"order.xsd", order_schema}});
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        if (!type_errors(c, "<q>10</q>", {"urn:o", "Qty"}).empty()) ++wrong;
        if (type_errors(c, "<q>11</q>", {"urn:o", "Qty"}).empty()) ++wrong;
        const std::string order = "<order xmlns='urn:o'><item no='1'><name>x</name><qty>10</qty></item>";
        if (!element_errors(c, order + "</order>").empty()) ++wrong;
        if (element_errors(c, order + "<item/></order>").empty()) ++wrong;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(schema, a_schema_cannot_take_all_memory) {
  const Compiled c =
      compile({{"bomb.xsd", schema("",
                                   "<xs:element name='e'><xs:complexType><xs:sequence maxOccurs='2000'>"
                                   "<xs:sequence maxOccurs='2000'><xs:element name='b'/><xs:element name='c'/>"
                                   "</xs:sequence></xs:sequence></xs:complexType></xs:element>")}});
  ASSERT_EQ(c.findings.size(), 1u) << c.all();
  EXPECT_NE(c.findings[0].message.find("128 MB"), std::string::npos);
  EXPECT_FALSE(c.set->has_element({"", "e"}));
  EXPECT_EQ(type_errors(c, "<a>1</a>", {"", "e"}).find("no schema"), 0u);
}

TEST(schema, more_sets_than_a_thread_keeps_validators_for) {
  std::vector<Compiled> sets;
  for (int i = 0; i < 7; ++i)
    sets.push_back(
        compile({{"a.xsd", schema("targetNamespace='urn:a'",
                                  "<xs:simpleType name='N'><xs:restriction base='xs:int'><xs:maxInclusive value='" +
                                      std::to_string(i) + "'/></xs:restriction></xs:simpleType>")}}));
  for (int round = 0; round < 3; ++round)
    for (int i = 0; i < 7; ++i) {
      EXPECT_EQ(type_errors(sets[i], "<n>" + std::to_string(i) + "</n>", {"urn:a", "N"}), "");
      EXPECT_NE(type_errors(sets[i], "<n>" + std::to_string(i + 1) + "</n>", {"urn:a", "N"}), "");
    }
}

}  // namespace
}  // namespace echoflow::xml

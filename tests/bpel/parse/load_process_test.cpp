#include "bpel/parse/loaded_process.hpp"

#include <algorithm>

#include "tests/bpel/parse/support.hpp"

namespace echoflow::parse {
namespace {

constexpr const char* wsdl_import =
    R"(<import namespace="urn:shop" location="shop.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>)";
constexpr const char* shop_wsdl = R"(<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:shop"
  xmlns:s="urn:shop" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <types><xsd:schema targetNamespace="urn:shop"><xsd:element name="order" type="xsd:int"/></xsd:schema></types>
  <message name="order"><part name="body" element="s:order"/></message></definitions>)";

struct Loaded {
  source::SourceSet sources;
  LoadedProcess process;
  Diagnostics findings;

  std::string messages() const {
    std::string out;
    for (const auto& finding : findings) out += to_string(finding) + "\n";
    return out;
  }
};

std::unique_ptr<Loaded> load(const std::string& imports, std::map<std::string, std::string> files) {
  auto out = std::make_unique<Loaded>();
  out->sources.files = std::move(files);
  out->sources.files["order.bpel"] = process_text(imports + "<empty/>");
  out->process = load_process("order.bpel", out->sources, out->findings);
  return out;
}

std::string with_types(const std::string& schemas) {
  return R"(<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:shop"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema"><types>)" +
         schemas + "</types></definitions>";
}

std::string schema(const std::string& ns, const std::string& content) {
  return R"(<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:t=")" + ns + R"(" targetNamespace=")" + ns +
         "\">" + content + "</xsd:schema>";
}

TEST(LoadProcess, BringsDefinitionsAndSchemasTogether) {
  const auto loaded = load(wsdl_import, {{"shop.wsdl", shop_wsdl}});
  EXPECT_EQ(loaded->messages(), "");
  const auto& process = loaded->process;
  ASSERT_EQ(process.imports.size(), 1u);
  EXPECT_EQ(process.imports[0].file, "shop.wsdl");
  EXPECT_EQ(process.imports[0].kind, FileKind::wsdl);
  EXPECT_EQ(process.imports[0].target_namespace, "urn:shop");
  EXPECT_TRUE(process.definitions.message({"urn:shop", "order"}));
  ASSERT_TRUE(process.schemas);
  EXPECT_TRUE(process.schemas->has_element({"urn:shop", "order"}));
  ASSERT_EQ(process.schema_definitions.size(), 1u);
  EXPECT_EQ(process.schema_definitions[0].name.clark(), "{urn:shop}order");
  EXPECT_EQ(process.schema_definitions[0].component, SchemaComponent::element);
  EXPECT_EQ(process.schema_definitions[0].where.line, 3u);
}

TEST(LoadProcess, KnowsEveryInlineSchemaOfAWsdl) {
  const std::string user = R"(<xsd:schema targetNamespace="urn:a" xmlns:b="urn:b"><xsd:import namespace="urn:b"/>
    <xsd:element name="a" type="b:B"/></xsd:schema>)";
  const std::string used = R"(<xsd:schema targetNamespace="urn:b"><xsd:complexType name="B"/></xsd:schema>
    <xsd:schema targetNamespace="urn:b"><xsd:element name="second" type="xsd:int"/></xsd:schema>)";
  const auto loaded = load(wsdl_import, {{"shop.wsdl", with_types(user + used)}});
  EXPECT_EQ(loaded->messages(), "");
  EXPECT_TRUE(loaded->process.schemas->has_element({"urn:a", "a"}));
  EXPECT_TRUE(loaded->process.schemas->has_type({"urn:b", "B"}));
  EXPECT_TRUE(loaded->process.schemas->has_element({"urn:b", "second"}));
}

TEST(LoadProcess, SchemaDefinitionsAreListedWithDoublesAndRedefinitions) {
  const std::string import = R"(importType="http://www.w3.org/2001/XMLSchema"/>)";
  const auto loaded =
      load(R"(<import namespace="urn:t" location="a.xsd" )" + import +
               R"(<import namespace="urn:t" location="b.xsd" )" + import,
           {{"a.xsd", schema("urn:t", R"(<xsd:simpleType name="n"><xsd:restriction base="xsd:int"/></xsd:simpleType>
         <xsd:element name="e" type="t:n"/><xsd:attribute name="a" type="xsd:int"/><xsd:attributeGroup name="ag"/>)")},
            {"b.xsd", schema("urn:t", R"(<xsd:redefine schemaLocation="a.xsd"><xsd:simpleType name="n">
         <xsd:restriction base="t:n"><xsd:maxInclusive value="3"/></xsd:restriction></xsd:simpleType></xsd:redefine>)")}});
  const auto& all = loaded->process.schema_definitions;
  const auto n = std::count_if(all.begin(), all.end(), [](const SchemaDefinition& d) {
    return d.component == SchemaComponent::type && d.name == QName{"urn:t", "n"};
  });
  EXPECT_EQ(n, 2);
  EXPECT_EQ(all.size(), 5u);
  EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const SchemaDefinition& d) { return d.redefinition; }), 1);
  EXPECT_EQ(loaded->process.schema_sources.size(), 2u);
}

TEST(LoadProcess, ChameleonSchemaTakesTheNamespaceOfItsIncluder) {
  const auto loaded = load(
      R"(<import namespace="urn:t" location="a.xsd" importType="http://www.w3.org/2001/XMLSchema"/>)",
      {{"a.xsd", schema("urn:t", R"(<xsd:include schemaLocation="parts/b.xsd"/>)")},
       {"parts/b.xsd",
        R"(<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:element name="e" type="xsd:int"/></xsd:schema>)"}});
  EXPECT_EQ(loaded->messages(), "");
  EXPECT_EQ(loaded->process.schema_definitions.at(0).name.clark(), "{urn:t}e");
  EXPECT_TRUE(loaded->process.schemas->has_element({"urn:t", "e"}));
}

TEST(LoadProcess, FlattenedSchemasAreFound) {
  const auto loaded =
      load(R"(<import namespace="urn:t" location="schemas/a.xsd" importType="http://www.w3.org/2001/XMLSchema"/>)",
           {{"a.xsd", schema("urn:t", R"(<xsd:include schemaLocation="parts/b.xsd"/>)")},
            {"b.xsd", schema("urn:t", R"(<xsd:element name="e" type="xsd:int"/>)")}});
  EXPECT_EQ(loaded->messages(), "");
  EXPECT_EQ(loaded->process.imports.at(0).file, "a.xsd");
  EXPECT_TRUE(loaded->process.schemas->has_element({"urn:t", "e"}));
}

TEST(LoadProcess, ImportWithoutLocationIsSearchedByNamespace) {
  const auto loaded = load(R"(<import namespace="urn:shop" importType="http://schemas.xmlsoap.org/wsdl/"/>)",
                           {{"deep/other.wsdl", "broken"}, {"deep/shop.wsdl", shop_wsdl}});
  EXPECT_EQ(loaded->messages(), "");
  EXPECT_EQ(loaded->process.imports.at(0).file, "deep/shop.wsdl");
  EXPECT_TRUE(loaded->process.definitions.message({"urn:shop", "order"}));
}

TEST(LoadProcess, MissingAndForeignFilesAreTold) {
  const auto loaded = load(
      R"(<import location="gone.xsd" importType="http://www.w3.org/2001/XMLSchema"/>
         <import location="http://example.com/far.xsd" importType="http://www.w3.org/2001/XMLSchema"/>
         <import location="page.html" importType="http://schemas.xmlsoap.org/wsdl/"/>)",
      {{"page.html", "<html/>"}});
  EXPECT_EQ(loaded->messages(),
            "order.bpel:3:1: BPEL The imported file \"gone.xsd\" is not in the deployment; add it or correct the "
            "location.\n"
            "order.bpel:4:10: warning: BPEL The imported file \"http://example.com/far.xsd\" is not in the deployment, "
            "and nothing is fetched from the network; add a copy of it.\n");
  EXPECT_EQ(loaded->process.imports.at(0).kind, FileKind::missing);
  EXPECT_EQ(loaded->process.imports.at(2).kind, FileKind::other);
}

TEST(LoadProcess, BrokenFilesGiveFindingsOnce) {
  const auto loaded = load(std::string(wsdl_import) + wsdl_import, {{"shop.wsdl", "<definitions>"}});
  ASSERT_EQ(loaded->findings.size(), 1u) << loaded->messages();
  EXPECT_EQ(loaded->findings[0].rule, "XML");
  EXPECT_EQ(loaded->findings[0].where.file, "shop.wsdl");
  ASSERT_TRUE(loaded->process.schemas);
}

TEST(LoadProcess, MissingIncludeIsToldOnce) {
  const auto loaded =
      load(R"(<import namespace="urn:t" location="a.xsd" importType="http://www.w3.org/2001/XMLSchema"/>)",
           {{"a.xsd", schema("urn:t", R"(<xsd:include schemaLocation="gone.xsd"/>)")}});
  ASSERT_EQ(loaded->findings.size(), 1u) << loaded->messages();
  EXPECT_EQ(loaded->findings[0].rule, "XSD");
}

TEST(LoadProcess, BrokenIncludeIsToldOnce) {
  const auto loaded =
      load(R"(<import namespace="urn:t" location="a.xsd" importType="http://www.w3.org/2001/XMLSchema"/>)",
           {{"a.xsd", schema("urn:t", R"(<xsd:include schemaLocation="b.xsd"/>)")}, {"b.xsd", "<oops>"}});
  ASSERT_EQ(loaded->findings.size(), 1u) << loaded->messages();
  EXPECT_EQ(loaded->findings[0].where.file, "b.xsd");
}

TEST(LoadProcess, SchemaMistakesPointIntoTheWsdl) {
  std::string wsdl = shop_wsdl;
  wsdl.replace(wsdl.find("xsd:int"), 7, "s:none");
  const auto loaded = load(wsdl_import, {{"shop.wsdl", wsdl}});
  ASSERT_EQ(loaded->findings.size(), 1u) << loaded->messages();
  EXPECT_EQ(loaded->findings[0].rule, "XSD");
  EXPECT_EQ(loaded->findings[0].where.file, "shop.wsdl");
  EXPECT_EQ(loaded->findings[0].where.line, 3u);
}

}  // namespace
}  // namespace echoflow::parse

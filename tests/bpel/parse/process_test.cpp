#include "tests/bpel/parse/support.hpp"

namespace echoflow::parse {
namespace {

TEST(ParseProcess, HeadAndImports) {
  const auto parsed = parse_content(R"(
    <documentation xml:lang="en">Takes orders.</documentation>
    <x:owner>sales</x:owner>
    <extensions><extension namespace="urn:ext" mustUnderstand="no"/></extensions>
    <import namespace="urn:shop" location="shop.wsdl" importType="http://schemas.xmlsoap.org/wsdl/"/>
    <import importType="http://www.w3.org/2001/XMLSchema"/>
    <empty/>)",
                                    R"(queryLanguage="urn:q" expressionLanguage="urn:e" suppressJoinFailure="yes"
                                       exitOnStandardFault="yes" x:colour="red")");
  EXPECT_EQ(parsed.messages(), "");
  const auto& process = parsed.process;
  EXPECT_EQ(process.name, "Order");
  EXPECT_EQ(process.target_namespace, "urn:shop");
  EXPECT_EQ(process.query_language, "urn:q");
  EXPECT_EQ(process.expression_language, "urn:e");
  EXPECT_EQ(process.suppress_join_failure, ast::YesNo::yes);
  EXPECT_EQ(process.body.exit_on_standard_fault, ast::YesNo::yes);
  ASSERT_EQ(process.documentation.size(), 1u);
  EXPECT_EQ(process.documentation[0].text, "Takes orders.");
  EXPECT_EQ(process.documentation[0].language, "en");
  ASSERT_EQ(process.extension_elements.size(), 1u);
  EXPECT_EQ(process.extension_elements[0].name.clark(), "{urn:ext}owner");
  ASSERT_EQ(process.extension_attributes.size(), 1u);
  EXPECT_EQ(process.extension_attributes[0].second, "red");
  EXPECT_EQ(process.extensions.at(0).must_understand, ast::YesNo::no);
  ASSERT_EQ(process.imports.size(), 2u);
  EXPECT_EQ(process.imports[0].location, "shop.wsdl");
  EXPECT_FALSE(process.imports[1].ns);
  EXPECT_FALSE(process.imports[1].location);
}

TEST(ParseProcess, AnotherPrefixForBpelWorks) {
  const auto parsed = parse_text(
      R"(<b:process xmlns:b="http://docs.oasis-open.org/wsbpel/2.0/process/executable" name="P" targetNamespace="urn:p">
         <b:throw faultName="b:selectionFailure"/></b:process>)");
  EXPECT_EQ(parsed.messages(), "");
  EXPECT_EQ(activity_of<ast::Throw>(parsed).fault_name.ns, "http://docs.oasis-open.org/wsbpel/2.0/process/executable");
}

TEST(ParseProcess, AbstractProcessIsRefused) {
  const auto parsed = parse_text(
      R"(<process xmlns="http://docs.oasis-open.org/wsbpel/2.0/process/abstract" name="P" targetNamespace="u"/>)");
  EXPECT_EQ(parsed.count("order.bpel:1:1: BPEL This is an abstract process"), 1) << parsed.messages();
}

TEST(ParseProcess, OlderAndForeignDocumentsAreRefused) {
  EXPECT_EQ(parse_text(R"(<process xmlns="http://schemas.xmlsoap.org/ws/2003/03/business-process/"/>)")
                .count("written in BPEL4WS 1.1"),
            1);
  EXPECT_EQ(parse_text("<html/>").count("The document element is <html>; a process begins with <process>"), 1);
}

TEST(ParseProcess, BrokenXmlIsAFinding) {
  const auto parsed = parse_text("<process>\n  <empty>\n</process>");
  ASSERT_EQ(parsed.findings.size(), 1u);
  EXPECT_EQ(parsed.findings[0].rule, "XML");
  EXPECT_EQ(parsed.findings[0].where.line, 3u);
  EXPECT_EQ(parsed.process.body.activity, nullptr);
}

TEST(ParseProcess, MissingFileIsAFinding) {
  Diagnostics findings;
  const auto process = parse_process("gone.bpel", {}, findings);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].rule, "XML");
}

}  // namespace
}  // namespace echoflow::parse

#include "tests/bpel/parse/support.hpp"

namespace echoflow::parse {
namespace {

ast::Copy read_one(const std::string& from, const std::string& to, std::string* messages = nullptr) {
  auto parsed = parse_content("<assign><copy>" + from + to + "</copy></assign>");
  if (messages) {
    *messages = parsed.messages();
  } else {
    EXPECT_EQ(parsed.messages(), "");
  }
  auto& assign = dynamic_cast<ast::Assign&>(*parsed.process.body.activity);
  return std::get<ast::Copy>(std::move(assign.operations.at(0)));
}

TEST(ParseCopy, VariablePartAndQuery) {
  const auto copy = read_one(R"(<from variable="A" part="p"><query queryLanguage="urn:q">/a/b</query></from>)",
                             R"(<to variable="B"/>)");
  const auto& from = std::get<ast::PartReference>(copy.from.variant);
  EXPECT_EQ(from.variable, "A");
  EXPECT_EQ(from.part, "p");
  EXPECT_EQ(from.query->text, "/a/b");
  EXPECT_EQ(from.query->language, "urn:q");
  EXPECT_FALSE(std::get<ast::PartReference>(copy.to.variant).query);
}

TEST(ParseCopy, PropertyAndPartnerLink) {
  const auto copy = read_one(R"(<from variable="A" property="s:id"/>)", R"(<to partnerLink="P"/>)");
  EXPECT_EQ(std::get<ast::PropertyReference>(copy.from.variant).property.clark(), "{urn:shop}id");
  EXPECT_EQ(std::get<ast::PartnerLinkReference>(copy.to.variant).partner_link, "P");
  const auto reference = read_one(R"(<from partnerLink="P" endpointReference="myRole"/>)", R"(<to variable="V"/>)");
  EXPECT_EQ(std::get<ast::PartnerLinkReference>(reference.from.variant).endpoint_reference, "myRole");
}

TEST(ParseCopy, LiteralIsTheElementThatHoldsTheValue) {
  const auto copy = read_one("<from><literal><x:a>1</x:a></literal></from>", R"(<to variable="V"/>)");
  const auto& literal = std::get<ast::Literal>(copy.from.variant);
  EXPECT_EQ(literal.origin.document->local_name(literal.origin.element), "literal");
}

TEST(ParseCopy, ExpressionIsTheTextAroundComments) {
  const auto copy =
      read_one("<from expressionLanguage=\"urn:l\">$a <!-- plus --><![CDATA[< 3]]></from>", "<to>$b/x:c</to>");
  const auto& from = std::get<ast::Expression>(copy.from.variant);
  EXPECT_EQ(from.text, "$a < 3");
  EXPECT_EQ(from.language, "urn:l");
  EXPECT_EQ(std::get<ast::Expression>(copy.to.variant).text, "$b/x:c");
}

TEST(ParseCopy, EmptyVariantIsKeptForTheRules) {
  const auto copy = read_one("<from/>", "<to> </to>");
  EXPECT_TRUE(std::holds_alternative<ast::NoVariant>(copy.from.variant));
  EXPECT_TRUE(std::holds_alternative<ast::NoVariant>(copy.to.variant));
}

TEST(ParseCopy, MixedVariantsAreLeftToTheRules) {
  std::string messages;
  const auto copy = read_one(R"(<from variable="A" endpointReference="partnerRole">$x</from>)",
                             R"(<to partnerLink="P" variable="V"/>)", &messages);
  EXPECT_EQ(messages, "");
  EXPECT_TRUE(copy.from.origin.document);
  EXPECT_EQ(copy.from.origin.document->attribute(copy.from.origin.element, "endpointReference"), "partnerRole");
}

TEST(ParseCopy, MissingToIsReported) {
  std::string messages;
  read_one("<from>1</from>", "", &messages);
  EXPECT_NE(messages.find("BPEL <copy> lacks its <to>; add it."), std::string::npos) << messages;
}

}  // namespace
}  // namespace echoflow::parse

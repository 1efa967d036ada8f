#include <gtest/gtest.h>

#include "bpel/generate/expressions/syntax.hpp"

namespace echoflow::generate {
namespace {

KnownVariables known() {
  return {{"order", {"$order", ValueType::text}},    {"count", {"$count", ValueType::number}},
          {"paid", {"$paid", ValueType::truth}},     {"other", {"$other", ValueType::unknown}},
          {"case", {"$case", ValueType::structure}}, {"names", {"$names", ValueType::list}}};
}

std::string translated(std::string_view text, ValueType wanted = ValueType::truth) {
  const auto syntax = parse_expression(text);
  if (!syntax) return "refused: " + syntax.error().message;
  const auto xpath = to_xpath(*syntax, known(), wanted);
  return xpath ? *xpath : "refused: " + xpath.error().message;
}

struct Translation {
  std::string_view text, xpath;
};

TEST(Expressions, SayTheSameInXpath) {
  constexpr Translation cases[] = {
      {"order.contains(\"urgent\")", "contains(string($order), 'urgent')"},
      {"contains(order, 'urgent')", "contains(string($order), 'urgent')"},
      {"!order.startsWith('A')", "not(starts-with(string($order), 'A'))"},
      {"count<3", "(number($count) < 3)"},
      {"3 <= count && count != 7", "((3 <= number($count)) and (number($count) != 7))"},
      {"count eq 3 or not paid", "((number($count) = 3) or not((string($paid) = 'true' or string($paid) = '1')))"},
      {"order == 'x'", "(string($order) = 'x')"},
      {"order.equals(\"x\")", "(string($order) = 'x')"},
      {"paid == true", "((string($paid) = 'true' or string($paid) = '1') = true())"},
      {"count % 2 == 0", "((number($count) mod 2) = 0)"},
      {"(count + 1) * 2 > 4", "(((number($count) + 1) * 2) > 4)"},
      {"empty order", "(string-length(string(cx:given($order))) = 0)"},
      {"order == null", "(string(cx:given($order)) = '')"},
      {"starts with(order, \"A\")", "starts-with(string($order), 'A')"},
      {"true", "true()"},
      {"order = \"it's\"", "(string($order) = \"it's\")"},
  };
  for (const auto& [text, xpath] : cases) EXPECT_EQ(translated(text), xpath) << text;
}

TEST(Expressions, ReadFieldsAndItems) {
  constexpr Translation cases[] = {
      {"case.amount > 3", "(number($case/*[local-name() = 'amount']) > 3)"},
      {"case.buyer.name == 'x'", "(string($case/*[local-name() = 'buyer']/*[local-name() = 'name']) = 'x')"},
      {"case['amount'] > 3", "(number($case/*[local-name() = 'amount']) > 3)"},
      {"case.getAmount() > 3", "(number($case/*[local-name() = 'amount']) > 3)"},
      {"names.size() > 1", "(count($names/*) > 1)"},
      {"names.length > 1", "(count($names/*) > 1)"},
      {"empty names", "(count(cx:given($names)/*) = 0)"},
      {"names.contains('x')", "boolean($names/*[string(.) = 'x'])"},
      {"names[0] == 'x'", "(string(($names/*)[position() = 0 + 1]) = 'x')"},
      {"names.get(count) == 'x'", "(string(($names/*)[position() = number($count) + 1]) = 'x')"},
      {"count(case.lines) = 2", "(count($case/*[local-name() = 'lines']) = 2)"},
  };
  for (const auto& [text, xpath] : cases) EXPECT_EQ(translated(text), xpath) << text;
}

TEST(Expressions, CountItemsFromOneInFeel) {
  const auto syntax = parse_expression("names[1] = \"x\"", {true, {}});
  ASSERT_TRUE(syntax) << syntax.error().message;
  EXPECT_EQ(*to_xpath(*syntax, known(), ValueType::truth), "(string(($names/*)[position() = 1]) = 'x')");
}

TEST(Expressions, ChooseBetweenTwoValues) {
  EXPECT_EQ(translated("count > 3 ? paid : false"),
            "(((number(cx:given($count)) > 3) and (string(cx:given($paid)) = 'true' or string(cx:given($paid)) = '1')) "
            "or (not((number(cx:given($count)) > 3)) and false()))");
  EXPECT_EQ(translated("if paid then 'a' else 'b'", ValueType::text), translated("paid ? 'a' : 'b'", ValueType::text));
  EXPECT_EQ(translated("count > 3 ? 1 : 2", ValueType::number),
            "number(concat(substring(string(1), 1 div number((number(cx:given($count)) > 3))), substring(string(2), 1 "
            "div number(not((number(cx:given($count)) > 3))))))");
  EXPECT_TRUE(translated("paid ? 1").starts_with("refused"));
  EXPECT_TRUE(translated("if paid then 1").starts_with("refused"));
}

TEST(Expressions, TakeNamesOfSeveralWords) {
  KnownVariables variables{{"Vacation Approval", {"$Vacation_Approval", ValueType::text}}};
  const auto syntax = parse_expression("Vacation Approval = \"yes\"", {true, {"Vacation Approval"}});
  ASSERT_TRUE(syntax) << syntax.error().message;
  EXPECT_EQ(*to_xpath(*syntax, variables, ValueType::truth), "(string($Vacation_Approval) = 'yes')");
}

TEST(Expressions, StayShortOrAreRefused) {
  std::string text = "paid";
  for (int i = 0; i < 40; ++i) text = "(" + text + " ? count : 1) > 2";
  EXPECT_TRUE(translated(text).starts_with("refused"));
}

TEST(Expressions, RefuseWhatTheyDoNotUnderstand) {
  constexpr std::string_view cases[] = {"order.amount > 3",
                                        "frobnicate(order)",
                                        "order ==",
                                        "order.contains()",
                                        "(count",
                                        "count # 3",
                                        "'open",
                                        "items[0]",
                                        "order < 'b'",
                                        "order[0] == 'b'",
                                        "case.name.length > 3",
                                        "execution.id == 'x'",
                                        "missing > 3",
                                        "contains(order, 'a', 'b')"};
  for (const auto text : cases)
    EXPECT_TRUE(translated(text).starts_with("refused")) << text << ": " << translated(text);
}

TEST(Expressions, KeepBothKindsOfQuotationMarks) {
  EXPECT_EQ(xpath_literal("plain"), "'plain'");
  EXPECT_EQ(xpath_literal("it's"), "\"it's\"");
  EXPECT_EQ(xpath_literal("it's \"so\""), "concat('it', \"'s \", '\"so\"')");
}

TEST(Expressions, EndInTimeWhenNestedDeeply) {
  const std::string deep(100'000, '(');
  EXPECT_TRUE(translated(deep).starts_with("refused"));
  EXPECT_TRUE(translated(std::string(5'000, '!') + "paid").starts_with("refused"));
}

TEST(Expressions, TellTheTypesOfVariables) {
  ValueTypes types;
  infer(*parse_expression("a < 3 && b.contains('x') && !c && d == 'y' && e > f"), ValueType::truth, types);
  EXPECT_EQ(types["a"], ValueType::number);
  EXPECT_EQ(types["b"], ValueType::text);
  EXPECT_EQ(types["c"], ValueType::truth);
  EXPECT_EQ(types["d"], ValueType::text);
  EXPECT_EQ(types["e"], ValueType::number);
  EXPECT_EQ(types["f"], ValueType::number);
}

TEST(Scripts, AreAssignments) {
  const auto script = parse_script(
      "count = count + 1; var order = 'x'\npaid = true\ncount += 2; count++\nexecution.setVariable(\"other\", 5);");
  ASSERT_TRUE(script) << script.error().message;
  ASSERT_EQ(script->size(), 6u);
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"count", "(number($count) + 1)"}, {"order", "'x'"}, {"paid", "true()"}, {"count", "(number($count) + 2)"},
      {"count", "(number($count) + 1)"}, {"other", "5"}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ((*script)[i].variable, expected[i].first);
    EXPECT_EQ(*to_xpath((*script)[i].value, known(), ValueType::unknown), expected[i].second);
  }
}

TEST(Scripts, RefuseOtherThings) {
  for (const auto text : {"for (i in 1..3) x = i", "log.info(order)", "if (paid) { count = 1 }", "x", "return 3"})
    EXPECT_FALSE(parse_script(text)) << text;
}

}  // namespace
}  // namespace echoflow::generate

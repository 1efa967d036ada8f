#include <gtest/gtest.h>

#include "bpel/generate/expressions/syntax.hpp"

namespace echoflow::generate {
namespace {

KnownVariables known() {
  return {{"order", {"$order", ValueType::text}},
          {"count", {"$count", ValueType::number}},
          {"paid", {"$paid", ValueType::truth}},
          {"other", {"$other", ValueType::unknown}}};
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
      {"empty order", "(string-length(string($order)) = 0)"},
      {"order == null", "(string($order) = '')"},
      {"starts with(order, \"A\")", "starts-with(string($order), 'A')"},
      {"true", "true()"},
      {"order = \"it's\"", "(string($order) = \"it's\")"},
  };
  for (const auto& [text, xpath] : cases) EXPECT_EQ(translated(text), xpath) << text;
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

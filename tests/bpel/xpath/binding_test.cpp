// WS-BPEL 2.0 §8.2 to §8.4: variables, links, properties, and what may be assigned to.
#include "tests/bpel/xpath/fixture.hpp"

namespace echoflow::xpath::test {
namespace {

class Binding : public testing::Test {
 protected:
  Binding() {
    world_.message("order", {{"body", "<n:order xmlns:n='urn:n'><n:item qty='3'>7</n:item></n:order>"},
                             {"head-er.x", "<h>1</h>"},
                             {"gone", ""}});
    world_.message("order.more", {{"x", "<x>longest</x>"}});
    world_.simple("flag", "boolean", "false");
    world_.simple("badflag", "boolean", "maybe");
    world_.simple("n", "int", " 12 ");
    world_.simple("big", "long", "9007199254740993");
    world_.simple("price", "decimal", "1.10");
    world_.simple("float", "double", "1.5E3");
    world_.simple("infinite", "double", "INF");
    world_.simple("notnumber", "int", "x");
    world_.simple("text", "string", " a b ");
    world_.simple("day", "date", "2024-02-29");
    world_.simple("none", "int", nullptr);
    world_.complex("address", "<street>Main</street><n:zip xmlns:n='urn:n'>123</n:zip>");
    world_.link("first", true);
    world_.link("second", false);
  }
  std::string value(std::string_view e, Purpose purpose = Purpose::expression) {
    return value_of(world_, e, ns::xpath1_sublang, nullptr, purpose);
  }
  std::optional<bool> has_free_path(const char* text) {
    const auto context = world_.context();
    const auto found = references(text, ns::xpath1_sublang, context.document, context.element);
    return found.ok() ? std::optional(found->has_path_without_variable) : std::nullopt;
  }
  World world_;
};

TEST_F(Binding, PartsOfMessages) {
  EXPECT_EQ(value("$order.body/n:item/@qty"), "qty=3");
  EXPECT_EQ(value("count($order.body)"), "1");
  EXPECT_EQ(value("name($order.body)"), "'n:order'");
  EXPECT_EQ(value("string($order.head-er.x)"), "'1'");
  EXPECT_EQ(value("string($order.more.x)"), "'longest'");
  EXPECT_EQ(value("$order.body/n:item - 1"), "6");
  EXPECT_EQ(value("count($order.body/..)"), "1");
}

TEST_F(Binding, SimpleTypesAreValues) {
  EXPECT_EQ(value("$flag"), "false");
  EXPECT_EQ(value("not($flag)"), "true");
  EXPECT_EQ(value("boolean($flag)"), "false");
  EXPECT_EQ(value("$n + 1"), "13");
  EXPECT_EQ(value("$n = 12"), "true");
  EXPECT_EQ(value("concat($n, '')"), "'12'");
  EXPECT_EQ(value("$price * 2"), "2.2");
  EXPECT_EQ(value("$float + 0"), "1500");
  EXPECT_EQ(value("$infinite + 1"), "Infinity");
  EXPECT_EQ(value("$notnumber + 0"), "NaN");
  EXPECT_EQ(value("string-length($text)"), "5");
  EXPECT_EQ(value("$text = ' a b '"), "true");
  EXPECT_EQ(value("$day"), "'2024-02-29'");
  EXPECT_EQ(value("string($address/street)"), "'Main'");
  EXPECT_EQ(value("$address/n:zip + 1"), "124");
  EXPECT_EQ(value("$badflag").substr(0, 26), "!subLanguageExecutionFault");
}

TEST_F(Binding, BareNumbersKeepTheirDigits) {
  EXPECT_EQ(value("$big"), "'9007199254740993'");
  EXPECT_EQ(value("$price"), "'1.10'");
  EXPECT_EQ(value("$n"), "'12'");
  EXPECT_EQ(value("$notnumber"), "NaN");
  EXPECT_EQ(value("$big + 0"), "9007199254740992");
}

TEST_F(Binding, TargetsAreNodes) {
  EXPECT_EQ(value("$n", Purpose::target), "<n> 12 </n>");
  EXPECT_EQ(value("$flag", Purpose::target), "<flag>false</flag>");
  EXPECT_EQ(value("$order.body/n:item", Purpose::target), "<n:item qty=\"3\">7</n:item>");
}

TEST_F(Binding, UninitialisedVariables) {
  EXPECT_EQ(value("$none").substr(0, 22), "!uninitializedVariable");
  EXPECT_EQ(value("$order.gone").substr(0, 22), "!uninitializedVariable");
  EXPECT_EQ(value("$order.gone/x").substr(0, 22), "!uninitializedVariable");
  EXPECT_EQ(value("false() and $none"), "false");
  EXPECT_NE(value("$none").find("'none'"), std::string::npos);
}

TEST_F(Binding, UnknownNamesDoNotCompile) {
  for (const auto* e : {"$nothing",
                        "$order.nopart",
                        "$order",
                        "$n.part",
                        "$x:y",
                        "$u:y",
                        "u:f()",
                        "u:x",
                        "bpel:nothing()",
                        "foo()",
                        "string(1, 2)",
                        "concat('a')",
                        "not()",
                        "$order.body/u:item",
                        "@u:a",
                        "bpel:getVariableProperty('order')",
                        "bpel:getVariableProperty('nothing', 'n:p')",
                        "bpel:getVariableProperty('order', 'n:unknown')",
                        "bpel:getVariableProperty($text, 'n:p')",
                        "bpel:doXslTransform('a.xsl')",
                        "bpel:doXslTransform('a.xsl', $order.body, 'p')",
                        "bpel:doXslTransform($text, $order.body)",
                        "current-date()",
                        "upper-case('a')"})
    EXPECT_EQ(value(e).substr(0, 1), "?") << e << " gave " << value(e);
}

TEST_F(Binding, ErrorsNameTheirPlace) {
  const auto place = [&](std::string_view e) {
    const auto compiled = compile(e, world_.context());
    return compiled.ok() ? std::size_t{999} : compiled.error().offset;
  };
  EXPECT_EQ(place("1 + $nothing"), 4u);
  EXPECT_EQ(place("1 + "), 4u);
  EXPECT_EQ(place("concat('a', u:f())"), 12u);
  EXPECT_EQ(place("'open"), 0u);
  EXPECT_EQ(place("1 # 2"), 2u);
  EXPECT_EQ(place("$order.body/u:x"), 12u);
  EXPECT_EQ(place("foo::bar"), 0u);
  EXPECT_EQ(place("(1"), 2u);
  EXPECT_EQ(place("1)"), 1u);
  const auto compiled = compile("1 + $nothing", world_.context());
  EXPECT_NE(compiled.error().message.find("'nothing'"), std::string::npos);
}

TEST_F(Binding, ExpressionsHaveNoContextNode) {
  for (const auto* e : {"NoConditionHere", ".", "a/b", "/a", "//a", "@a", "string()", "name()", "position()", "last()",
                        "number()", "lang('en')", "*"})
    EXPECT_EQ(value(e).substr(0, 26), "!subLanguageExecutionFault") << e << " gave " << value(e);
  EXPECT_EQ(value("$order.body/*[1][. = 7]/@qty"), "qty=3");
}

TEST_F(Binding, PathsIntoSimpleVariablesFault) {
  for (const auto* e : {"$n/x", "$n[1]", "$text//x", "count($n)", "$n | $order.body", "sum($text)", "$flag/.."})
    EXPECT_EQ(value(e).substr(0, 26), "!subLanguageExecutionFault") << e << " gave " << value(e);
  for (const auto* e : {"1/x", "'a'[1]", "true()/x", "1 | 2"})
    EXPECT_EQ(value(e).substr(0, 1), "?") << e << " gave " << value(e);
}

TEST_F(Binding, EmptyExpressionsFault) {
  EXPECT_EQ(value("").substr(0, 26), "!subLanguageExecutionFault");
  EXPECT_EQ(value("  \n ").substr(0, 26), "!subLanguageExecutionFault");
}

TEST_F(Binding, JoinConditions) {
  EXPECT_EQ(value("$first and $second", Purpose::join_condition), "false");
  EXPECT_EQ(value("$first or $second", Purpose::join_condition), "true");
  EXPECT_EQ(value("not($second)", Purpose::join_condition), "true");
  EXPECT_EQ(value("$n", Purpose::join_condition).substr(0, 1), "?");
  EXPECT_EQ(value("$first").substr(0, 1), "?");
}

TEST_F(Binding, Properties) {
  const auto query = compile("n:item", world_.context(ns::xpath1_sublang, Purpose::query));
  ASSERT_TRUE(query.ok());
  const auto many = compile("n:item | @none | .", world_.context(ns::xpath1_sublang, Purpose::query));
  ASSERT_TRUE(many.ok());
  world_.alias("{urn:n}item", {{"urn:n", "item"}, 0, query->get()});
  world_.alias("{urn:n}whole", {{"urn:n", "whole"}, 0, nullptr});
  world_.alias("{urn:n}many", {{"urn:n", "many"}, 0, many->get()});
  world_.alias("{urn:n}gone", {{"urn:n", "gone"}, 2, query->get()});
  EXPECT_EQ(value("bpel:getVariableProperty('order', 'n:item') + 1"), "8");
  EXPECT_EQ(value("bpel:getVariableProperty('order', 'n:item')"), "<n:item qty=\"3\">7</n:item>");
  EXPECT_EQ(value("bpel:getVariableProperty('order', 'n:whole')/n:item/@qty"), "qty=3");
  EXPECT_EQ(value("bpel:getVariableProperty('order', 'n:many')").substr(0, 17), "!selectionFailure");
  EXPECT_EQ(value("bpel:getVariableProperty('order', 'n:gone')").substr(0, 22), "!uninitializedVariable");
}

TEST_F(Binding, ConversionsForTheEngine) {
  const auto run = [&](const char* text) {
    auto compiled = compile(text, world_.context());
    EXPECT_TRUE(compiled.ok()) << text;
    return std::move(*compiled);
  };
  EXPECT_TRUE(*run("$order.body/n:item = 7")->evaluate_boolean(world_));
  EXPECT_FALSE(*run("$order.body/none")->evaluate_boolean(world_));
  EXPECT_TRUE(*run("'false'")->evaluate_boolean(world_));
  EXPECT_EQ(*run("'P1D'")->evaluate_string(world_), "P1D");
  EXPECT_EQ(*run("$order.body/n:item")->evaluate_string(world_), "7");
  EXPECT_EQ(*run("$order.body/n:item + 1")->evaluate_number(world_), 8);
  EXPECT_EQ(*run("$big")->evaluate_string(world_), "9007199254740993");
  EXPECT_TRUE(std::isnan(*run("'x'")->evaluate_number(world_)));
  EXPECT_EQ(run("$big")->text(), "$big");
}

TEST_F(Binding, UsesAreReported) {
  const auto compiled = compile("$order.body/x[@a = $n] + $n + $address/street", world_.context());
  ASSERT_TRUE(compiled.ok());
  const auto& uses = (*compiled)->uses();
  ASSERT_EQ(uses.size(), 3u);
  EXPECT_EQ(uses[0].variable, 0u);
  EXPECT_EQ(uses[0].part, 0u);
}

TEST_F(Binding, References) {
  const auto found = references("$a.b/c + bpel:getVariableProperty('x', 'n:p') + count(d) + $u:z", ns::xpath1_sublang,
                                world_.context().document, world_.context().element);
  ASSERT_TRUE(found.ok()) << found.error().message;
  EXPECT_EQ(found->variables, (std::vector<std::string>{"a.b", "u:z"}));
  ASSERT_EQ(found->calls.size(), 2u);
  EXPECT_EQ(found->calls[0].name, (QName{std::string(ns::bpel), "getVariableProperty"}));
  EXPECT_EQ(found->calls[0].literal_arguments[0], "x");
  EXPECT_FALSE(found->calls[1].literal_arguments[0].has_value());
  EXPECT_TRUE(found->has_path_without_variable);
  const auto clean =
      references("$a/b[c = 1]/d", ns::xpath1_sublang, world_.context().document, world_.context().element);
  EXPECT_FALSE(clean->has_path_without_variable);
  for (const auto* text :
       {"/a", "//a", "a", ".", "..", "@a", "/", "$a + b", "f/g", "count(x)", "$a[1]/b | c", "(d)[1]"})
    EXPECT_EQ(has_free_path(text), std::optional(true)) << text;
  for (const auto* text : {"$a", "1", "$a/b", "$a[b]", "concat('a', $b/c)", "$a/b/.."})
    EXPECT_EQ(has_free_path(text), std::optional(false)) << text;
  EXPECT_FALSE(references("1 +", ns::xpath1_sublang, world_.context().document, world_.context().element).ok());
}

TEST_F(Binding, Languages) {
  EXPECT_TRUE(is_supported_language("urn:oasis:names:tc:wsbpel:2.0:sublang:xpath1.0"));
  EXPECT_TRUE(is_supported_language("urn:oasis:names:tc:wsbpel:2.0:sublang:xpath2.0"));
  EXPECT_TRUE(is_supported_language("http://www.w3.org/TR/1999/REC-xpath-19991116"));
  EXPECT_FALSE(is_supported_language("http://superfluous.com"));
  EXPECT_EQ(value_of(world_, "1", "http://superfluous.com").substr(0, 1), "?");
}

}  // namespace
}  // namespace echoflow::xpath::test

// XPath 1.0 over one document. Expected values follow from the Recommendation of 16 November 1999.
#include "tests/bpel/xpath/fixture.hpp"

namespace echoflow::xpath::test {
namespace {

constexpr const char* shop = R"(<shop xmlns:n="urn:n" xml:lang="en-GB" open="yes"><!--c1--><?pi data?>
<n:item id="a" qty="1"><n:price>10</n:price><name>pen</name></n:item>
<n:item id="b" qty="3"><n:price>2.5</n:price><name xml:lang="de">Stift</name></n:item>
<n:item id="c" qty="5"><n:price>4</n:price><name>ink<b>black</b></name></n:item>
<plain>x</plain><plain>y</plain><plain/>tail</shop>)";

class XPath1 : public testing::Test {
 protected:
  XPath1() {
    world_.element("s", shop);
    world_.element("deep", "<a><a><b>1</b></a><b>2</b><a><b>3</b><a><b>4</b></a></a></a>");
    world_.element("num", "<r><i>1</i><i>2</i><i>3</i><j>3</j><j>4</j><k>x</k><e/></r>");
  }
  void check(std::initializer_list<Case> cases) {
    for (const auto& c : cases) EXPECT_EQ(value_of(world_, c.expression), c.value) << c.expression;
  }
  World world_;
};

TEST_F(XPath1, Literals) {
  check({{"1", "1"},
         {"1.50", "1.5"},
         {".5", "0.5"},
         {"5.", "5"},
         {"'a'", "'a'"},
         {"\"a'b\"", "'a'b'"},
         {"''", "''"},
         {"  7  ", "7"},
         {"((2))", "2"},
         {"00012", "12"},
         {"123456789012345678", "123456789012345680"},
         {"'grün'", "'grün'"}});
}

TEST_F(XPath1, Arithmetic) {
  check({{"1+2", "3"},
         {"1 + 2 * 3", "7"},
         {"(1+2)*3", "9"},
         {"10 - 2 - 3", "5"},
         {"7 div 2", "3.5"},
         {"7 mod 2", "1"},
         {"-7 mod 2", "-1"},
         {"7 mod -2", "1"},
         {"1.5 mod 0.5", "0"},
         {"5 mod 2", "1"},
         {"5 mod -2", "1"},
         {"-5 mod 2", "-1"},
         {"1 div 0", "Infinity"},
         {"-1 div 0", "-Infinity"},
         {"0 div 0", "NaN"},
         {"-(3)", "-3"},
         {"--3", "3"},
         {"- - 3", "3"},
         {"1 - -1", "2"},
         {"0.1 + 0.2", "0.30000000000000004"},
         {"1 div 3", "0.3333333333333333"},
         {"100000000000000000000", "100000000000000000000"},
         {"1 div 1000000", "0.000001"},
         {"-0", "0"},
         {"2 * -3", "-6"}});
}

TEST_F(XPath1, NumbersAsText) {
  check({{"string(1)", "'1'"},
         {"string(-1.5)", "'-1.5'"},
         {"string(0.1)", "'0.1'"},
         {"string(-0)", "'0'"},
         {"string(1 div 0)", "'Infinity'"},
         {"string(-1 div 0)", "'-Infinity'"},
         {"string(0 div 0)", "'NaN'"},
         {"string(1000000)", "'1000000'"},
         {"string(12345678.9)", "'12345678.9'"},
         {"string(0.00001)", "'0.00001'"},
         {"string(100000000000000000000000)", "'100000000000000000000000'"},
         {"concat(1, '', 2.50)", "'12.5'"}});
}

TEST_F(XPath1, Booleans) {
  check({{"true()", "true"},
         {"false()", "false"},
         {"not(1)", "false"},
         {"not('')", "true"},
         {"true() and false()", "false"},
         {"true() or false()", "true"},
         {"1 and 'a'", "true"},
         {"0 or ''", "false"},
         {"boolean(0 div 0)", "false"},
         {"boolean('false')", "true"},
         {"boolean($s/none)", "false"},
         {"boolean($s/plain)", "true"},
         {"boolean(-1)", "true"},
         {"false() and 1 div 0 = 2", "false"},
         {"1 or 0 and 0", "true"}});
}

TEST_F(XPath1, SimpleComparisons) {
  check({{"1 = 1", "true"},
         {"1 != 1", "false"},
         {"1 < 2", "true"},
         {"2 <= 2", "true"},
         {"3 > 4", "false"},
         {"4 >= 4", "true"},
         {"'a' = 'a'", "true"},
         {"'a' != 'b'", "true"},
         {"'1' = 1", "true"},
         {"'a' = 1", "false"},
         {"true() = 1", "true"},
         {"true() = 'x'", "true"},
         {"false() = ''", "true"},
         {"'2' < '10'", "true"},
         {"'a' < 'b'", "false"},
         {"1 < 2 < 3", "true"},
         {"3 > 2 > 1", "false"},
         {"1 = 1 = 1", "true"},
         {"0 div 0 = 0 div 0", "false"},
         {"0 div 0 != 0 div 0", "true"},
         {"true() > false()", "true"},
         {"1 + 1 = 2", "true"},
         {"1 = 2 = 0", "true"}});
}

TEST_F(XPath1, NodeSetComparisons) {
  check({{"$num/i = 2", "true"},          {"$num/i = 9", "false"},         {"$num/i != 1", "true"},
         {"$num/e != 1", "true"},         {"$num/none = 1", "false"},      {"$num/none != 1", "false"},
         {"$num/i > 2", "true"},          {"$num/i > 3", "false"},         {"2 < $num/i", "true"},
         {"3 < $num/i", "false"},         {"$num/i = $num/j", "true"},     {"$num/i != $num/i", "true"},
         {"$num/e = $num/e", "true"},     {"$num/e != $num/e", "false"},   {"$num/i < $num/j", "true"},
         {"$num/j < $num/i", "false"},    {"$num/j <= $num/i", "true"},    {"$num/k = 'x'", "true"},
         {"'x' = $num/k", "true"},        {"$num/k > 0", "false"},         {"$num/i = true()", "true"},
         {"$num/none = false()", "true"}, {"$num/none = true()", "false"}, {"true() = $num/e", "true"},
         {"$num/k < $num/i", "false"},    {"$num/i = '2'", "true"},        {"'02' = $num/i", "false"},
         {"2.0 = $num/i", "true"},        {"$num/i >= '3'", "true"},       {"$num/none = $num/i", "false"}});
}

TEST_F(XPath1, ChildSteps) {
  check({{"$s/plain", "<plain>x</plain>, <plain>y</plain>, <plain/>"},
         {"$s/plain[2]", "<plain>y</plain>"},
         {"$s/none", ""},
         {"string($s/plain[1])", "'x'"},
         {"count($s/*)", "6"},
         {"count($s/n:item)", "3"},
         {"count($s/n:*)", "3"},
         {"count($s/item)", "0"},
         {"count($s/node())", "13"},
         {"count($s/text())", "5"},
         {"count($s/comment())", "1"},
         {"count($s/processing-instruction())", "1"},
         {"string($s/processing-instruction('pi'))", "'data'"},
         {"count($s/processing-instruction('other'))", "0"},
         {"string($s/comment())", "'c1'"},
         {"$s/n:item/name/b", "<b>black</b>"},
         {"string($s/n:item[3]/name)", "'inkblack'"},
         {"$s/child::plain[1]", "<plain>x</plain>"},
         {"count($s/self::shop)", "1"},
         {"count($s/self::other)", "0"},
         {"count($s/.)", "1"},
         {"count($s/./plain)", "3"},
         {"count($s/plain/..)", "1"},
         {"name($s/..)", "''"},
         {"count($s/../..)", "0"},
         {"name($s/../*)", "'shop'"}});
}

TEST_F(XPath1, AttributeSteps) {
  check({{"$s/@open", "open=yes"},
         {"$s/n:item/@id", "id=a, id=b, id=c"},
         {"$s/n:item[1]/@*", "id=a, qty=1"},
         {"string($s/@xml:lang)", "'en-GB'"},
         {"count($s/@*)", "2"},
         {"$s/n:item/attribute::qty[. > 2]", "qty=3, qty=5"},
         {"count($s/@n:*)", "0"},
         {"count($s/@node())", "2"},
         {"$s/@open/..//plain[1]", "<plain>x</plain>"},
         {"count($s/@open/node())", "0"},
         {"name($s/@xml:lang)", "'xml:lang'"}});
}

TEST_F(XPath1, Descendants) {
  check({{"count($s//*)", "13"},
         {"$s//b", "<b>black</b>"},
         {"count($s//@*)", "9"},
         {"$deep//b", "<b>1</b>, <b>2</b>, <b>3</b>, <b>4</b>"},
         {"$deep//b[1]", "<b>1</b>, <b>2</b>, <b>3</b>, <b>4</b>"},
         {"$deep/descendant::b[1]", "<b>1</b>"},
         {"($deep//b)[2]", "<b>2</b>"},
         {"$deep//a/b", "<b>1</b>, <b>3</b>, <b>4</b>"},
         {"count($deep//a)", "3"},
         {"count($deep/descendant-or-self::a)", "4"},
         {"$deep//a//b", "<b>1</b>, <b>3</b>, <b>4</b>"},
         {"count($deep//.)", "12"},
         {"$deep//a[b=3]/b", "<b>3</b>"},
         {"$deep//b[last()]", "<b>1</b>, <b>2</b>, <b>3</b>, <b>4</b>"},
         {"$deep//a/../b", "<b>2</b>, <b>3</b>"},
         {"count($s//text()[normalize-space()])", "10"}});
}

TEST_F(XPath1, OtherAxes) {
  check({{"$s/plain[1]/following-sibling::plain", "<plain>y</plain>, <plain/>"},
         {"$s/plain[3]/preceding-sibling::*[1]", "<plain>y</plain>"},
         {"$s/plain[3]/preceding-sibling::plain", "<plain>x</plain>, <plain>y</plain>"},
         {"$s/plain[3]/preceding-sibling::plain[2]", "<plain>x</plain>"},
         {"name($s//b/ancestor::*[1])", "'name'"},
         {"name($s//b/ancestor::*[last()])", "'shop'"},
         {"count($s//b/ancestor::node())", "4"},
         {"count($s//b/ancestor-or-self::*)", "4"},
         {"count($s//b/following::*)", "3"},
         {"count($s//b/preceding::*)", "7"},
         {"name($s//b/preceding::*[1])", "'n:price'"},
         {"string($s//b/following::text()[2])", "'x'"},
         {"count($s//b/parent::name)", "1"},
         {"count($s//b/parent::x)", "0"},
         {"count($s/@open/following::*)", "13"},
         {"count($s/n:item[2]/@id/preceding::*)", "3"},
         {"count($s/n:item[2]/@id/ancestor::*)", "2"},
         {"count($s/n:item[1]/@id/following-sibling::node())", "0"},
         {"$deep/a[2]/preceding::b", "<b>1</b>, <b>2</b>"},
         {"$deep/a[1]/following::b", "<b>2</b>, <b>3</b>, <b>4</b>"}});
}

TEST_F(XPath1, NamespaceAxis) {
  check({{"count($s/namespace::*)", "2"},
         {"count($s/namespace::n)", "1"},
         {"string($s/namespace::n)", "'urn:n'"},
         {"name($s/namespace::n)", "'n'"},
         {"namespace-uri($s/namespace::n)", "''"},
         {"string($s/namespace::xml)", "'http://www.w3.org/XML/1998/namespace'"},
         {"name($s/n:item[1]/namespace::n/..)", "'n:item'"},
         {"count($s/@open/namespace::*)", "0"},
         {"$s/namespace::n", "'urn:n'"}});
}

TEST_F(XPath1, Predicates) {
  check({{"$s/n:item[@qty > 2]/@id", "id=b, id=c"},
         {"$s/n:item[@qty > 2][1]/@id", "id=b"},
         {"$s/n:item[1][@qty > 2]/@id", ""},
         {"$s/n:item[last()]/@id", "id=c"},
         {"$s/n:item[last() - 1]/@id", "id=b"},
         {"$s/n:item[position() > 1]/@id", "id=b, id=c"},
         {"$s/n:item[position() = last()]/@id", "id=c"},
         {"$s/n:item[n:price]/@id", "id=a, id=b, id=c"},
         {"$s/n:item[name/b]/@id", "id=c"},
         {"$s/n:item[not(name/b)]/@id", "id=a, id=b"},
         {"$s/n:item['x']/@id", "id=a, id=b, id=c"},
         {"$s/n:item['']/@id", ""},
         {"$s/n:item[1.5]/@id", ""},
         {"$s/n:item[0]/@id", ""},
         {"$s/n:item[@id='b' or @id='c'][2]/@id", "id=c"},
         {"$s/n:item[n:price * @qty > 15]/@id", "id=c"},
         {"($s/plain | $s/n:item)[1]/@id", "id=a"},
         {"($s/plain)[last()]", "<plain/>"},
         {"$s/n:item[2]/name[1]", "<name xml:lang=\"de\">Stift</name>"},
         {"$s/n:item[@id = $num/none]/@id", ""},
         {"$s/*[self::plain][2]", "<plain>y</plain>"},
         {"$s/n:item[position() mod 2 = 1]/@id", "id=a, id=c"},
         {"$num/i[. = ../j]", "<i>3</i>"},
         {"$num/*[last()][name() = 'e']", "<e/>"},
         {"$num/i[position() = 2][1]", "<i>2</i>"},
         {"$num/i[true()][3]", "<i>3</i>"},
         {"$num/i[number(.)]", "<i>1</i>, <i>2</i>, <i>3</i>"},
         {"$num/i[count(../i)]", "<i>3</i>"},
         {"$num/i[string(.)]", "<i>1</i>, <i>2</i>, <i>3</i>"}});
}

TEST_F(XPath1, Unions) {
  check({{"$num/j | $num/i", "<i>1</i>, <i>2</i>, <i>3</i>, <j>3</j>, <j>4</j>"},
         {"count($num/i | $num/i)", "3"},
         {"count($num/i | $num/j | $num/k)", "6"},
         {"-$num/i | $num/none", "-1"},
         {"count($num/* | $num//*)", "7"},
         {"$num/i[1] | $num/none", "<i>1</i>"}});
}

TEST_F(XPath1, StringFunctions) {
  check({{"concat('a', 'b', 'c')", "'abc'"},
         {"starts-with('abc', 'ab')", "true"},
         {"starts-with('abc', '')", "true"},
         {"starts-with('', 'a')", "false"},
         {"contains('abc', 'bc')", "true"},
         {"contains('abc', '')", "true"},
         {"contains('abc', 'x')", "false"},
         {"substring-before('1999/04/01', '/')", "'1999'"},
         {"substring-after('1999/04/01', '/')", "'04/01'"},
         {"substring-before('a', 'b')", "''"},
         {"substring-after('a', 'b')", "''"},
         {"substring-after('abc', '')", "'abc'"},
         {"substring('12345', 2, 3)", "'234'"},
         {"substring('12345', 2)", "'2345'"},
         {"substring('12345', 1.5, 2.6)", "'234'"},
         {"substring('12345', 0, 3)", "'12'"},
         {"substring('12345', 0 div 0, 3)", "''"},
         {"substring('12345', 1, 0 div 0)", "''"},
         {"substring('12345', -42, 1 div 0)", "'12345'"},
         {"substring('12345', -1 div 0, 1 div 0)", "''"},
         {"substring('äöü', 2, 1)", "'ö'"},
         {"string-length('äöü')", "3"},
         {"string-length('')", "0"},
         {"string-length($s/plain[1])", "1"},
         {"normalize-space('  a  b \t c ')", "'a b c'"},
         {"normalize-space('   ')", "''"},
         {"translate('bar', 'abc', 'ABC')", "'BAr'"},
         {"translate('--aaa--', 'abc-', 'ABC')", "'AAA'"},
         {"translate('aba', 'aa', 'xy')", "'xbx'"},
         {"translate('äa', 'ä', 'o')", "'oa'"},
         {"string($s/none)", "''"},
         {"string($num/i)", "'1'"},
         {"string(true())", "'true'"},
         {"concat($num/i, '-', $num/j)", "'1-3'"}});
}

TEST_F(XPath1, NumberFunctions) {
  check({{"number('12')", "12"},
         {"number(' -1.5 ')", "-1.5"},
         {"number('1e3')", "NaN"},
         {"number('+1')", "NaN"},
         {"number('')", "NaN"},
         {"number('.')", "NaN"},
         {"number('1.')", "1"},
         {"number('.5')", "0.5"},
         {"number(true())", "1"},
         {"number(false())", "0"},
         {"number($num/i[2])", "2"},
         {"number($num/k)", "NaN"},
         {"sum($num/i)", "6"},
         {"sum($num/none)", "0"},
         {"sum($num/k)", "NaN"},
         {"sum($s/n:item/n:price)", "16.5"},
         {"floor(2.6)", "2"},
         {"floor(-2.5)", "-3"},
         {"ceiling(2.2)", "3"},
         {"ceiling(-2.5)", "-2"},
         {"round(2.5)", "3"},
         {"round(-2.5)", "-2"},
         {"round(2.4)", "2"},
         {"round(-0.2)", "0"},
         {"1 div round(-0.2)", "-Infinity"},
         {"round(0 div 0)", "NaN"},
         {"round(1 div 0)", "Infinity"},
         {"round(0.49999999999999994)", "0"},
         {"count($num/i) + 1", "4"},
         {"number('- 5')", "NaN"},
         {"number('--5')", "NaN"},
         {"floor('3.7')", "3"},
         {"count($num/i[. > 1]) * 2", "4"}});
}

TEST_F(XPath1, NodeFunctions) {
  check({{"local-name($s/n:item)", "'item'"},
         {"name($s/n:item)", "'n:item'"},
         {"namespace-uri($s/n:item)", "'urn:n'"},
         {"namespace-uri($s)", "''"},
         {"local-name($s/none)", "''"},
         {"local-name($s/comment())", "''"},
         {"local-name($s/processing-instruction())", "'pi'"},
         {"name($s/@open)", "'open'"},
         {"count(id('a'))", "0"},
         {"$s/n:item[lang('en')]/@id", "id=a, id=b, id=c"},
         {"count($s//name[lang('de')])", "1"},
         {"count($s//b[lang('EN')])", "1"},
         {"count($s/*[lang('en-gb')])", "6"},
         {"count($s/*[lang('en-US')])", "0"},
         {"$s/*[local-name() = 'plain'][1]", "<plain>x</plain>"},
         {"count($s//*[namespace-uri() = 'urn:n'])", "6"},
         {"$num/*[string-length() > 0][last()]", "<k>x</k>"},
         {"count($num/i[number() > 1])", "2"},
         {"$s/n:item[normalize-space(name) = 'pen']/@id", "id=a"}});
}

TEST_F(XPath1, AbsolutePathsInsidePredicates) {
  check({{"$num/i[/r/j = .]", "<i>3</i>"},
         {"$num/i[//j = .]", "<i>3</i>"},
         {"count($num/i[/])", "3"},
         {"$s/plain[count(/shop/n:item) = 3][1]", "<plain>x</plain>"}});
}

TEST_F(XPath1, Queries) {
  const auto document = parse_document(shop);
  const xml::NodeRef context{document, document->document_element()};
  for (const auto& c : std::initializer_list<Case>{{".", "<plain>x</plain>"}, {"/shop/plain[1]", "<plain>x</plain>"}})
    EXPECT_NE(value_of(world_, c.expression, ns::xpath1_sublang, &context), "") << c.expression;
  const auto q = [&](const char* e) { return value_of(world_, e, ns::xpath1_sublang, &context); };
  EXPECT_EQ(q("plain[2]"), "<plain>y</plain>");
  EXPECT_EQ(q("/shop/plain[2]"), "<plain>y</plain>");
  EXPECT_EQ(q("//b"), "<b>black</b>");
  EXPECT_EQ(q("@open"), "open=yes");
  EXPECT_EQ(q("name(.)"), "'shop'");
  EXPECT_EQ(q("name()"), "'shop'");
  EXPECT_EQ(q("count(/)"), "1");
  EXPECT_EQ(q("position()"), "1");
  EXPECT_EQ(q("last()"), "1");
  EXPECT_EQ(q("n:item[@qty = 3]/n:price"), "<n:price>2.5</n:price>");
  EXPECT_EQ(q("* | ."), q(". | *"));
  EXPECT_EQ(q("string(n:item/n:price)"), "'10'");
}

TEST_F(XPath1, NamesThatLookLikeOperators) {
  world_.element("w", "<w><div>8</div><mod>3</mod><and>1</and><or>2</or><text>t</text><node>n</node></w>");
  check({{"$w/div div $w/or", "4"},
         {"$w/mod mod 2", "1"},
         {"$w/and and $w/or", "true"},
         {"string($w/text)", "'t'"},
         {"count($w/*) * 2", "12"},
         {"$w/div*2", "16"},
         {"$w/node", "<node>n</node>"},
         {"count($w/child::*)", "6"}});
}

}  // namespace
}  // namespace echoflow::xpath::test

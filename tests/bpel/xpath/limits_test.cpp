// Expressions that want too much: every limit has a name, nothing hangs, nothing overflows the stack.
#include <chrono>

#include "tests/bpel/xpath/fixture.hpp"

namespace echoflow::xpath::test {
namespace {

constexpr std::string_view one = ns::xpath1_sublang, two = ns::xpath2_sublang;

std::string repeated(std::string_view text, std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += text;
  return out;
}

class XPathLimits : public testing::Test {
 protected:
  XPathLimits() {
    std::string many = "<r>";
    for (int i = 0; i < 3000; ++i) many += "<i><j/></i>";
    world_.element("many", many + "</r>");
    world_.limits.max_steps = 200'000;
    world_.limits.max_items = 100'000;
    world_.limits.max_text = 1u << 20;
    world_.simple("s", "string", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");
  }
  void names(std::string_view limit, const std::string& expression, std::string_view language) {
    const auto begin = std::chrono::steady_clock::now();
    const auto got = value_of(world_, expression, language);
    EXPECT_NE(got.find(limit), std::string::npos) << expression.substr(0, 80) << " gave " << got.substr(0, 300);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << expression.substr(0, 80);
  }
  World world_;
};

TEST_F(XPathLimits, Length) {
  names("xpath-length", "1" + repeated(" + 1", 20000), one);
}

TEST_F(XPathLimits, Depth) {
  names("xpath-depth", repeated("(", 5000) + "1" + repeated(")", 5000), one);
  names("xpath-depth", repeated("-", 5000) + "1", one);
  names("xpath-depth", "1" + repeated(" + 1", 5000), one);
  names("xpath-depth", repeated("not(", 5000) + "1" + repeated(")", 5000), one);
  names("xpath-depth", "$many" + repeated("[i", 5000) + repeated("]", 5000), one);
  names("xpath-depth", "$many" + repeated("/i", 5000), one);
  names("xpath-depth", "$many" + repeated("[1]", 5000), one);
  names("xpath-depth", repeated("if (1) then ", 3000) + "1" + repeated(" else 2", 3000), two);
  names("xpath-depth", repeated("for $x in 1 return ", 3000) + "1", two);
  names("xpath-depth", repeated("1 idiv ", 5000) + "1", two);
}

TEST_F(XPathLimits, ReasonableDepthIsFine) {
  EXPECT_EQ(value_of(world_, repeated("(", 100) + "1" + repeated(")", 100)), "1");
  EXPECT_EQ(value_of(world_, "1" + repeated(" + 1", 200)), "201");
  EXPECT_EQ(value_of(world_, "false()" + repeated(" or false()", 3000) + " or true()"), "true");
  EXPECT_EQ(value_of(world_, "concat('a'" + repeated(", 'b'", 3000) + ", '')").size(), 3003u);
}

TEST_F(XPathLimits, Steps) {
  names("xpath-steps", "count($many//*[count(//*[count(//*) > 1]) > 1])", one);
  names("xpath-steps", "sum(for $x in 1 to 100000, $y in 1 to 100000 return 1)", two);
  names("xpath-steps", "some $x in 1 to 100000, $y in 1 to 100000 satisfies $x + $y = 0", two);
  names("xpath-steps", "count(distinct-values(1 to 100000))", two);
}

TEST_F(XPathLimits, Items) {
  names("xpath-items", "count(1 to 100000000)", two);
  names("xpath-items", "count(1 to 9223372036854775807)", two);
  names("xpath-items", "count(-9223372036854775808 to 9223372036854775807)", two);
}

TEST_F(XPathLimits, Text) {
  names("xpath-text",
        "string-join(for $x in 1 to 40000 return 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '')", two);
}

TEST_F(XPathLimits, RegularExpressions) {
  names("xpath-regex", "matches($s, '^(a+)+$')", two);
}

TEST_F(XPathLimits, UnionsStayFast) {
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(value_of(world_, "count($many//i/..//j/../..//i | $many//j)"), "6000");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

}  // namespace
}  // namespace echoflow::xpath::test

#include "adapters/http/message.hpp"

#include <gtest/gtest.h>

namespace echoflow::http {

TEST(HttpMessage, PercentCodingRoundTrips) {
  const std::string text = "a b/\xc3\xbc?&=+%";
  EXPECT_EQ(*percent_decoded(percent_encoded(text)), text);
  EXPECT_EQ(*percent_decoded("a+b", true), "a b");
  EXPECT_EQ(*percent_decoded("a+b"), "a+b");
  for (const char* bad : {"%", "%2", "%zz", "x%"}) EXPECT_FALSE(percent_decoded(bad)) << bad;
}

TEST(HttpMessage, QueriesAreSplit) {
  auto pairs = parse_query("a=1&&b=x%26y&c");
  ASSERT_TRUE(pairs);
  EXPECT_EQ(*pairs, (Pairs{{"a", "1"}, {"b", "x&y"}, {"c", ""}}));
  EXPECT_FALSE(parse_query("a=%"));
}

TEST(HttpMessage, HeaderValuesHaveTypeAndParameters) {
  const std::string value = "Multipart/Form-Data; boundary=\"a;b\\\"c\" ; charset=utf-8";
  EXPECT_EQ(media_type(value), "multipart/form-data");
  EXPECT_EQ(header_parameter(value, "Boundary"), "a;b\"c");
  EXPECT_EQ(header_parameter(value, "charset"), "utf-8");
  EXPECT_EQ(header_parameter(value, "absent"), "");
}

}  // namespace echoflow::http

#include <gtest/gtest.h>

#include "adapters/rest/json_fields.hpp"
#include "adapters/rest/json_value.hpp"
#include "adapters/rest/json_writer.hpp"

namespace echoflow::json {

TEST(Json, ReadsWholeDocumentsOnly) {
  auto value = parse(R"({"a":[1,-2.50e3,true,null,"ü\n"],"b":{}})");
  ASSERT_TRUE(value) << value.error().message;
  const auto& items = value->find("a")->items;
  EXPECT_EQ(items[0].integer(), 1);
  EXPECT_EQ(items[1].text, "-2.50e3");
  EXPECT_FALSE(items[1].integer());
  EXPECT_EQ(items[4].text, "\xc3\xbc\n");
  for (const char* bad : {"", "{", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "1 2", "nul", "\"\x80\"", "\"\\ud800\"",
                          "{\"a\":1,\"a\":2}", "01", "+1", "\"\t\"", "// c\n1"})
    EXPECT_FALSE(parse(bad)) << bad;
}

TEST(Json, BoundsItsDepth) {
  auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(parse(nested(64)));
  EXPECT_FALSE(parse(nested(65)));
  EXPECT_FALSE(parse(std::string(1'000'000, '[')));
}

TEST(Json, FieldsNameTheFirstMistake) {
  auto value = *parse(R"({"n":1,"s":"x","extra/part":true})");
  Fields wrong_type(value, "/in");
  EXPECT_FALSE(wrong_type.string("n"));
  ASSERT_TRUE(wrong_type.error());
  EXPECT_EQ(wrong_type.error()->pointer, "/in/n");
  Fields unknown(value);
  EXPECT_EQ(unknown.integer("n", 0, 10), 1);
  EXPECT_EQ(unknown.string("s"), "x");
  unknown.finish();
  ASSERT_TRUE(unknown.error());
  EXPECT_EQ(unknown.error()->pointer, "/extra~1part");
  Fields range(value);
  EXPECT_FALSE(range.integer("n", 2, 10));
  EXPECT_TRUE(range.error());
  Fields missing(value);
  missing.required_string("absent");
  EXPECT_EQ(missing.error()->pointer, "/absent");
  EXPECT_TRUE(Fields(*parse("[]")).error());
}

TEST(Json, WriterEscapesAndRepairs) {
  Writer writer;
  writer.begin_object()
      .member("k\"", "a\n\x01\\\xff\xc3\xbc")
      .key("l")
      .begin_array()
      .number(-5)
      .boolean(false)
      .null()
      .end_array()
      .end_object();
  EXPECT_EQ(writer.text(), "{\"k\\\"\":\"a\\n\\u0001\\\\\xef\xbf\xbd\xc3\xbc\",\"l\":[-5,false,null]}");
  EXPECT_TRUE(parse(writer.text()));
}

}  // namespace echoflow::json

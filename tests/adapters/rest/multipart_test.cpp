#include "adapters/rest/multipart.hpp"

#include <gtest/gtest.h>

namespace echoflow::rest {

namespace {

std::string part(const std::string& head, const std::string& content) {
  return "--b\r\n" + head + "\r\n\r\n" + content + "\r\n";
}

}  // namespace

TEST(Multipart, SplitsFilesAndFields) {
  const std::string body =
      "preamble\r\n" +
      part("Content-Disposition: form-data; name=\"file\"; filename=\"f/a.bpel\"\r\nContent-Type: text/xml",
           "<a>\r\n--bb</a>") +
      part("content-disposition: form-data; name=name", "orders") + "--b--\r\nepilogue";
  auto parts = parse_multipart(body, "b");
  ASSERT_TRUE(parts) << parts.error().message;
  ASSERT_EQ(parts->size(), 2u);
  EXPECT_EQ((*parts)[0].file_name, "f/a.bpel");
  EXPECT_TRUE((*parts)[0].is_file);
  EXPECT_EQ((*parts)[1].name, "name");
  EXPECT_EQ((*parts)[1].content, "orders");
}

TEST(Multipart, DamageIsNoticed) {
  const std::string good = part("Content-Disposition: form-data; name=\"f\"; filename=\"a\"", "x") + "--b--\r\n";
  ASSERT_TRUE(parse_multipart(good, "b"));
  EXPECT_FALSE(parse_multipart(good, ""));
  EXPECT_FALSE(parse_multipart(good, "c"));
  EXPECT_FALSE(parse_multipart(good, std::string(71, 'b')));
  EXPECT_FALSE(parse_multipart(part("Content-Type: text/xml", "x") + "--b--", "b"));
  EXPECT_FALSE(parse_multipart("--b\r\nContent-Disposition: form-data; name=f\r\n\r\nx", "b"));
  EXPECT_FALSE(parse_multipart("--bx", "b"));
}

}  // namespace echoflow::rest

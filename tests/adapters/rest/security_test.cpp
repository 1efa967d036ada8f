#include "adapters/rest/security.hpp"

#include <gtest/gtest.h>

namespace echoflow::rest {

TEST(Tokens, AreFoundByValueOrHash) {
  auto tokens = Tokens::parse(
      "# who may what\n\nthe-designers-token designer ada\n"
      "sha256:bdd7e6a1a0f0eb7a93ceca67d4a5da2d3a3c2da70f5bfb1dc6fd7c1e3a6f5a53 operator,auditor bob\n");
  ASSERT_TRUE(tokens) << tokens.error().message;
  auto ada = tokens->find("the-designers-token");
  ASSERT_TRUE(ada);
  EXPECT_EQ(ada->subject, "ada");
  EXPECT_TRUE(may_use(*ada, Access::design));
  EXPECT_TRUE(may_use(*ada, Access::read));
  EXPECT_FALSE(may_use(*ada, Access::operate));
  EXPECT_FALSE(may_use(*ada, Access::service));
  EXPECT_FALSE(tokens->find("the-designers-toke"));
  EXPECT_FALSE(tokens->find(""));
}

TEST(Tokens, MistakesNameTheLine) {
  for (const char* bad : {"x\na-long-enough-token designer", "x\nshort designer ada", "x\na-long-enough-token king ada",
                          "x\nsha256:12 auditor ada", "x\na-long-enough-token auditor ada more"}) {
    std::string text = std::string("#") + bad;
    auto tokens = Tokens::parse(text);
    ASSERT_FALSE(tokens) << bad;
    EXPECT_NE(tokens.error().message.find("Line 2"), std::string::npos) << tokens.error().message;
  }
}

TEST(Loopback, KnowsItsNames) {
  for (const char* host : {"127.0.0.1", "127.3.2.1", "localhost", "LOCALHOST", "::1", "[::1]"})
    EXPECT_TRUE(is_loopback(host)) << host;
  for (const char* host : {"0.0.0.0", "128.0.0.1", "127.evil.example", "localhost.evil.example", "::", ""})
    EXPECT_FALSE(is_loopback(host)) << host;
  EXPECT_EQ(host_of("[::1]:80"), "::1");
  EXPECT_EQ(host_of("http://a.example:80/x"), "a.example");
}

TEST(Loopback, RefusesForeignNamesAndOrigins) {
  auto request = [](std::string method, std::string host, std::string origin) {
    http::Request made;
    made.method = std::move(method);
    made.headers = {{"Host", std::move(host)}};
    if (!origin.empty()) made.headers.emplace_back("Origin", std::move(origin));
    return made;
  };
  EXPECT_EQ(rebinding_refusal(request("POST", "127.0.0.1:8080", ""), ""), "");
  EXPECT_EQ(rebinding_refusal(request("POST", "localhost:8080", "http://localhost:8080"), ""), "");
  EXPECT_NE(rebinding_refusal(request("POST", "evil.example:8080", ""), ""), "");
  EXPECT_NE(rebinding_refusal(request("GET", "evil.example", ""), ""), "");
  EXPECT_NE(rebinding_refusal(request("POST", "127.0.0.1:8080", "http://evil.example"), ""), "");
  EXPECT_NE(rebinding_refusal(request("POST", "127.0.0.1:8080", "null"), ""), "");
  EXPECT_EQ(rebinding_refusal(request("POST", "flow.example", ""), "flow.example"), "");
}

}  // namespace echoflow::rest

#include <gtest/gtest.h>

#include "adapters/channels/build.hpp"
#include "adapters/channels/import/csv.hpp"
#include "tests/adapters/channels/support.hpp"

namespace echoflow::channels::test {
namespace {

const http::Pairs form{{"Content-Type", "application/x-www-form-urlencoded"}};

TEST(Survey, TakesAScoreByPageAndByJson) {
  TestWorld world;
  auto channel =
      world.open("survey", {{"survey", "nps"}, {"question", "Would you recommend <us>?"}, {"per_minute", "2"}});
  const auto asked = request("GET", "");
  auto page = channel->handshake({asked, ""});
  ASSERT_TRUE(page);
  EXPECT_NE(page->body.find("Would you recommend &lt;us>?"), std::string::npos);
  EXPECT_NE(page->body.find("value=\"10\""), std::string::npos);
  const auto again = channel->handshake({asked, ""});
  EXPECT_NE(page->body, again->body) << "each page has an id of its own";
  auto received = receive(*channel, request("POST", "id=a1&score=9&comment=Gr%C3%BC%C3%9Fe", form));
  ASSERT_TRUE(received.ok()) << received.error().detail;
  const auto& feedback = received->feedback.at(0);
  EXPECT_EQ(feedback.rating, 9.0);
  EXPECT_EQ(feedback.survey, "nps");
  EXPECT_EQ(feedback.kind, cx::FeedbackKind::survey_answer);
  EXPECT_EQ(feedback.text, "Grüße");
  auto by_json = receive(*channel, request("POST", R"({"id":"a2","score":0})", {{"Content-Type", "application/json"}}));
  ASSERT_TRUE(by_json.ok()) << by_json.error().detail;
  EXPECT_EQ(by_json->feedback.at(0).rating, 0.0);
  EXPECT_EQ(receive(*channel, request("POST", "id=a3&score=3", form)).error().status, 429);
  world.time.micros += 60'000'000;
  EXPECT_EQ(receive(*channel, request("POST", "id=a3&score=11", form)).error().status, 422);
  EXPECT_EQ(receive(*channel, request("POST", "score=3", form)).error().status, 400);
}

TEST(Survey, InvitationsCannotBeChanged) {
  TestWorld world;
  auto channel =
      world.open("survey", {{"survey", "csat"}, {"question", "Was it good?"}, {"secret", "survey-secret-1"}});
  const std::string invitation =
      "id=inv-1&customer=facebook:77&case=case-9&signature="
      "8a572ead5d8347dc8d5c2e6a232d49c923027f31874fe0f86efd8c74477463ad";
  auto received = receive(*channel, request("POST", invitation + "&score=4", form));
  ASSERT_TRUE(received.ok()) << received.error().detail;
  EXPECT_EQ(received->feedback[0].customer, "facebook:77");
  EXPECT_EQ(received->feedback[0].case_id, "case-9");
  EXPECT_EQ(received->feedback[0].raw.find("signature"), std::string::npos);
  auto changed = invitation;
  changed.replace(changed.find("77"), 2, "78");
  EXPECT_EQ(receive(*channel, request("POST", changed + "&score=4", form)).error().code, "signature");
  EXPECT_EQ(channel->counters().refused_signature, 1u);
}

TEST(Webform, AsksForTheSender) {
  TestWorld world;
  auto channel = world.open("webform", {});
  auto received = receive(*channel, request("POST", "id=f1&name=Ute&email=ute@example.org&comment=Hello", form));
  ASSERT_TRUE(received.ok()) << received.error().detail;
  EXPECT_EQ(received->feedback[0].author.id, "ute@example.org");
  EXPECT_EQ(received->feedback[0].network, "webform");
  EXPECT_FALSE(received->feedback[0].rating);
  EXPECT_FALSE(receive(*channel, request("POST", "id=f1&name=Ute", form)).ok());
}

TEST(Csv, ReadsQuotesAndLineBreaks) {
  std::string_view text = "id;text\r\n1;\"a \"\"b\"\"; c\nd\"\r\n2;plain\n";
  EXPECT_EQ(csv::separator_of(text.substr(0, 7)), ';');
  csv::next_record(text);
  EXPECT_EQ(csv::fields_of(*csv::next_record(text), ';'), (std::vector<std::string>{"1", "a \"b\"; c\nd"}));
  EXPECT_EQ(csv::fields_of(*csv::next_record(text), ';'), (std::vector<std::string>{"2", "plain"}));
  EXPECT_FALSE(csv::next_record(text));
}

TEST(Import, TakesCsvAndJsonLines) {
  TestWorld world;
  auto channel =
      world.open("import", {{"secret", "import-secret-1"}, {"mapping.text", "message"}, {"mapping.id", "#digest"}});
  const auto send = [&](const std::string& type, const std::string& body,
                        const std::string& secret = "import-secret-1") {
    return receive(*channel, request("POST", body, {{"Content-Type", type}, {"X-Echoflow-Import", secret}}));
  };
  auto table = send(
      "text/csv", "\xef\xbb\xbfmessage,author_name,published_at\n\"Too slow, again\",Ute,2026-03-01 08:05\nFine,Jo,\n");
  ASSERT_TRUE(table.ok()) << table.error().detail;
  ASSERT_EQ(table->feedback.size(), 2u);
  EXPECT_EQ(table->feedback[0].text, "Too slow, again");
  EXPECT_EQ(format_time_point(*table->feedback[0].published_at), "2026-03-01T08:05:00Z");
  EXPECT_EQ(send("text/csv", "message,author_name,published_at\nFine,Jo,\n")->feedback[0].external_id,
            table->feedback[1].external_id);
  auto lines = send("application/x-ndjson", "{\"message\":\"a\",\"author_name\":\"Ute\"}\n\n{\"message\":\"b\"}\n");
  ASSERT_TRUE(lines.ok()) << lines.error().detail;
  EXPECT_EQ(lines->feedback.size(), 2u);
  auto wrong = send("application/x-ndjson", "{\"message\":\"a\"}\n{\"message\":");
  EXPECT_EQ(wrong.error().code, "malformed");
  EXPECT_TRUE(wrong.error().detail.starts_with("Record 2"));
  EXPECT_EQ(send("text/csv", "message\nx\n", "guess").error().code, "token");
  EXPECT_EQ(send("text/plain", "x").error().status, 415);
}

}  // namespace
}  // namespace echoflow::channels::test

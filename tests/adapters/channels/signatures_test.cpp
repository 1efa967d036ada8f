#include <gtest/gtest.h>

#include "adapters/channels/build.hpp"
#include "adapters/channels/twilio/signature.hpp"
#include "tests/adapters/channels/support.hpp"

// The signatures were computed with another implementation (Python's hmac).
namespace echoflow::channels::test {
namespace {

TEST(Twilio, SignsAsInItsDocumentation) {
  const http::Pairs fields{{"CallSid", "CA1234567890ABCDE"},
                           {"Caller", "+12349013030"},
                           {"Digits", "1234"},
                           {"From", "+12349013030"},
                           {"To", "+18005551212"}};
  EXPECT_EQ(twilio::signature("https://mycompany.com/myapp.php?foo=1&bar=2", fields, "12345"),
            "0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
}

struct SlackSample : testing::Test {
  TestWorld world;
  ChannelPtr channel = world.open("slack", {{"signing_secret", "signing-secret-1"}, {"bot_token", "t"}});
  const std::string body =
      R"({"type":"event_callback","event_id":"Ev1","event":{"type":"message","channel":"C1","user":"U7","text":"help please","ts":"1700000000.000100"}})";
  const std::string signature = "v0=5b9208ff5c0b3605911aca0b4fd2fa0a51240b8de33874438160b9910e81fef2";

  Result<Received, Refusal> call(const std::string& stamp, const std::string& code) {
    return receive(*channel,
                   request("POST", body, {{"X-Slack-Request-Timestamp", stamp}, {"X-Slack-Signature", code}}));
  }
};

TEST_F(SlackSample, IsReadWithinFiveMinutes) {
  auto received = call("1700000010", signature);
  ASSERT_TRUE(received.ok()) << received.error().detail;
  ASSERT_EQ(received->feedback.size(), 1u);
  EXPECT_EQ(received->feedback[0].external_id, "C1:1700000000.000100");
  EXPECT_EQ(received->feedback[0].customer, "slack:U7");
  world.time.micros = (1'700'000'010 + 300) * 1'000'000ll;
  EXPECT_TRUE(call("1700000010", signature).ok());
  world.time.micros += 1;
  auto stale = call("1700000010", signature);
  ASSERT_FALSE(stale.ok());
  EXPECT_EQ(stale.error().code, "stale");
  world.time.micros = (1'700'000'010 - 301) * 1'000'000ll;
  EXPECT_EQ(call("1700000010", signature).error().code, "stale");
  EXPECT_EQ(channel->counters().refused_stale, 2u);
}

TEST_F(SlackSample, ATimeThatWasNotSignedIsRefused) {
  EXPECT_EQ(call("1700000011", signature).error().code, "signature");
  EXPECT_EQ(call("", signature).error().code, "signature");
  EXPECT_EQ(call("1700000010", "").error().code, "signature");
  EXPECT_EQ(channel->counters().refused_signature, 3u);
}

TEST(X, AnswersTheChallengeAndReadsSignedPosts) {
  TestWorld world;
  auto channel = world.open("x", {{"consumer_secret", "consumer-secret-1"}, {"access_token", "t"}, {"user_id", "42"}});
  const auto challenge = request("GET", "", {}, "crc_token=crc-abc-123&nonce=1");
  auto answer = channel->handshake({challenge, ""});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, R"({"response_token":"sha256=ObAhsgzDg37HWQdXuJPKMei4f5o4el3iO0uUhHxTuHU="})");
  const std::string body =
      R"({"for_user_id":"42","tweet_create_events":[{"id_str":"900","text":"@acme my order &amp; parcel are late","created_at":"Wed Oct 10 20:19:24 +0000 2018","user":{"id_str":"77","name":"Ute","screen_name":"ute","followers_count":321},"in_reply_to_status_id_str":null}]})";
  const std::string code = "sha256=SDOO9ge8nOT9CDe4WDQVLmgoRWOHqpmhh8o399QQT2w=";
  auto received = receive(*channel, request("POST", body, {{"x-twitter-webhooks-signature", code}}));
  ASSERT_TRUE(received.ok());
  ASSERT_EQ(received->feedback.size(), 1u);
  EXPECT_EQ(received->feedback[0].text, "@acme my order & parcel are late");
  EXPECT_EQ(received->feedback[0].author.reach, 321u);
  EXPECT_EQ(format_time_point(*received->feedback[0].published_at), "2018-10-10T20:19:24Z");
  EXPECT_FALSE(receive(*channel, request("POST", body + "\n", {{"x-twitter-webhooks-signature", code}})).ok());
  EXPECT_EQ(channel->counters().refused_signature, 1u);
}

TEST(WhatsApp, ReadsASignedMessage) {
  TestWorld world;
  auto channel = world.open(
      "whatsapp",
      {{"phone_number_id", "n1"}, {"app_secret", "app-secret-1"}, {"verify_token", "v"}, {"access_token", "t"}});
  const std::string body =
      R"({"object":"whatsapp_business_account","entry":[{"id":"w1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"n1"},"contacts":[{"profile":{"name":"Ute"},"wa_id":"491"}],"messages":[{"from":"491","id":"wamid.1","timestamp":"1700000000","type":"text","text":{"body":"Where is it?"}}]}}]}]})";
  const std::string code = "sha256=b339631e5800fdfce3bbfef3236da19e4bd0de56daaf13f1eb18bb497cae85be";
  auto received = receive(*channel, request("POST", body, {{"X-Hub-Signature-256", code}}));
  ASSERT_TRUE(received.ok());
  ASSERT_EQ(received->feedback.size(), 1u);
  EXPECT_EQ(received->feedback[0].author.name, "Ute");
  EXPECT_EQ(received->feedback[0].text, "Where is it?");
  EXPECT_EQ(received->feedback[0].conversation, "n1:491");
}

TEST(Webhook, MapsAnySignedJson) {
  TestWorld world;
  world.time.micros = 1'772'352'000'000'000;
  auto channel = world.open("webhook", {{"secret", "hook-secret-1"},
                                        {"timestamp_header", "X-Time"},
                                        {"kind", "review"},
                                        {"mapping.items", "/events"},
                                        {"mapping.id", "/nr"},
                                        {"mapping.text", "/body"},
                                        {"mapping.author_id", "/who"},
                                        {"mapping.rating", "/stars"},
                                        {"mapping.published_at", "/when"},
                                        {"context.number", "/nr"}});
  const std::string body =
      R"({"events":[{"nr":17,"who":"ute@example.org","body":"Too slow","stars":2,"when":"2026-03-01T08:00:00Z"}]})";
  const std::string code = "447873a4bd9c2245ed3f775b18092d31e20042ed7ac1ac8a8a265276a4fea2b5";
  const auto call = [&](const std::string& text, const std::string& stamp) {
    return receive(*channel, request("POST", text, {{"X-Signature-256", code}, {"X-Time", stamp}}));
  };
  auto received = call(body, "1772352000");
  ASSERT_TRUE(received.ok()) << received.error().detail;
  ASSERT_EQ(received->feedback.size(), 1u);
  const auto& feedback = received->feedback[0];
  EXPECT_EQ(feedback.external_id, "17");
  EXPECT_EQ(feedback.kind, cx::FeedbackKind::review);
  EXPECT_EQ(feedback.rating, 2.0);
  EXPECT_EQ(feedback.customer, "webhook:ute@example.org");
  EXPECT_EQ(recall(feedback, "number"), "17");
  EXPECT_FALSE(call(body, "1772352001").ok());
  EXPECT_FALSE(call(body + " ", "1772352000").ok());
  world.time.micros += 301'000'000;
  EXPECT_EQ(call(body, "1772352000").error().code, "stale");
  EXPECT_EQ(channel->counters().refused_signature, 2u);
}

TEST(Webhook, MapsXmlAndForms) {
  TestWorld world;
  auto xml = world.open("webhook", {{"secret", "s3cret"},
                                    {"signature", "token"},
                                    {"format", "xml"},
                                    {"mapping.items", "list/item"},
                                    {"mapping.id", "@nr"},
                                    {"mapping.text", "note/text"},
                                    {"mapping.author_name", "who"}});
  const std::string body =
      "<feed xmlns='urn:x'><list><item nr='1'><who>Ute</who><note><text>Good &amp; cheap</text></note></item>"
      "<item nr='2'><who>Jo</who><note><text>Bad</text></note></item></list></feed>";
  auto received = receive(*xml, request("POST", body, {{"X-Signature-256", "s3cret"}}));
  ASSERT_TRUE(received.ok()) << received.error().detail;
  ASSERT_EQ(received->feedback.size(), 2u);
  EXPECT_EQ(received->feedback[0].text, "Good & cheap");
  EXPECT_EQ(received->feedback[1].external_id, "2");
  EXPECT_EQ(receive(*xml, request("POST", body, {{"X-Signature-256", "s3creT"}})).error().code, "token");
  auto bomb =
      receive(*xml, request("POST", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", {{"X-Signature-256", "s3cret"}}));
  EXPECT_EQ(bomb.error().code, "malformed");
  auto form = world.open("webhook", {{"secret", "s3cret"},
                                     {"signature", "token"},
                                     {"format", "form"},
                                     {"mapping.id", "number"},
                                     {"mapping.text", "words"}});
  auto filled = receive(*form, request("POST", "number=9&words=Gr%C3%BC%C3%9Fe+alle", {{"X-Signature-256", "s3cret"}}));
  ASSERT_TRUE(filled.ok());
  EXPECT_EQ(filled->feedback[0].text, "Grüße alle");
  auto missing = receive(*form, request("POST", "words=x", {{"X-Signature-256", "s3cret"}}));
  EXPECT_EQ(missing.error().status, 422);
}

TEST(Rules, CountAsTheNetworksDo) {
  EXPECT_EQ(length_of("äöü", Counting::characters), 3u);
  EXPECT_EQ(length_of("👍🏽", Counting::characters), 2u);
  EXPECT_EQ(length_of("👍🏽", Counting::graphemes), 1u);
  EXPECT_EQ(length_of("👍", Counting::utf16), 2u);
  EXPECT_EQ(length_of("日本", Counting::weighted), 4u);
  EXPECT_EQ(length_of("see https://example.org/a/very/long/address/indeed/yes ok", Counting::weighted), 4u + 23u + 3u);
}

TEST(Dates, OfAllNetworks) {
  EXPECT_EQ(from_http_date("Wed, 02 Oct 2002 13:00:00 GMT"), from_iso("2002-10-02T13:00:00Z"));
  EXPECT_EQ(from_http_date("02 Oct 2002 13:00:00 +0200"), from_iso("2002-10-02T11:00:00Z"));
  EXPECT_EQ(from_iso("2002-10-02T11:00:00+0000"), from_iso("2002-10-02T11:00:00Z"));
  EXPECT_FALSE(from_http_date("yesterday"));
  EXPECT_FALSE(from_unix_seconds(999'999'999'999'999));
}

}  // namespace
}  // namespace echoflow::channels::test

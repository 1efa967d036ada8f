#include <gtest/gtest.h>

#include "adapters/channels/build.hpp"
#include "tests/adapters/channels/support.hpp"

// Each network against its fake: in, out, limits, and what goes wrong.
namespace echoflow::channels::test {
namespace {

struct Peer : testing::Test {
  TestWorld world;
  Hook hook;
  ChannelPtr channel;

  void SetUp() override { world.time = wall_now(); }
  void open(const std::string& network, std::map<std::string, std::string> settings) {
    channel = world.open(network, std::move(settings));
    hook.serve(*channel);
  }
  cx::Feedback hear(FakeService& fake, const std::string& words) {
    const auto before = hook.heard.all().size();
    fake.control("say", words);
    EXPECT_TRUE(hook.heard.wait_for(before + 1)) << words;
    return hook.heard.all().empty() ? cx::Feedback{} : hook.heard.all().back();
  }
  SendResult reply(const cx::Feedback& feedback, OutgoingKind kind, std::string text) {
    return channel->send({"key-" + text.substr(0, 20), kind, std::move(text), "", "", "", feedback});
  }
};

TEST_F(Peer, WhatsAppWithinADay) {
  FakeService fake("whatsapp", hook.url());
  open("whatsapp", {{"phone_number_id", "n1"},
                    {"app_secret", "whatsapp-app-secret"},
                    {"verify_token", "v"},
                    {"access_token", "whatsapp-access-token"},
                    {"api_url", fake.url()}});
  auto feedback = hear(fake, R"({"text": "Hello", "user": "491"})");
  ASSERT_TRUE(sent(reply(feedback, OutgoingKind::private_reply, "Hi Ute")));
  EXPECT_EQ(refused(reply(feedback, OutgoingKind::reply, "Hi all"))->rule, "no-public");
  EXPECT_EQ(refused(reply(feedback, OutgoingKind::private_reply, std::string(4097, 'x')))->rule, "length");
  EXPECT_EQ(json::text_at(fake.posted(), "/0/to"), "491");
  world.time.micros += 86'401'000'000;
  EXPECT_EQ(refused(reply(feedback, OutgoingKind::private_reply, "Late"))->rule, "template");
  EXPECT_TRUE(sent(channel->send({"k2", OutgoingKind::private_reply, "17", "", "", "order_update", feedback})));
  EXPECT_EQ(refused(channel->send({"k3", OutgoingKind::post, "Hi", "", "492", "", {}}))->rule, "template");
  EXPECT_TRUE(sent(channel->send({"k4", OutgoingKind::post, "", "", "492", "welcome", {}})));
  fake.control("fail", R"({"mode": "rate-limit"})");
  EXPECT_TRUE(later(channel->send({"k5", OutgoingKind::post, "", "", "492", "welcome", {}})));
}

TEST_F(Peer, TelegramByWebhook) {
  FakeService fake("telegram", hook.url());
  open("telegram", {{"bot_token", "4711:telegram-bot-token"},
                    {"webhook_secret", "telegram-webhook-secret"},
                    {"api_url", fake.url()}});
  EXPECT_FALSE(channel->pulls());
  auto feedback = hear(fake, R"({"text": "Hello"})");
  EXPECT_EQ(feedback.kind, cx::FeedbackKind::chat);
  ASSERT_TRUE(sent(reply(feedback, OutgoingKind::private_reply, "Hi!")));
  EXPECT_EQ(refused(reply(feedback, OutgoingKind::reply, "Hi!"))->rule, "no-public");
  auto in_group = hear(fake, R"({"text": "All broken", "chat": -100, "group": true})");
  ASSERT_TRUE(sent(reply(in_group, OutgoingKind::reply, "We look into it")));
  EXPECT_EQ(json::integer_at(fake.posted(), "/1/chat"), -100);
  std::string smileys;
  for (int i = 0; i < 2049; ++i) smileys += "🙂";
  EXPECT_EQ(refused(reply(feedback, OutgoingKind::private_reply, smileys))->rule, "length");
  auto wrong = receive(*channel, request("POST", "{}", {{"X-Telegram-Bot-Api-Secret-Token", "guess"}}));
  EXPECT_EQ(wrong.error().code, "token");
  fake.control("fail", R"({"mode": "lost"})");
  auto lost = reply(feedback, OutgoingKind::private_reply, "Once more");
  ASSERT_TRUE(later(lost));
  EXPECT_TRUE(later(lost)->maybe_sent);
  EXPECT_EQ(later(lost)->reason.find("telegram-bot-token"), std::string::npos);
}

TEST_F(Peer, TelegramByPolling) {
  FakeService fake("telegram");
  const std::map<std::string, std::string> settings{
      {"bot_token", "4711:telegram-bot-token"}, {"poll_seconds", "0"}, {"api_url", fake.url()}};
  open("telegram", settings);
  ASSERT_TRUE(channel->pulls());
  fake.control("say", R"({"text": "one"})");
  fake.control("say", R"({"text": "two"})");
  Heard heard;
  heard.broken = true;
  EXPECT_NE(channel->pull({}, heard).problem, "");
  heard.broken = false;
  channel = world.open("telegram", settings);  // nothing is lost by a crash in between
  EXPECT_EQ(channel->pull({}, heard).problem, "");
  ASSERT_EQ(heard.all().size(), 2u);
  EXPECT_EQ(heard.all()[1].text, "two");
  EXPECT_EQ(channel->pull({}, heard).problem, "");
  EXPECT_EQ(heard.all().size(), 2u);
}

TEST_F(Peer, SlackInThreads) {
  FakeService fake("slack", hook.url());
  open("slack", {{"signing_secret", "slack-signing-secret"},
                 {"bot_token", "slack-bot-token"},
                 {"channel", "C9"},
                 {"api_url", fake.url()}});
  EXPECT_TRUE(json::flag_at(fake.control("verify"), "/verified"));
  auto feedback = hear(fake, R"({"text": "Help &lt;now&gt; &amp;amp;"})");
  EXPECT_EQ(feedback.text, "Help <now> &amp;");
  const Outgoing answer{"k1", OutgoingKind::reply, "Coming <3", "", "", "", feedback};
  ASSERT_TRUE(sent(channel->send(answer)));
  EXPECT_TRUE(channel->find_sent(answer).value());
  EXPECT_EQ(json::text_at(fake.posted(), "/0/text"), "Coming &lt;3");
  Outgoing other = answer;
  other.key = "k2";
  EXPECT_FALSE(channel->find_sent(other).value()) << "the same words under another key";
  fake.control("fail", R"({"mode": "lost"})");
  EXPECT_TRUE(later(channel->send(other))->maybe_sent);
  EXPECT_TRUE(channel->find_sent(other).value());
  other.kind = OutgoingKind::private_reply;
  other.key = "k3";
  EXPECT_FALSE(channel->find_sent(other).value());
  ASSERT_TRUE(sent(channel->send(other)));
  EXPECT_TRUE(channel->find_sent(other).value());
  fake.control("fail", R"({"mode": "rate-limit"})");
  auto limited = channel->send({"k4", OutgoingKind::post, "News", "", "", "", {}});
  ASSERT_TRUE(later(limited));
  EXPECT_EQ(later(limited)->after, std::chrono::seconds(11));
  fake.control("say", R"({"text": "old", "stale": true})");
  EXPECT_EQ(channel->counters().refused_stale, 1u);
}

TEST_F(Peer, TwilioMessagesAndCalls) {
  FakeService fake("twilio", hook.url());
  open("sms", {{"account_sid", "AC1"},
               {"auth_token", "twilio-auth-token"},
               {"number", "+4930555"},
               {"api_url", fake.url()},
               {"public_url", hook.url()},
               {"voice_greeting", "Sagen Sie <uns>, was fehlt."},
               {"voice_language", "de-DE"}});
  auto feedback = hear(fake, R"({"text": "Wo bleibt mein Paket?"})");
  EXPECT_EQ(feedback.kind, cx::FeedbackKind::sms);
  const Outgoing answer{"k1", OutgoingKind::private_reply, "Morgen.", "", "", "", feedback};
  fake.control("fail", R"({"mode": "lost"})");
  EXPECT_TRUE(later(channel->send(answer))->maybe_sent);
  EXPECT_TRUE(channel->find_sent(answer).value());
  EXPECT_EQ(fake.posted().items.size(), 1u);
  const auto ringing = fake.control("say", R"({"call": "ringing"})");
  EXPECT_NE(json::text_at(ringing, "/answer").find("Sagen Sie &lt;uns>, was fehlt."), std::string::npos);
  auto call = hear(fake, R"({"call": "transcript", "text": "Mein Paket ist nicht da"})");
  EXPECT_EQ(call.kind, cx::FeedbackKind::call_transcript);
  EXPECT_EQ(call.conversation, feedback.conversation);
  EXPECT_EQ(refused(channel->send({"k2", OutgoingKind::post, "Hi", "", "+49000", "", {}}))->rule, "recipient");
  auto forged =
      receive(*channel, request("POST", "AccountSid=AC1&MessageSid=1&From=1&Body=x", {{"X-Twilio-Signature", "AA=="}}));
  EXPECT_EQ(forged.error().code, "signature");
}

TEST_F(Peer, XPostsAndMessages) {
  FakeService fake("x", hook.url());
  open("x", {{"consumer_secret", "x-consumer-secret"},
             {"access_token", "x-access-token"},
             {"user_id", "42"},
             {"api_url", fake.url()}});
  EXPECT_TRUE(json::flag_at(fake.control("verify"), "/verified"));
  auto feedback = hear(fake, R"({"text": "@acme late again"})");
  const Outgoing answer{"k1", OutgoingKind::reply, "Sorry!", "", "", "", feedback};
  EXPECT_FALSE(channel->find_sent(answer).value());
  auto done = channel->send(answer);
  ASSERT_TRUE(sent(done));
  EXPECT_EQ(channel->find_sent(answer).value()->external_id, sent(done)->external_id);
  auto second = hear(fake, R"({"text": "not enough", "below": ")" + sent(done)->external_id + "\"}");
  EXPECT_EQ(second.conversation, feedback.external_id);
  auto third = hear(fake, R"({"text": "at all", "below": ")" + second.external_id + "\"}");
  EXPECT_EQ(third.conversation, feedback.external_id);
  EXPECT_EQ(refused(channel->send(answer))->rule, "network") << "X itself refuses the same words again";
  EXPECT_EQ(refused(reply(feedback, OutgoingKind::reply, std::string(281, 'x')))->rule, "length");
  fake.control("fail", R"({"mode": "rate-limit"})");
  auto limited = reply(feedback, OutgoingKind::reply, "Later");
  ASSERT_TRUE(later(limited));
  EXPECT_GT(later(limited)->after, std::chrono::seconds(60));
  auto message = hear(fake, R"({"text": "hello?", "message": true})");
  EXPECT_EQ(message.kind, cx::FeedbackKind::direct_message);
  EXPECT_EQ(message.author.name, "Ute");
  EXPECT_TRUE(sent(reply(message, OutgoingKind::private_reply, "Hello!")));
  EXPECT_EQ(refused(reply(message, OutgoingKind::reply, "Hello!"))->rule, "no-public");
}

}  // namespace
}  // namespace echoflow::channels::test

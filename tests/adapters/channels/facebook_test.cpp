#include <gtest/gtest.h>

#include "adapters/channels/build.hpp"
#include "tests/adapters/channels/support.hpp"

namespace echoflow::channels::test {
namespace {

const std::string comment =
    R"({"object":"page","entry":[{"id":"p1","time":1700000000,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","post_id":"p1_5","comment_id":"5_9","parent_id":"p1_5","from":{"id":"77","name":"Ute"},"message":"My parcel is lost","created_time":1700000000}}]}]})";
const std::string comment_signature = "sha256=0bfc75d57dd6a7ed1970b947ea22a12f8b8d540638bcbdd37fec07f6e5c23d0d";

std::map<std::string, std::string> settings() {
  return {{"page_id", "p1"},
          {"app_secret", "app-secret-1"},
          {"verify_token", "verify-1"},
          {"access_token", "facebook-access-token"}};
}

TEST(Facebook, ReadsASignedComment) {
  TestWorld world;
  auto channel = world.open("facebook", settings());
  auto received = receive(*channel, request("POST", comment, {{"x-hub-signature-256", comment_signature}}));
  ASSERT_TRUE(received.ok()) << received.error().detail;
  ASSERT_EQ(received->feedback.size(), 1u);
  const auto& feedback = received->feedback[0];
  EXPECT_EQ(feedback.external_id, "5_9");
  EXPECT_EQ(feedback.channel, "desk");
  EXPECT_EQ(feedback.network, "facebook");
  EXPECT_EQ(feedback.kind, cx::FeedbackKind::comment);
  EXPECT_EQ(feedback.conversation, "5_9");
  EXPECT_EQ(feedback.customer, "facebook:77");
  EXPECT_EQ(feedback.in_reply_to, "p1_5");
  EXPECT_EQ(feedback.author.name, "Ute");
  EXPECT_EQ(feedback.text, "My parcel is lost");
  EXPECT_EQ(feedback.published_at, (TimePoint{sample_seconds * 1'000'000}));
  EXPECT_EQ(recall(feedback, "comment_id"), "5_9");
  EXPECT_NE(feedback.raw.find("\"comment_id\":\"5_9\""), std::string::npos);
  EXPECT_EQ(channel->counters().received, 1u);
}

TEST(Facebook, RefusesAndCountsWrongSignatures) {
  TestWorld world;
  auto channel = world.open("facebook", settings());
  for (std::string signature : {"", "sha256=", "sha256=00", "sha1=0bfc75d57dd6a7ed1970b947ea22a12f8b8d5406",
                                "sha256=0bfc75d57dd6a7ed1970b947ea22a12f8b8d540638bcbdd37fec07f6e5c23d0e"}) {
    auto received = receive(*channel, request("POST", comment, {{"X-Hub-Signature-256", signature}}));
    ASSERT_FALSE(received.ok());
    EXPECT_EQ(received.error().status, 401);
    EXPECT_EQ(received.error().code, "signature");
  }
  auto changed = receive(*channel, request("POST", comment + " ", {{"X-Hub-Signature-256", comment_signature}}));
  EXPECT_FALSE(changed.ok());
  EXPECT_EQ(channel->counters().refused_signature, 6u);
  EXPECT_EQ(channel->counters().received, 0u);
}

TEST(Facebook, AnswersTheHandshakeForTheRightTokenOnly) {
  TestWorld world;
  auto channel = world.open("facebook", settings());
  const std::string query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
  const auto right = request("GET", "", {}, query + "verify-1"), wrong = request("GET", "", {}, query + "verify-2");
  auto answer = channel->handshake({right, ""});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "1158201444");
  EXPECT_EQ(channel->handshake({wrong, ""})->status, 403);
}

TEST(Facebook, SecretsAreReferencesOnly) {
  TestWorld world;
  auto given = settings();
  given["app_secret"] = "";
  EXPECT_NE(world.try_open("facebook", given).error().message.find("app_secret"), std::string::npos);
  auto literal = Channels::open({{"desk", "facebook", {{"page_id", "p1"}, {"app_secret", "hunter2"}}}}, world.world());
  ASSERT_FALSE(literal.ok());
  EXPECT_EQ(literal.error().message.find("hunter2"), std::string::npos);
  given = settings();
  given["page"] = "p1";
  EXPECT_NE(world.try_open("facebook", given).error().message.find("'page' is unknown"), std::string::npos);
}

/// A page with customers, and a server of ours that listens to it.
struct FacebookPeer : testing::Test {
  TestWorld world;
  Hook hook;
  FakeService fake{"facebook", hook.url()};
  ChannelPtr channel;

  void SetUp() override {
    world.time = wall_now();
    channel = world.open("facebook", {{"page_id", "page-1"},
                                      {"app_secret", "facebook-app-secret"},
                                      {"verify_token", "facebook-verify"},
                                      {"access_token", "facebook-access-token"},
                                      {"api_url", fake.url()}});
    hook.serve(*channel);
  }
  cx::Feedback hear(const std::string& words) {
    const auto before = hook.heard.all().size();
    fake.control("say", words);
    EXPECT_TRUE(hook.heard.wait_for(before + 1));
    return hook.heard.all().back();
  }
};

TEST_F(FacebookPeer, AnswersInPublicAndInPrivate) {
  EXPECT_TRUE(json::flag_at(fake.control("verify"), "/verified"));
  auto feedback = hear(R"({"user": "u7", "name": "Ute", "text": "My parcel is lost"})");
  auto reply = channel->send({"k1", OutgoingKind::reply, "We are sorry, Ute.", "", "", "", feedback});
  ASSERT_TRUE(sent(reply));
  auto again = channel->find_sent({"k1", OutgoingKind::reply, "We are sorry, Ute.", "", "", "", feedback});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*again)->external_id, sent(reply)->external_id);
  Outgoing in_private{"k2", OutgoingKind::private_reply, "May we call you?", "", "", "", feedback};
  EXPECT_FALSE(channel->find_sent(in_private).value());
  ASSERT_TRUE(sent(channel->send(in_private)));
  EXPECT_TRUE(channel->find_sent(in_private).value());
  in_private.text = "And once more";
  auto second = channel->send(in_private);
  ASSERT_TRUE(refused(second));
  EXPECT_EQ(refused(second)->rule, "network");
  const auto posted = fake.posted();
  ASSERT_EQ(posted.items.size(), 2u);
  EXPECT_EQ(json::text_at(posted, "/0/below"), feedback.external_id);
  EXPECT_EQ(json::text_at(posted, "/1/to"), "comment:" + feedback.external_id);
}

TEST_F(FacebookPeer, HoldsLengthsAndWindows) {
  auto feedback = hear(R"({"text": "Old words", "at": 1700000000})");
  auto late = channel->send({"k1", OutgoingKind::private_reply, "Hello", "", "", "", feedback});
  ASSERT_TRUE(refused(late));
  EXPECT_EQ(refused(late)->rule, "window");
  auto fresh = hear(R"({"text": "New words"})");
  auto longest = channel->send({"k2", OutgoingKind::private_reply, std::string(2001, 'x'), "", "", "", fresh});
  ASSERT_TRUE(refused(longest));
  EXPECT_EQ(refused(longest)->rule, "length");
  EXPECT_EQ(fake.posted().items.size(), 0u);
  std::string umlauts;
  for (int i = 0; i < 2000; ++i) umlauts += "ä";
  EXPECT_TRUE(sent(channel->send({"k3", OutgoingKind::private_reply, umlauts, "", "", "", fresh})));
  auto message = hear(R"({"kind": "message", "user": "u9", "text": "Hi"})");
  EXPECT_EQ(message.kind, cx::FeedbackKind::direct_message);
  EXPECT_TRUE(sent(channel->send({"k4", OutgoingKind::private_reply, "Hi!", "", "", "", message})));
  world.time.micros += 86'401'000'000;
  auto next_day = channel->send({"k5", OutgoingKind::private_reply, "Hi again!", "", "", "", message});
  ASSERT_TRUE(refused(next_day));
  EXPECT_EQ(refused(next_day)->rule, "window");
  EXPECT_EQ(refused(channel->send({"k6", OutgoingKind::reply, "Hi!", "", "", "", message}))->rule, "no-public");
}

TEST_F(FacebookPeer, TellsLaterFromNeverAndALostAnswer) {
  auto feedback = hear(R"({"text": "Where is it?"})");
  const Outgoing reply{"k1", OutgoingKind::reply, "On its way.", "", "", "", feedback};
  fake.control("fail", R"({"mode": "rate-limit"})");
  auto limited = channel->send(reply);
  ASSERT_TRUE(later(limited));
  EXPECT_FALSE(later(limited)->maybe_sent);
  fake.control("fail", R"({"mode": "error"})");
  auto broken = channel->send(reply);
  ASSERT_TRUE(later(broken));
  EXPECT_TRUE(later(broken)->maybe_sent);
  EXPECT_FALSE(channel->find_sent(reply).value());
  fake.control("fail", R"({"mode": "lost"})");
  auto lost = channel->send(reply);
  ASSERT_TRUE(later(lost));
  EXPECT_TRUE(later(lost)->maybe_sent);
  auto found = channel->find_sent(reply);
  ASSERT_TRUE(found.ok() && *found);
  EXPECT_EQ(fake.posted().items.size(), 1u);
  EXPECT_EQ(channel->counters().send_later, 3u);
}

TEST_F(FacebookPeer, IsRedeliveredAndOutOfOrder) {
  fake.control("say", R"({"text": "Twice", "twice": true})");
  ASSERT_TRUE(hook.heard.wait_for(2));
  auto heard = hook.heard.all();
  EXPECT_EQ(heard[0].external_id, heard[1].external_id);
  fake.control("hold");
  fake.control("say", R"({"user": "u1", "text": "first"})");
  fake.control("say", R"({"user": "u1", "text": "second"})");
  fake.control("release", R"({"reverse": true})");
  ASSERT_TRUE(hook.heard.wait_for(4));
  heard = hook.heard.all();
  EXPECT_EQ(heard[2].text, "second");
  EXPECT_LE(heard[3].published_at->micros, heard[2].published_at->micros);
  hook.heard.broken = true;  // what cannot be stored is delivered again
  std::thread([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    hook.heard.broken = false;
  }).detach();
  fake.control("say", R"({"text": "kept"})");
  ASSERT_TRUE(hook.heard.wait_for(5));
}

TEST_F(FacebookPeer, KeepsTheThreadOfComments) {
  auto top = hear(R"({"text": "Top"})");
  auto below = hear(R"({"text": "Below", "below": ")" + top.external_id + "\"}");
  EXPECT_EQ(below.conversation, top.conversation);
  auto edited = hear(R"({"text": "Top, corrected", "kind": "edit", "below": ")" + top.external_id + "\"}");
  EXPECT_NE(edited.external_id, top.external_id);
  EXPECT_EQ(edited.in_reply_to, top.external_id);
  auto visitor = hear(R"({"text": "A post of mine", "kind": "post"})");
  EXPECT_EQ(visitor.kind, cx::FeedbackKind::post);
  auto answer = channel->send({"k", OutgoingKind::reply, "Hello", "", "", "", visitor});
  ASSERT_TRUE(sent(answer));
  auto more = hear(R"({"text": "And more", "below": ")" + sent(answer)->external_id + "\"}");
  EXPECT_EQ(more.conversation, visitor.external_id) << "an answer to our answer goes on with the conversation";
}

TEST(Instagram, RepliesToComments) {
  TestWorld world;
  world.time = wall_now();
  Hook hook;
  FakeService fake("facebook", hook.url(), {"--instagram", "yes", "--page", "ig-1"});
  auto channel = world.open("instagram", {{"account_id", "ig-1"},
                                          {"app_secret", "facebook-app-secret"},
                                          {"verify_token", "facebook-verify"},
                                          {"access_token", "facebook-access-token"},
                                          {"api_url", fake.url()}});
  hook.serve(*channel);
  fake.control("say", R"({"user": "u7", "name": "ute.k", "text": "Love it"})");
  ASSERT_TRUE(hook.heard.wait_for(1));
  const auto feedback = hook.heard.all()[0];
  EXPECT_EQ(feedback.author.handle, "ute.k");
  EXPECT_EQ(feedback.kind, cx::FeedbackKind::comment);
  ASSERT_TRUE(sent(channel->send({"k1", OutgoingKind::reply, "Thank you!", "", "", "", feedback})));
  EXPECT_TRUE(channel->find_sent({"k1", OutgoingKind::reply, "Thank you!", "", "", "", feedback}).value());
  auto longest = channel->send({"k2", OutgoingKind::private_reply, std::string(1001, 'x'), "", "", "", feedback});
  EXPECT_EQ(refused(longest)->rule, "length");
  EXPECT_TRUE(sent(channel->send({"k2", OutgoingKind::private_reply, std::string(1000, 'x'), "", "", "", feedback})));
}

}  // namespace
}  // namespace echoflow::channels::test

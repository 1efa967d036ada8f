#include "adapters/channels/bluesky/bluesky.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "adapters/channels/build.hpp"
#include "adapters/channels/puller.hpp"
#include "tests/adapters/channels/support.hpp"

namespace echoflow::channels::test {
namespace {

TEST(BlueskyKeys, AreTheSameForTheSameDelivery) {
  EXPECT_EQ(bluesky_record_key("7-3"), bluesky_record_key("7-3"));
  EXPECT_NE(bluesky_record_key("7-3"), bluesky_record_key("7-4"));
  for (int i = 0; i < 1000; ++i) {
    const auto key = bluesky_record_key(std::to_string(i));
    ASSERT_EQ(key.size(), 13u);
    ASSERT_NE(std::string_view("234567abcdefghij").find(key[0]), std::string_view::npos);
  }
}

TEST(Bluesky, ListensAndAnswersOnce) {
  TestWorld world;
  world.time = wall_now();
  FakeService fake("bluesky");
  Heard heard;
  auto opened =
      world.try_open("bluesky", {{"jetstream", "ws://127.0.0.1:" + std::to_string(fake.port()) + "/subscribe"},
                                 {"service", fake.url()},
                                 {"identifier", "acme.example"},
                                 {"password", "bluesky-app-password"},
                                 {"keywords", "Acme Kettle\nacmephone"}});
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  const Channels channels = std::move(opened).value();
  auto* channel = channels.find("desk");
  Puller puller(channels.all(), heard);
  puller.start();
  const auto wait_for_stream = [&] {
    for (int i = 0; i < 200 && json::integer_at(fake.control("streams"), "/open") != 1; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
  };
  wait_for_stream();
  fake.control("say", R"({"text": "Nothing to do with us"})");
  const auto uri = json::text_at(fake.control("say", R"({"text": "My ACME kettle leaks"})"), "/uri");
  ASSERT_TRUE(heard.wait_for(1));
  const auto feedback = heard.all()[0];
  EXPECT_EQ(feedback.external_id, uri);
  EXPECT_EQ(feedback.customer, "bluesky:did:plc:ute");
  fake.control("fail", R"({"mode": "cut"})");
  fake.control("say", R"({"text": "hey you", "mention": true})");
  ASSERT_TRUE(heard.wait_for(3));  // the first comes again, as the cursor is inclusive
  EXPECT_EQ(heard.all()[1].external_id, uri);
  EXPECT_EQ(heard.all()[2].text, "hey you");
  const Outgoing answer{"7-3", OutgoingKind::reply, "We are sorry.", "", "", "", feedback};
  EXPECT_FALSE(channel->find_sent(answer).value());
  fake.control("expire");
  fake.control("fail", R"({"mode": "lost"})");
  (void)channel->send(answer);
  auto done = channel->send(answer);
  ASSERT_TRUE(sent(done));
  EXPECT_EQ(channel->find_sent(answer).value()->external_id, sent(done)->external_id);
  const auto posted = fake.posted();
  ASSERT_EQ(posted.items.size(), 1u);
  EXPECT_EQ(json::text_at(posted, "/0/reply/parent/uri"), uri);
  wait_for_stream();
  fake.control("say", R"({"text": "no, still bad", "reply_to": ")" + sent(done)->external_id + "\"}");
  ASSERT_TRUE(heard.wait_for(4));
  puller.stop();
  std::string family;
  for (int i = 0; i < 300; ++i) family += "👨‍👩‍👧";
  EXPECT_TRUE(sent(channel->send({"k2", OutgoingKind::post, family, "", "", "", {}})));
  EXPECT_EQ(refused(channel->send({"k3", OutgoingKind::post, family + "!", "", "", "", {}}))->rule, "length");
  EXPECT_EQ(refused(channel->send({"k4", OutgoingKind::private_reply, "psst", "", "", "", feedback}))->rule,
            "no-private");
}

/// Against the real server: ECHOFLOW_BLUESKY_MODULES names the folder in which npm installed @atproto/dev-env.
TEST(Bluesky, IsUnderstoodByTheRealServer) {
  const char* modules = std::getenv("ECHOFLOW_BLUESKY_MODULES");
  if (!modules) GTEST_SKIP() << "ECHOFLOW_BLUESKY_MODULES is not set.";
  TestWorld world;
  world.time = wall_now();
  Program server({"node", ECHOFLOW_SOURCE_DIR "/tests/channels/bluesky_server.mjs", modules});
  const auto ask = [&](const std::string& method, const std::string& body, const std::string& token) {
    http::ClientRequest call{server.url() + "/xrpc/" + method, "POST", {{"Content-Type", "application/json"}}, body};
    if (!token.empty()) call.headers.emplace_back("Authorization", "Bearer " + token);
    auto answer = world.client.send(call);
    EXPECT_TRUE(answer.ok() && answer->status == 200) << method << (answer ? answer->body : answer.error().message);
    auto value = json::parse(answer ? answer->body : "");
    return value ? std::move(value).value() : json::Value{};
  };
  const auto ute =
      ask("com.atproto.server.createSession", R"({"identifier":"ute-meyer.test","password":"ute-meyer-password"})", "");
  const auto said = ask("com.atproto.repo.createRecord",
                        R"({"repo":")" + json::text_at(ute, "/did") +
                            R"(","collection":"app.bsky.feed.post","record":{"$type":"app.bsky.feed.post",)"
                            R"("text":"My kettle leaks","createdAt":"2026-03-01T08:00:00.000Z"}})",
                        json::text_at(ute, "/accessJwt"));
  cx::Feedback feedback;
  feedback.external_id = json::text_at(said, "/uri");
  for (const char* which : {"root", "parent"}) {
    remember(feedback, std::string(which) + "_uri", feedback.external_id);
    remember(feedback, std::string(which) + "_cid", json::text_at(said, "/cid"));
  }
  auto channel = world.open("bluesky", {{"jetstream", "ws://127.0.0.1:1/subscribe"},
                                        {"service", server.url()},
                                        {"identifier", "acme-care.test"},
                                        {"password", "acme-care-password"}});
  const Outgoing answer{"7-3", OutgoingKind::reply, "We are sorry.", "", "", "", feedback};
  EXPECT_FALSE(channel->find_sent(answer).value());
  auto first = channel->send(answer);
  ASSERT_TRUE(sent(first));
  auto second = channel->send(answer);
  ASSERT_TRUE(sent(second));
  EXPECT_EQ(sent(first)->external_id, sent(second)->external_id) << "twice is once";
  EXPECT_EQ(channel->find_sent(answer).value()->external_id, sent(first)->external_id);
  const auto repo = sent(first)->external_id.substr(5, sent(first)->external_id.find('/', 5) - 5);
  auto listed = world.client.send(
      {server.url() + "/xrpc/com.atproto.repo.listRecords?collection=app.bsky.feed.post&repo=" + repo, "GET", {}, ""});
  ASSERT_TRUE(listed.ok());
  const auto records = json::parse(listed->body);
  ASSERT_TRUE(records.ok()) << listed->body;
  ASSERT_EQ(json::items_at(*records, "/records").size(), 1u);
  EXPECT_EQ(json::text_at(*records, "/records/0/value/reply/parent/uri"), feedback.external_id);
}

}  // namespace
}  // namespace echoflow::channels::test

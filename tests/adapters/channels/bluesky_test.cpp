#include "adapters/channels/bluesky/bluesky.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace echoflow::channels::test

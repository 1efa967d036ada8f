#include <gtest/gtest.h>

#include <thread>

#include "adapters/channels/build.hpp"
#include "adapters/channels/event_stream.hpp"
#include "adapters/channels/puller.hpp"
#include "adapters/channels/rss/feed.hpp"
#include "tests/adapters/channels/support.hpp"

namespace echoflow::channels::test {
namespace {

TEST(EventParser, ReadsEventsInAnyPieces) {
  const std::string bytes = ":)\nevent: update\ndata: {\"a\":\ndata: 1}\n\n:thump\n\nevent: delete\r\ndata: 7\r\n\r\n";
  for (std::size_t step = 1; step < bytes.size(); step += 3) {
    std::vector<std::string> got;
    EventParser parser([&](const std::string& type, const std::string& data) {
      got.push_back(type + "=" + data);
      return true;
    });
    for (std::size_t at = 0; at < bytes.size(); at += step)
      ASSERT_TRUE(parser.take(std::string_view(bytes).substr(at, step)));
    EXPECT_EQ(got, (std::vector<std::string>{"update={\"a\":\n1}", "delete=7"}));
  }
  EventParser endless([](const auto&, const auto&) { return true; });
  EXPECT_FALSE(endless.take(std::string((1u << 20) + 1, 'x')));
}

struct Mastodon : testing::Test {
  TestWorld world;
  FakeService fake{"mastodon"};
  Heard heard;
  std::map<std::string, std::string> settings() const {
    return {{"server", fake.url()}, {"access_token", "mastodon-access-token"}, {"account", "acme"}};
  }
};

TEST_F(Mastodon, StreamsMentionsAndMissesNone) {
  world.time = wall_now();
  fake.control("say", R"({"text": "before we listened"})");
  auto opened = world.try_open("mastodon", settings());
  ASSERT_TRUE(opened.ok());
  const Channels channels = std::move(opened).value();
  Puller puller(channels.all(), heard);
  puller.start();
  for (int i = 0; i < 200 && json::integer_at(fake.control("streams"), "/open") != 1; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const auto question = json::text_at(fake.control("say", R"({"text": "@acme it's <broken>\nagain"})"), "/id");
  ASSERT_TRUE(heard.wait_for(1));
  const auto feedback = heard.all()[0];
  EXPECT_EQ(feedback.external_id, question);
  EXPECT_EQ(feedback.text, "@acme it's <broken>\nagain");
  EXPECT_EQ(feedback.author.reach, 12u);
  fake.control("fail", R"({"mode": "cut"})");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  fake.control("say", R"({"text": "@acme while the stream was cut"})");
  ASSERT_TRUE(heard.wait_for(2));
  auto* channel = channels.find("desk");
  const Outgoing answer{"k1", OutgoingKind::reply, "We fix it", "", "", "", feedback};
  auto done = channel->send(answer);
  ASSERT_TRUE(sent(done));
  EXPECT_EQ(sent(channel->send(answer))->external_id, sent(done)->external_id) << "the key makes twice once";
  ASSERT_EQ(fake.posted().items.size(), 1u);
  EXPECT_EQ(json::text_at(fake.posted(), "/0/text"), "@ute@social.example We fix it");
  EXPECT_EQ(channel->find_sent(answer).value()->external_id, sent(done)->external_id);
  fake.control("say", R"({"text": "thanks", "below": ")" + sent(done)->external_id + "\"}");
  ASSERT_TRUE(heard.wait_for(3));
  EXPECT_EQ(heard.all()[2].conversation, question) << "the thread's first post";
  EXPECT_EQ(heard.all()[2].in_reply_to, sent(done)->external_id);
  EXPECT_TRUE(sent(channel->send({"k2", OutgoingKind::private_reply, "Your number?", "", "", "", feedback})));
  EXPECT_EQ(json::text_at(fake.posted(), "/1/visibility"), "direct");
  EXPECT_EQ(refused(channel->send({"k3", OutgoingKind::reply, std::string(490, 'x'), "", "", "", feedback}))->rule,
            "length");
  fake.control("fail", R"({"mode": "rate-limit"})");
  EXPECT_EQ(later(channel->send({"k4", OutgoingKind::post, "News", "", "", "", {}}))->after, std::chrono::seconds(3));
  puller.stop();
}

TEST_F(Mastodon, TakesAgainWhatWasNotStored) {
  auto channel = world.open("mastodon", settings());
  std::stop_source soon;
  const auto pull = [&] {
    std::stop_source stop;
    std::jthread ender([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      stop.request_stop();
    });
    return channel->pull(stop.get_token(), heard).problem;
  };
  fake.control("say", R"({"text": "first"})");
  EXPECT_EQ(pull(), "");
  EXPECT_EQ(heard.all().size(), 0u) << "the past is left alone";
  fake.control("say", R"({"text": "second"})");
  heard.broken = true;
  EXPECT_EQ(pull(), "What was read could not be stored.");
  heard.broken = false;
  channel = world.open("mastodon", settings());
  pull();
  ASSERT_EQ(heard.all().size(), 1u);
  EXPECT_EQ(heard.all()[0].text, "second");
}

TEST(Rss, AsksConditionallyAndTakesEachOnce) {
  TestWorld world;
  FakeService fake("feed");
  Heard heard;
  auto channel = world.open("rss", {{"url", fake.url() + "/rss"}, {"kind", "review"}});
  fake.control("say", R"({"text": "old"})");
  EXPECT_EQ(channel->pull({}, heard).problem, "");
  EXPECT_EQ(heard.all().size(), 0u);
  EXPECT_EQ(channel->pull({}, heard).problem, "");
  fake.control("say", R"({"text": "<p>new &amp; bad</p>", "id": "r2"})");
  fake.control("say", R"({"text": "newer", "id": "r3"})");
  EXPECT_EQ(channel->pull({}, heard).problem, "");
  EXPECT_EQ(channel->pull({}, heard).problem, "");
  const auto got = heard.all();
  ASSERT_EQ(got.size(), 2u);
  EXPECT_EQ(got[0].external_id, "r2");
  EXPECT_EQ(got[0].text, "new & bad");
  EXPECT_EQ(got[0].kind, cx::FeedbackKind::review);
  EXPECT_EQ(got[1].text, "newer");
  const auto answers = fake.posted();
  EXPECT_EQ(json::integer_at(answers, "/1/status"), 304);
  EXPECT_EQ(json::integer_at(answers, "/3/status"), 304);
}

TEST(Rss, ReadsAtom) {
  auto entries = rss::read_feed(
      "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:1</id><title>T</title><author><name>Ute</name></author>"
      "<link rel='self' href='https://a.example/self'/><link href='https://a.example/1'/>"
      "<content type='html'>&lt;b&gt;Words&lt;/b&gt;</content><updated>2026-03-01T08:00:00Z</updated></entry></feed>");
  ASSERT_TRUE(entries.ok());
  ASSERT_EQ(entries->size(), 1u);
  EXPECT_EQ(entries->front().text, "Words");
  EXPECT_EQ(entries->front().author, "Ute");
  EXPECT_EQ(entries->front().link, "https://a.example/1");
  EXPECT_TRUE(entries->front().published_at);
  EXPECT_FALSE(rss::read_feed("<html/>").ok());
  EXPECT_FALSE(rss::read_feed("no xml").ok());
}

}  // namespace
}  // namespace echoflow::channels::test

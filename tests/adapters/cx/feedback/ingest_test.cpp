#include <future>
#include <set>
#include <thread>

#include "tests/adapters/cx/feedback/world.hpp"

namespace echoflow::intake::test {
namespace {

using engine::FeedbackStatus;
using runtime::FailureKind;

std::int64_t id_of(const runtime::Outcome<std::vector<Taken>>& taken) {
  EXPECT_TRUE(taken.ok()) << taken.error().message;
  return taken.ok() ? taken->at(0).id : 0;
}

TEST(Ingest, StartsAndSteersAProcess) {
  World world;
  world.deploy(listener_files());
  const auto first = id_of(world.ingest->take({post("1", "one", "talk")}));
  ASSERT_TRUE(world.at_rest());
  const auto row = world.cx().feedback(first).value();
  EXPECT_EQ(row->status, FeedbackStatus::taken);
  ASSERT_EQ(row->instances.size(), 1u);
  EXPECT_EQ(row->raw, "{\"id\":\"1\"}");
  EXPECT_EQ(row->customer, "facebook:42");
  const auto second = id_of(world.ingest->take({post("2", "two", "talk")}));
  const auto third = id_of(world.ingest->take({post("3", "end", "talk", "7")}));
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.cx().feedback(second).value()->instances, row->instances);
  EXPECT_EQ(world.cx().feedback(third).value()->instances, row->instances);
  EXPECT_EQ(world.instances(), 1u);
  EXPECT_EQ(world.gathered(row->instances[0]), "one two end");
  EXPECT_FALSE(world.store->check_chain(1)->broken_at);
}

TEST(Ingest, UnderstandsWhatIsSaid) {
  World world;
  const auto id = id_of(world.ingest->take({post("1", "Das ist eine Frechheit, ich bin total unzufrieden!")}));
  ASSERT_TRUE(world.at_rest());
  const auto record = read_record(*world.cx().feedback(id).value());
  ASSERT_TRUE(record.ok());
  EXPECT_EQ(record->said.understanding.language, "de");
  EXPECT_EQ(record->said.understanding.sentiment.polarity, cx::Polarity::negative);
}

TEST(Ingest, KnowsADuplicate) {
  World world;
  world.deploy(listener_files());
  const auto both = world.ingest->take({post("1", "one", "talk"), post("1", "one", "talk")});
  ASSERT_TRUE(both.ok());
  EXPECT_FALSE(both->at(0).known);
  EXPECT_TRUE(both->at(1).known);
  EXPECT_EQ(both->at(0).id, both->at(1).id);
  ASSERT_TRUE(world.at_rest());
  world.restart();
  const auto again = world.ingest->take({post("1", "one, edited", "talk")});
  EXPECT_TRUE(again->at(0).known);
  EXPECT_EQ(again->at(0).id, both->at(0).id);
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.instances(), 1u);
  EXPECT_EQ(world.store->journal(both->at(0).id, 0, 9)->size(), 2u);
}

TEST(Ingest, KnowsDuplicatesThatComeAtTheSameTime) {
  World world;
  std::vector<std::future<std::int64_t>> ids;
  for (int i = 0; i < 8; ++i) {
    ids.push_back(std::async(std::launch::async, [&] {
      std::vector<cx::Feedback> all;
      for (int k = 0; k < 20; ++k) all.push_back(post("p" + std::to_string(k), "text"));
      return world.ingest->take(std::move(all))->at(7).id;
    }));
  }
  std::set<std::int64_t> different;
  for (auto& id : ids) different.insert(id.get());
  EXPECT_EQ(different.size(), 1u);
  EXPECT_EQ(world.ingest->counters().accepted, 20u);
  EXPECT_EQ(world.ingest->counters().known, 140u);
}

TEST(Ingest, KeepsTheOrderWithinAConversation) {
  World world;
  world.deploy(listener_files());
  std::vector<cx::Feedback> all;
  for (int i = 0; i < 20; ++i) {
    for (const char* talk : {"a", "b", "c"})
      all.push_back(post(talk + std::to_string(i), i == 19 ? "end" : std::to_string(i), talk, talk));
  }
  const auto taken = world.ingest->take(std::move(all));
  ASSERT_TRUE(taken.ok());
  ASSERT_TRUE(world.at_rest());
  std::string expected;
  for (int i = 0; i < 19; ++i) expected += std::to_string(i) + " ";
  for (int talk = 0; talk < 3; ++talk) {
    const auto row = world.cx().feedback(taken->at(static_cast<std::size_t>(talk)).id).value();
    ASSERT_EQ(row->instances.size(), 1u);
    EXPECT_EQ(world.gathered(row->instances[0]), expected + "end");
  }
}

TEST(Ingest, WhatNobodyTakesCanBeReplayed) {
  World world;
  const auto id = id_of(world.ingest->take({post("1", "end", "talk")}));
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.cx().feedback(id).value()->status, FeedbackStatus::dead);
  EXPECT_EQ(read_record(*world.cx().feedback(id).value())->reason, "no-listener");
  world.deploy(listener_files());
  ASSERT_TRUE(world.ingest->replay(id, "op", "deployed").ok());
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.cx().feedback(id).value()->status, FeedbackStatus::taken);
  const auto twice = world.ingest->replay(id, "op", "");
  ASSERT_FALSE(twice.ok());
  EXPECT_EQ(twice.error().kind, FailureKind::conflict);
  EXPECT_EQ(world.ingest->replay(id + 1, "op", "").error().kind, FailureKind::not_found);
  const auto journal = world.store->journal(id, 0, 9).value();
  ASSERT_EQ(journal.size(), 4u);
  EXPECT_EQ(read_event(journal[2].events)->who, "op");
}

TEST(Ingest, ACrashBetweenAcceptAndPublishLosesNothing) {
  World world;
  world.deploy(listener_files());
  world.around = [](Publication, const std::function<void(Told)>& done, Publisher&) { done({{}, true, "down"}); };
  const auto id = id_of(world.ingest->take({post("1", "end", "talk")}));
  ASSERT_TRUE(eventually([&] { return world.ingest->counters().backlog == 1; }));
  world.ingest->stop();
  world.around = nullptr;
  world.restart();
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.cx().feedback(id).value()->status, FeedbackStatus::taken);
  EXPECT_EQ(world.instances(), 1u);
}

TEST(Ingest, ACrashBetweenPublishAndItsRecordTellsNobodyTwice) {
  World world;
  world.deploy(listener_files());
  // The process has it, and the answer is lost.
  world.around = [](Publication publication, std::function<void(Told)> done, Publisher& next) {
    next.publish(std::move(publication), [done = std::move(done)](const Told&) { done({{}, true, "lost"}); });
  };
  const auto id = id_of(world.ingest->take({post("1", "one", "talk")}));
  ASSERT_TRUE(eventually([&] { return world.instances() == 1; }));
  world.ingest->stop();
  world.around = nullptr;
  world.restart();
  ASSERT_TRUE(world.at_rest());
  const auto row = world.cx().feedback(id).value();
  EXPECT_EQ(row->status, FeedbackStatus::taken);
  EXPECT_EQ(world.instances(), 1u);
  ASSERT_EQ(row->instances.size(), 1u);
  EXPECT_EQ(world.gathered(row->instances[0]), "one");
}

TEST(Ingest, TriesAgainWhereAProcessCannotBeTold) {
  IngestOptions options;
  options.try_again = std::chrono::milliseconds(10);
  World world(options);
  world.deploy(listener_files());
  std::atomic<int> attempts = 0;
  world.around = [&](Publication publication, std::function<void(Told)> done, Publisher& next) {
    if (++attempts < 3) return done({{}, true, "busy"});
    next.publish(std::move(publication), std::move(done));
  };
  const auto id = id_of(world.ingest->take({post("1", "end", "talk")}));
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(attempts, 3);
  EXPECT_EQ(world.cx().feedback(id).value()->status, FeedbackStatus::taken);
}

TEST(Ingest, HasABoundedBacklog) {
  IngestOptions options;
  options.max_backlog = 3;
  options.max_items = 2;
  World world(options);
  world.around = [](Publication, const std::function<void(Told)>& done, Publisher&) { done({{}, true, "down"}); };
  const auto many = world.ingest->take({post("1", ""), post("2", ""), post("3", "")});
  ASSERT_FALSE(many.ok());
  EXPECT_EQ(many.error().code, "feedback-items");
  ASSERT_TRUE(world.ingest->take({post("1", ""), post("2", "")}).ok());
  const auto full = world.ingest->take({post("3", ""), post("4", "")});
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().kind, FailureKind::limit);
  EXPECT_EQ(full.error().code, "feedback-backlog");
  EXPECT_FALSE(world.cx().feedback("page", "3")->has_value());
  EXPECT_EQ(world.ingest->counters().refused, 5u);
  EXPECT_FALSE(world.ingest->accept({post("3", ""), post("4", "")}));
}

TEST(Ingest, TidiesWhatANetworkSends) {
  IngestOptions options;
  options.max_text_bytes = 7;
  World world(options);
  cx::Feedback said = post("",
                           "gr\xc3\xbc\xc3\x9f\xc3\x9f"
                           "e");
  said.author.id.clear();
  said.raw = std::string("\xff\0", 2);
  const auto id = id_of(world.ingest->take({said}));
  ASSERT_TRUE(world.at_rest());
  const auto row = world.cx().feedback(id).value();
  const auto record = read_record(*row);
  EXPECT_EQ(record->said.text, "gr\xc3\xbc\xc3\x9f") << "cut between characters";
  EXPECT_TRUE(row->external_id.starts_with("sha256:"));
  EXPECT_EQ(row->customer, "");
  EXPECT_EQ(row->raw, said.raw);
  EXPECT_TRUE(world.ingest->take({said})->at(0).known);
}

TEST(Ingest, AStormIsOneAlertAndOneCrisis) {
  World world;
  world.deploy(listener_files());
  world.deploy(crisis_files());
  std::vector<cx::Feedback> storm;
  for (int i = 0; i < 200; ++i) {
    const auto name = std::to_string(i);
    storm.push_back(post(name, "Mein Paket ist wieder nicht da, eine Frechheit! Furchtbar, nie wieder!", "", name));
    if (storm.size() == 20) {
      world.clock.advance(std::chrono::seconds(60));
      ASSERT_TRUE(world.ingest->take(std::exchange(storm, {})).ok());
      if (i == 99) world.restart();
    }
  }
  ASSERT_TRUE(world.at_rest());
  ASSERT_TRUE(eventually([&] { return world.instances() == 201; }));
  std::set<std::int64_t> episodes;
  int raised = 0;
  const auto alerts = world.cx().alerts(0, 100).value();
  for (const auto& alert : alerts) {
    episodes.insert(alert.episode);
    if (alert.state == "raised") ++raised;
    EXPECT_TRUE(read_alert(alert)->told);
    EXPECT_EQ(read_alert(alert)->instances.size(), 1u);
  }
  EXPECT_EQ(episodes.size(), 1u);
  EXPECT_EQ(raised, 1);
  const auto evidence = read_alert(alerts.back())->alert.evidence;
  ASSERT_FALSE(evidence.empty());
  EXPECT_TRUE(world.cx().feedback(std::stoll(evidence[0]))->has_value());
  EXPECT_FALSE(world.store->check_chain(1)->broken_at);
}

TEST(Ingest, ErasesACustomer) {
  World world;
  const auto id = id_of(world.ingest->take({post("1", "secret", "talk")}));
  const auto other = id_of(world.ingest->take({post("2", "other", "talk", "7")}));
  ASSERT_TRUE(world.at_rest());
  const auto erased = world.ingest->erase_customer("facebook:42");
  ASSERT_TRUE(erased.ok());
  EXPECT_EQ(*erased, std::vector<std::int64_t>{id});
  EXPECT_EQ(world.cx().feedback(id).value()->status, FeedbackStatus::erased);
  EXPECT_EQ(read_record(*world.cx().feedback(other).value())->said.text, "other");
  EXPECT_FALSE(world.store->check_chain(1)->broken_at);
  EXPECT_EQ(world.ingest->replay(id, "op", "").error().code, "erased");
}

}  // namespace
}  // namespace echoflow::intake::test

#include <thread>

#include "engine/cx/feedback/record.hpp"
#include "models/records/streams.hpp"
#include "tests/adapters/cx/feedback/world.hpp"

/// Answers on a channel, from the process to the network and back.
namespace echoflow::deliveries {
namespace {

using engine::DeliveryStatus;
using intake::test::eventually;
using intake::test::post;
using intake::test::World;

/// A network that does as the test says, and remembers what was said to it.
class Network final : public channels::Channel, public Outlets {
 public:
  explicit Network(channels::Rules rules = talkative()) : Channel("page", "facebook", rules) {}
  static channels::Rules talkative() {
    channels::Rules rules;
    rules.max_public = rules.max_private = 1'000;
    rules.public_posts = true;
    rules.asks_first = true;
    return rules;
  }
  channels::Channel* find(const std::string& channel) override { return channel == "page" ? this : nullptr; }

  std::vector<channels::Outgoing> sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
  }
  void script(std::function<channels::SendResult(std::size_t attempt)> script) {
    const std::lock_guard lock(mutex_);
    script_ = std::move(script);
  }
  std::atomic<int> attempts{0}, questions{0};

 private:
  channels::SendResult do_send(const channels::Outgoing& outgoing) override {
    const std::lock_guard lock(mutex_);
    const auto attempt = static_cast<std::size_t>(attempts++);
    auto result = script_ ? script_(attempt) : channels::Sent{"comment-" + std::to_string(attempt), ""};
    const auto* later = std::get_if<channels::Later>(&result);
    if (std::holds_alternative<channels::Sent>(result) || (later && later->maybe_sent)) sent_.push_back(outgoing);
    return result;
  }
  Result<std::optional<channels::Sent>, channels::Later> do_find_sent(const channels::Outgoing& outgoing) override {
    ++questions;
    const std::lock_guard lock(mutex_);
    for (const auto& each : sent_)
      if (each.key == outgoing.key) return std::optional(channels::Sent{"found-" + each.key, ""});
    return std::optional<channels::Sent>();
  }
  TimePoint now() const override { return {1'700'000'000'000'000}; }

  mutable std::mutex mutex_;
  std::vector<channels::Outgoing> sent_;
  std::function<channels::SendResult(std::size_t)> script_;
};

struct Rude final : policy::Policy {
  policy::Verdict check(const policy::Outgoing& outgoing) const override {
    if (outgoing.text.find("rude") == std::string::npos) return {};
    return {policy::Decision::refused, "tone", "say it politely", 90};
  }
};

class Deliveries : public ::testing::Test {
 protected:
  void SetUp() override {
    world.outlets = &network;
    world.delivery_options.first_pause = std::chrono::milliseconds(1'000);
    world.delivery_options.look = std::chrono::milliseconds(5);
    world.restart();
    world.deploy(intake::test::answering_files());
  }
  /// Lets a customer speak; returns the instance that answers.
  InstanceId speak(const std::string& text) {
    const auto taken = world.ingest->take({post(text, text, text)});
    EXPECT_TRUE(taken.ok());
    EXPECT_TRUE(eventually([&] { return world.ingest->at_rest(); }));
    feedback = taken->at(0).id;
    const auto row = world.cx().feedback(feedback).value();
    EXPECT_EQ(row->instances.size(), 1u);
    return row->instances.empty() ? 0 : row->instances[0];
  }
  bool ended(InstanceId id) {
    return eventually([&] { return world.runtime->instance(id)->status != engine::InstanceStatus::running; });
  }
  std::string said(InstanceId id) {
    EXPECT_TRUE(ended(id));
    return world.variable(id, "said");
  }
  engine::DeliveryRow row() {
    engine::DeliveryFilter filter;
    filter.feedback = feedback;
    const auto rows = world.cx().deliveries(filter);
    EXPECT_EQ(rows->size(), 1u);
    return rows->empty() ? engine::DeliveryRow{} : rows->front();
  }
  std::vector<EventKind> history() {
    std::vector<EventKind> kinds;
    const auto rows = world.store->journal(row().id, 0, 100);
    for (const auto& line : *rows) {
      EXPECT_EQ(records::stream_of(line.events), records::StreamKind::delivery);
      kinds.push_back(read_event(line.events)->kind);
    }
    return kinds;
  }

  Network network;
  World world;
  std::int64_t feedback = 0;
};

TEST_F(Deliveries, AnAnswerIsSentOnceAndTheProcessHasItsReceipt) {
  const auto id = speak("late");
  EXPECT_EQ(said(id), "comment-0");
  ASSERT_TRUE(eventually([&] { return row().status == DeliveryStatus::sent; }));
  ASSERT_EQ(network.sent().size(), 1u);
  const auto outgoing = network.sent()[0];
  EXPECT_EQ(outgoing.text, "We are sorry: late");
  EXPECT_EQ(outgoing.answers->external_id, "late");
  EXPECT_EQ(outgoing.key, row().key);
  EXPECT_EQ(row().external_id, "comment-0");
  EXPECT_EQ(history(), (std::vector{EventKind::asked, EventKind::sending, EventKind::sent, EventKind::told}));
  EXPECT_FALSE(world.store->check_chain(1)->broken_at);
}

TEST_F(Deliveries, ThePolicyRefusesAndTheProcessKnowsTheRule) {
  world.deliveries->set_policy(std::make_shared<Rude>());
  const auto id = speak("rude words");
  EXPECT_EQ(said(id), "policy tone");
  EXPECT_EQ(network.attempts, 0);
  EXPECT_EQ(row().status, DeliveryStatus::refused);
  EXPECT_EQ(history(), (std::vector{EventKind::asked, EventKind::refused, EventKind::told}));
}

TEST_F(Deliveries, TheChannelsRulesRefuse) {
  const auto id = speak(std::string(2'000, 'x'));
  EXPECT_EQ(said(id), "channel length");
  EXPECT_TRUE(eventually([&] { return row().status == DeliveryStatus::refused; }));
}

TEST_F(Deliveries, TriesAgainWhileTheNetworkIsBusy) {
  network.script([](std::size_t attempt) -> channels::SendResult {
    if (attempt < 2) return channels::Later{std::chrono::milliseconds(attempt == 0 ? 0 : 5'000), "rate limit", false};
    return channels::Sent{"at last", ""};
  });
  const auto id = speak("late");
  ASSERT_TRUE(eventually([&] { return network.attempts == 1; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(40));
  EXPECT_EQ(network.attempts, 1);
  world.clock.advance(std::chrono::milliseconds(1'100));
  ASSERT_TRUE(eventually([&] { return network.attempts == 2; }));
  ASSERT_TRUE(eventually([&] { return row().status == DeliveryStatus::due; }));
  world.clock.advance(std::chrono::milliseconds(2'100));
  std::this_thread::sleep_for(std::chrono::milliseconds(40));
  EXPECT_EQ(network.attempts, 2) << "the network asked for five seconds";
  world.clock.advance(std::chrono::milliseconds(3'000));
  EXPECT_EQ(said(id), "at last");
  EXPECT_EQ(network.questions, 0);
}

TEST_F(Deliveries, AsksTheNetworkWhenAnAnswerWasLost) {
  network.script([](std::size_t) { return channels::Later{std::chrono::milliseconds(0), "time-out", true}; });
  const auto id = speak("late");
  ASSERT_TRUE(eventually([&] { return network.attempts == 1 && row().status == DeliveryStatus::sending; }));
  world.restart();
  world.clock.advance(std::chrono::milliseconds(1'100));
  EXPECT_EQ(said(id), "found-" + row().key);
  EXPECT_EQ(network.attempts, 1) << "it was there already";
  EXPECT_EQ(network.sent().size(), 1u);
  EXPECT_EQ(network.questions, 1);
}

TEST_F(Deliveries, AnswersAfterARestart) {
  network.script([](std::size_t attempt) -> channels::SendResult {
    if (attempt == 0) return channels::Later{std::chrono::milliseconds(0), "busy", false};
    return channels::Sent{"second", ""};
  });
  const auto id = speak("late");
  ASSERT_TRUE(eventually([&] { return network.attempts == 1; }));
  world.restart();
  world.clock.advance(std::chrono::milliseconds(1'100));
  EXPECT_EQ(said(id), "second");
  EXPECT_EQ(network.attempts, 2);
}

TEST_F(Deliveries, GivesUpAfterADay) {
  network.script([](std::size_t) { return channels::Later{std::chrono::milliseconds(0), "down", false}; });
  const auto id = speak("late");
  ASSERT_TRUE(eventually([&] { return network.attempts == 1; }));
  world.clock.advance(std::chrono::hours(25));
  EXPECT_EQ(said(id), "channel given-up");
  EXPECT_TRUE(eventually([&] { return row().status == DeliveryStatus::failed; }));
}

TEST_F(Deliveries, WhatNobodyWaitsForIsNotSent) {
  network.script([](std::size_t) { return channels::Later{std::chrono::milliseconds(0), "down", false}; });
  const auto id = speak("late");
  ASSERT_TRUE(eventually([&] { return network.attempts == 1 && row().status == DeliveryStatus::due; }));
  ASSERT_TRUE(world.runtime->terminate(id, {"op", ""}).ok());
  ASSERT_TRUE(eventually([&] { return row().status == DeliveryStatus::failed; }));
  world.clock.advance(std::chrono::hours(1));
  std::this_thread::sleep_for(std::chrono::milliseconds(40));
  EXPECT_EQ(network.attempts, 1);
}

TEST_F(Deliveries, ASuspendedInstanceHasItsAnswerWhenItGoesOn) {
  network.script([](std::size_t attempt) -> channels::SendResult {
    if (attempt == 0) return channels::Later{std::chrono::milliseconds(0), "busy", false};
    return channels::Sent{"second", ""};
  });
  const auto id = speak("late");
  ASSERT_TRUE(eventually([&] { return network.attempts == 1; }));
  ASSERT_TRUE(world.runtime->suspend(id, {"op", ""}).ok());
  world.clock.advance(std::chrono::milliseconds(1'100));
  ASSERT_TRUE(eventually([&] { return network.attempts == 2; }));
  ASSERT_TRUE(world.runtime->resume(id, {"op", ""}).ok());
  ASSERT_TRUE(eventually([&] {
    world.clock.advance(std::chrono::milliseconds(500));
    return world.runtime->instance(id)->status == engine::InstanceStatus::completed;
  }));
  EXPECT_EQ(said(id), "second");
  EXPECT_EQ(network.sent().size(), 1u) << "sent once, though the process could not be told at first";
}

}  // namespace
}  // namespace echoflow::deliveries

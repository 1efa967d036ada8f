#include <thread>

#include "tests/adapters/cx/deliveries/deliveries_fixture.hpp"

/// Answers on a channel, from the process to the network and back.
namespace echoflow::deliveries {
namespace {

using engine::DeliveryStatus;
using intake::test::eventually;
using test::Deliveries;

struct Rude final : policy::Policy {
  policy::Verdict check(const policy::Outgoing& outgoing) const override {
    if (outgoing.text.find("rude") == std::string::npos) return {};
    return {policy::Decision::refused, "tone", "say it politely", 90};
  }
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

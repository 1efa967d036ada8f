#include "engine/cx/policy/rule_book.hpp"
#include "tests/adapters/cx/deliveries/deliveries_fixture.hpp"

/// Four eyes on what a process wants to say.
namespace echoflow::deliveries {
namespace {

using engine::DeliveryStatus;
using intake::test::eventually;

class Review : public test::Deliveries {
 protected:
  void SetUp() override {
    world.delivery_options.groups_of = [](const std::string& user) {
      return user == "lea" || user == "lars" ? std::vector<std::string>{"leads"} : std::vector<std::string>();
    };
    Deliveries::SetUp();
    set_policy();
  }
  void set_policy() {
    policy::Rule eyes, tone;
    eyes.id = "four-eyes";
    eyes.approval_from_risk = 10;
    eyes.approvers = {"leads"};
    tone.id = "tone";
    tone.forbidden = {"rude"};
    auto book = policy::RuleBook::make({eyes, tone}, {}, {});
    ASSERT_TRUE(book.ok());
    world.deliveries->set_policy(std::make_shared<policy::RuleBook>(std::move(*book)));
  }
  /// A customer speaks, and the process's answer awaits approval.
  InstanceId ask() {
    const auto id = speak("late");
    engine::DeliveryFilter waiting;
    waiting.status = {DeliveryStatus::awaiting_approval};
    EXPECT_TRUE(eventually([&] { return world.cx().deliveries(waiting)->size() == 1; }));
    return id;
  }
  Service& service() { return *world.deliveries; }
};

TEST_F(Review, WaitsForAnApproverAndIsThenSent) {
  const auto id = ask();
  EXPECT_EQ(read_delivery(row())->question->rule, "four-eyes");
  const auto clerk = service().approve(row().id, "carl");
  ASSERT_FALSE(clerk.ok());
  EXPECT_EQ(clerk.error().code, other_approver);
  EXPECT_EQ(row().status, DeliveryStatus::awaiting_approval);
  EXPECT_EQ(network.attempts, 0);
  ASSERT_TRUE(service().approve(row().id, "lea").ok());
  EXPECT_EQ(said(id), "comment-0");
  EXPECT_EQ(read_delivery(row())->words.approved_by, "lea");
  ASSERT_TRUE(eventually([&] { return history().back() == EventKind::told; }));
  EXPECT_EQ(history(), (std::vector{EventKind::asked, EventKind::approval_asked, EventKind::approved,
                                    EventKind::sending, EventKind::sent, EventKind::told}));
  const auto twice = service().approve(row().id, "lea");
  ASSERT_FALSE(twice.ok());
  EXPECT_EQ(twice.error().code, "not-awaiting-approval");
}

TEST_F(Review, ARejectionReachesTheProcess) {
  const auto id = ask();
  ASSERT_TRUE(service().reject(row().id, "lea", "we promise nothing").ok());
  EXPECT_EQ(said(id), "policy not-approved");
  EXPECT_EQ(network.attempts, 0);
  EXPECT_EQ(read_delivery(row())->outcome->message, "'lea' did not approve it: we promise nothing");
}

TEST_F(Review, CorrectedWordsBelongToWhoWroteThem) {
  const auto id = ask();
  ASSERT_TRUE(service().correct(row().id, "lea", "We are sorry.", {}).ok());
  EXPECT_EQ(row().status, DeliveryStatus::awaiting_approval);
  EXPECT_FALSE(service().approve(row().id, "lea").ok()) << "nobody approves his own words";
  const auto rude = service().correct(row().id, "lars", "That was rude.", {});
  ASSERT_FALSE(rude.ok());
  EXPECT_EQ(rude.error().code, "tone");
  ASSERT_TRUE(service().approve(row().id, "lars").ok());
  EXPECT_EQ(said(id), "comment-0");
  ASSERT_EQ(network.sent().size(), 1u);
  EXPECT_EQ(network.sent()[0].text, "We are sorry.");
  // What stood there before is kept.
  const auto lines = world.store->journal(row().id, 0, 100);
  EXPECT_NE(read_said((*lines)[0].payload)->text, "We are sorry.");
  EXPECT_EQ(read_said((*lines)[2].payload)->text, "We are sorry.");
  EXPECT_EQ(read_event((*lines)[2].events)->by, "lea");
}

TEST_F(Review, SurvivesARestart) {
  const auto id = ask();
  world.restart();
  set_policy();
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(row().status, DeliveryStatus::awaiting_approval);
  EXPECT_EQ(network.attempts, 0);
  world.clock.advance(std::chrono::hours(30));  // longer than a network may take to accept it
  network.script([](std::size_t attempt) -> channels::SendResult {
    if (attempt == 0) return channels::Later{std::chrono::milliseconds(0), "busy", false};
    return channels::Sent{"second", ""};
  });
  ASSERT_TRUE(service().approve(row().id, "lea").ok());
  ASSERT_TRUE(eventually([&] { return network.attempts == 1; }));
  world.clock.advance(std::chrono::milliseconds(1'100));
  EXPECT_EQ(said(id), "second");
}

TEST_F(Review, WhatNobodyWaitsForNeedsNoApproval) {
  const auto id = ask();
  ASSERT_TRUE(world.runtime->terminate(id, {"op", ""}).ok());
  ASSERT_TRUE(eventually([&] { return row().status == DeliveryStatus::failed; }));
  EXPECT_FALSE(service().approve(row().id, "lea").ok());
}

}  // namespace
}  // namespace echoflow::deliveries

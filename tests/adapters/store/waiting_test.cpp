#include "engine/ports/store_limits.hpp"
#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

/// Subscriptions, timers and the outbox.
class WaitingTest : public StoreTest {
 protected:
  std::vector<SubscriptionRow> find(const std::string& key) {
    auto rows = store_->find_subscriptions("{urn:test}order", "customer", "submit", key);
    EXPECT_TRUE(rows.ok()) << rows.error().message;
    return rows ? *rows : std::vector<SubscriptionRow>();
  }
};

TEST_P(WaitingTest, FindsWhoWaitsUnderAKeyOldestFirst) {
  const std::string key = "order=47\x1f\"\\{}, Größe";
  for (const InstanceId id : {9, 4, 6}) {
    Turn turn = make_turn(id, 1);
    turn.subscriptions_opened = {make_subscription(3, key, 1), make_subscription(4, "another")};
    ASSERT_TRUE(commit(turn));
  }
  const auto rows = find(key);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].instance, 9);
  EXPECT_EQ(rows[1].instance, 4);
  EXPECT_EQ(rows[2].instance, 6);
  EXPECT_EQ(rows[0].activity, 3u);
  EXPECT_EQ(rows[0].branch, 1u);
  EXPECT_EQ(rows[0].key, key);
  EXPECT_EQ(rows[0].operation, "submit");
  EXPECT_TRUE(find("order=48").empty());
  EXPECT_TRUE(store_->find_subscriptions("{urn:test}order", "customer", "cancel", key)->empty());
  EXPECT_TRUE(store_->find_subscriptions("{urn:test}other", "customer", "submit", key)->empty());
  EXPECT_TRUE(store_->find_subscriptions("{urn:test}order", "supplier", "submit", key)->empty());
}

TEST_P(WaitingTest, GivesNoMoreThanAnybodyCanUse) {
  Turn turn = make_turn(1, 1);
  for (ActivityId activity = 1; activity <= 1'100; ++activity)
    turn.subscriptions_opened.push_back(make_subscription(activity, "k"));
  ASSERT_TRUE(commit(turn));
  const auto rows = find("k");
  ASSERT_EQ(rows.size(), most_subscriptions);
  EXPECT_EQ(rows[0].activity, 1u);
}

TEST_P(WaitingTest, ClosesOneBranchOnly) {
  Turn turn = make_turn(1, 1);
  turn.subscriptions_opened = {make_subscription(3, "k", 0), make_subscription(3, "k", 1),
                               make_subscription(5, "k", 0)};
  ASSERT_TRUE(commit(turn));
  Turn next = make_turn(1, 2);
  next.subscriptions_closed = {{3, 1}};
  ASSERT_TRUE(commit(next));
  const auto rows = find("k");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].activity, 3u);
  EXPECT_EQ(rows[0].branch, 0u);
  EXPECT_EQ(rows[1].activity, 5u);
  EXPECT_EQ(store_->subscriptions(1)->size(), 2u);
  EXPECT_TRUE(store_->subscriptions(2)->empty());
}

TEST_P(WaitingTest, WhatATurnEndsAndBeginsAgainStays) {
  Turn turn = make_turn(1, 1);
  turn.subscriptions_opened = {make_subscription(3, "k")};
  turn.timers_scheduled = {{0, 1, {10}}};
  turn.outbox_added = {make_send(4, 10)};
  ASSERT_TRUE(commit(turn));
  Turn next = make_turn(1, 2);
  next.subscriptions_closed = {{3, 0}};
  next.subscriptions_opened = {make_subscription(3, "other")};
  next.timers_cancelled = {1};
  next.timers_scheduled = {{0, 1, {20}}};
  next.outbox_done = {4};
  next.outbox_added = {make_send(4, 30)};
  ASSERT_TRUE(commit(next));
  EXPECT_TRUE(find("k").empty());
  EXPECT_EQ(find("other").size(), 1u);
  EXPECT_EQ(store_->next_timer().value(), TimePoint{20});
  EXPECT_EQ(store_->due_outbox({100}, 10)->at(0).next_attempt, TimePoint{30});
}

TEST_P(WaitingTest, AnEndedInstanceWaitsForNothing) {
  Turn turn = make_turn(1, 1);
  turn.subscriptions_opened = {make_subscription(3, "k")};
  turn.timers_scheduled = {{0, 1, {10}}};
  turn.outbox_added = {make_send(4, 10)};
  ASSERT_TRUE(commit({turn, make_turn(2, 1)}));
  Turn other = make_turn(2, 2);
  other.subscriptions_opened = {make_subscription(3, "k")};
  Turn last = make_turn(1, 2);
  last.instance.status = InstanceStatus::terminated;
  ASSERT_TRUE(commit({other, last}));
  ASSERT_EQ(find("k").size(), 1u);
  EXPECT_EQ(find("k")[0].instance, 2);
  EXPECT_FALSE(store_->next_timer()->has_value());
  EXPECT_EQ(store_->due_outbox({100}, 10)->size(), 1u) << "what it promised to send must still be sent";
}

TEST_P(WaitingTest, TellsTimersInOrderOfTheirTime) {
  Turn turn = make_turn(1, 1);
  turn.timers_scheduled = {{0, 1, {300}}, {0, 2, {100}}};
  Turn other = make_turn(2, 1);
  other.timers_scheduled = {{0, 1, {200}}};
  ASSERT_TRUE(commit({turn, other}));
  EXPECT_EQ(store_->next_timer().value(), TimePoint{100});
  const auto due = store_->due_timers({200}, 10);
  ASSERT_DONE(due);
  ASSERT_EQ(due->size(), 2u);
  EXPECT_EQ((*due)[0].instance, 1);
  EXPECT_EQ((*due)[0].timer, 2u);
  EXPECT_EQ((*due)[1].instance, 2);
  EXPECT_EQ(store_->due_timers({1'000}, 1)->size(), 1u);
  Turn next = make_turn(1, 2);
  next.timers_cancelled = {2};
  next.timers_scheduled = {{0, 1, {150}}};
  ASSERT_TRUE(commit(next));
  EXPECT_EQ(store_->next_timer().value(), TimePoint{150}) << "a timer that is set again has its new time";
  EXPECT_EQ(store_->due_timers({1'000}, 10)->size(), 2u);
}

TEST_P(WaitingTest, SendsWhatIsDue) {
  Turn turn = make_turn(1, 1);
  turn.outbox_added = {make_send(4, 20), make_send(5, 10), make_send(6, 99)};
  ASSERT_TRUE(commit(turn));
  const auto due = store_->due_outbox({20}, 10);
  ASSERT_DONE(due);
  ASSERT_EQ(due->size(), 2u);
  EXPECT_EQ((*due)[0].activity, 5u);
  const OutboxRow& row = (*due)[1];
  const OutboxRow sent = make_send(4, 20);
  EXPECT_EQ(row.instance, 1);
  EXPECT_EQ(row.activity, 4u);
  EXPECT_EQ(row.node, sent.node);
  EXPECT_EQ(row.address, sent.address);
  EXPECT_EQ(row.body, sent.body);
  EXPECT_TRUE(row.one_way);
  EXPECT_EQ(row.attempts, 0u);
  ASSERT_DONE(store_->postpone_outbox(1, 5, 3, {50}));
  EXPECT_EQ(store_->due_outbox({20}, 10)->size(), 1u);
  EXPECT_EQ(store_->due_outbox({50}, 10)->at(1).attempts, 3u);
  ASSERT_DONE(store_->finish_outbox(1, 4));
  ASSERT_DONE(store_->finish_outbox(1, 444));
  Turn next = make_turn(1, 2);
  next.outbox_done = {6};
  ASSERT_TRUE(commit(next));
  EXPECT_EQ(store_->due_outbox({1'000}, 10)->size(), 1u);
}

INSTANTIATE_ON_ALL_STORES(WaitingTest);

}  // namespace
}  // namespace echoflow::store::test

#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

/// Held messages, kept replies, incidents and ids.
class MessageTest : public StoreTest {
 protected:
  std::vector<HeldMessageRow> held(const std::string& key, std::uint32_t limit = 10) {
    auto rows = store_->held_messages("{urn:test}order", "customer", "submit", key, limit);
    EXPECT_TRUE(rows.ok()) << rows.error().message;
    return rows ? *rows : std::vector<HeldMessageRow>();
  }
};

TEST_P(MessageTest, HoldsAMessageUnderAllItsKeys) {
  ASSERT_DONE(store_->hold_message(make_held(11, {"a", "b", ""})));
  ASSERT_DONE(store_->hold_message(make_held(12, {"b"})));
  ASSERT_EQ(held("b").size(), 2u);
  EXPECT_EQ(held("b", 1).size(), 1u);
  const HeldMessageRow row = held("a").at(0);
  const HeldMessageRow made = make_held(11, {"a", "b", ""});
  EXPECT_EQ(row.id, 11);
  EXPECT_EQ(row.keys, made.keys);
  EXPECT_EQ(row.body, made.body);
  EXPECT_EQ(row.exchange, 77);
  EXPECT_EQ(row.at, made.at);
  EXPECT_EQ(held("").size(), 1u);
  EXPECT_TRUE(held("c").empty());
  const auto after = store_->held_after(11, 10);
  ASSERT_DONE(after);
  ASSERT_EQ(after->size(), 1u);
  EXPECT_EQ((*after)[0].keys, std::vector<std::string>{"b"});
  const auto counts = store_->held_counts();
  ASSERT_DONE(counts);
  ASSERT_EQ(counts->size(), 1u);
  EXPECT_EQ((*counts)[0].count, 2);
  EXPECT_EQ((*counts)[0].operation, "submit");
}

TEST_P(MessageTest, RefusesToHoldAMessageTwice) {
  ASSERT_DONE(store_->hold_message(make_held(11, {"a"})));
  const auto again = store_->hold_message(make_held(11, {"a"}));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, StoreErrorKind::conflict);
  EXPECT_EQ(held("a").size(), 1u);
}

TEST_P(MessageTest, ATurnConsumesHeldMessages) {
  for (const std::int64_t id : {11, 12, 13}) ASSERT_DONE(store_->hold_message(make_held(id, {"a"})));
  Turn turn = make_turn(1, 1);
  turn.held_consumed = {11, 13};
  ASSERT_TRUE(commit(turn));
  ASSERT_EQ(held("a").size(), 1u);
  EXPECT_EQ(held("a")[0].id, 12);
  ASSERT_DONE(store_->drop_held(12));
  EXPECT_TRUE(held("a").empty());
  EXPECT_TRUE(store_->held_counts()->empty());
}

TEST_P(MessageTest, KeepsRepliesForWhoAsksAgain) {
  Turn turn = make_turn(1, 1);
  turn.replies_kept = {{"id 'x'\"", 5, 0, std::string("\0r", 2), {10}}, {"other", 6, 0, "s", {20}}};
  ASSERT_TRUE(commit(turn));
  const auto reply = store_->kept_reply("id 'x'\"");
  ASSERT_DONE(reply);
  ASSERT_TRUE(reply->has_value());
  EXPECT_EQ((*reply)->exchange, 5);
  EXPECT_EQ((*reply)->instance, 1);
  EXPECT_EQ((*reply)->body, std::string("\0r", 2));
  EXPECT_FALSE(store_->kept_reply("id")->has_value());
  ASSERT_DONE(store_->drop_kept_replies({20}));
  EXPECT_FALSE(store_->kept_reply("id 'x'\"")->has_value());
  EXPECT_TRUE(store_->kept_reply("other")->has_value());
}

TEST_P(MessageTest, RaisesAndResolvesIncidents) {
  Turn turn = make_turn(1, 1);
  turn.incidents_raised = {{0, 0, 4, {7}, "{urn:f}timeout", "partner \"x\" is down"},
                           {0, 0, 5, {8}, "{urn:f}other", ""}};
  Turn other = make_turn(2, 1);
  other.incidents_raised = {{0, 0, 4, {9}, "{urn:f}timeout", ""}};
  ASSERT_TRUE(commit({turn, other}));
  const auto rows = store_->incidents(0, 10);
  ASSERT_DONE(rows);
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_EQ((*rows)[0].instance, 2) << "newest first";
  EXPECT_EQ((*rows)[2].detail, "partner \"x\" is down");
  EXPECT_EQ((*rows)[2].at, TimePoint{7});
  EXPECT_EQ(store_->incidents((*rows)[0].id, 1)->at(0).id, (*rows)[1].id);
  Turn next = make_turn(1, 2);
  next.incidents_resolved = {4, 5};
  next.incidents_raised = {{0, 0, 5, {11}, "{urn:f}again", ""}};
  ASSERT_TRUE(commit(next));
  const auto left = store_->incidents(0, 10);
  ASSERT_EQ(left->size(), 2u);
  EXPECT_EQ((*left)[0].fault, "{urn:f}again");
  EXPECT_EQ((*left)[1].instance, 2);
}

TEST_P(MessageTest, KeepsTextThatIsNoUtf8FindableAndHarmless) {
  const std::string broken = std::string("caf\xe9 \xff\0x", 8);
  Turn turn = make_turn(1, 1);
  turn.instance.business_key = broken;
  turn.subscriptions_opened = {make_subscription(1, broken)};
  turn.incidents_raised = {{0, 0, 4, {7}, "{urn:f}x", broken}};
  turn.replies_kept = {{broken, 5, 0, broken, {10}}};
  turn.journal.payload = broken;
  ASSERT_TRUE(commit(turn)) << "one bad text must not stop the others of its group";
  EXPECT_EQ(store_->find_subscriptions("{urn:test}order", "customer", "submit", broken)->size(), 1u);
  ASSERT_TRUE(store_->kept_reply(broken)->has_value());
  EXPECT_EQ((*store_->kept_reply(broken))->body, broken);
  InstanceFilter filter;
  filter.business_key = broken;
  EXPECT_EQ(store_->instances(filter)->size(), 1u);
  EXPECT_EQ(store_->journal(1, 0, 1)->at(0).payload, broken);
}

TEST_P(MessageTest, NeverGivesAnIdTwice) {
  const auto first = store_->reserve_ids(10);
  ASSERT_DONE(first);
  EXPECT_GT(*first, 0);
  const auto second = store_->reserve_ids(50'000);
  ASSERT_DONE(second);
  EXPECT_GE(*second, *first + 10);
  const auto third = store_->reserve_ids(1);
  EXPECT_GE(*third, *second + 50'000);
  if (!backend_->durable()) return;
  reopen();
  EXPECT_GT(store_->reserve_ids(1).value(), *third);
}

TEST_P(MessageTest, IsReady) {
  ASSERT_DONE(store_->ping());
}

INSTANTIATE_ON_ALL_STORES(MessageTest);

}  // namespace
}  // namespace echoflow::store::test

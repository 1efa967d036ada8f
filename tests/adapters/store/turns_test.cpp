#include <cstring>

#include "models/base/sha256.hpp"
#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

class TurnTest : public StoreTest {};

TEST_P(TurnTest, KeepsAnInstanceAndItsJournal) {
  Turn turn = make_turn(5, 1);
  turn.instance.business_key = "Müller \"42\" \\ 'x' {a,b}";
  turn.instance.fault = "{urn:f}oops";
  turn.journal.payload = std::string("\0\x01\xff\xfe binary", 11);
  ASSERT_TRUE(commit(turn));
  const auto loaded = store_->load(5);
  ASSERT_DONE(loaded);
  ASSERT_TRUE(loaded->has_value());
  const LoadedInstance& instance = **loaded;
  EXPECT_EQ(instance.row.business_key, turn.instance.business_key);
  EXPECT_EQ(instance.row.fault, "{urn:f}oops");
  EXPECT_EQ(instance.row.status, InstanceStatus::running);
  EXPECT_EQ(instance.row.started_at, TimePoint{5'000});
  EXPECT_FALSE(instance.row.ended_at);
  EXPECT_EQ(instance.row.last_seq, 1u);
  EXPECT_FALSE(instance.snapshot);
  ASSERT_EQ(instance.journal.size(), 1u);
  const JournalRow& row = instance.journal[0];
  EXPECT_EQ(row.position, 1);
  EXPECT_EQ(row.events, turn.journal.events);
  EXPECT_EQ(row.payload, turn.journal.payload);
  EXPECT_EQ(row.events_digest, sha256(turn.journal.events));
  EXPECT_EQ(row.payload_digest, sha256(turn.journal.payload));
  EXPECT_EQ(row.at, turn.journal.at);
  EXPECT_FALSE(row.erased);
}

TEST_P(TurnTest, TellsTheHostWhatItSet) {
  std::vector<Turn> turns{make_turn(1, 1), make_turn(2, 1)};
  turns[1].incidents_raised.push_back({0, 0, 4, {9}, "{urn:f}x", "down"});
  ASSERT_DONE(store_->commit(turns));
  EXPECT_EQ(turns[0].journal.position, 1);
  EXPECT_EQ(turns[1].journal.position, 2);
  EXPECT_NE(turns[1].journal.hash, Digest{});
  EXPECT_GT(turns[1].incidents_raised[0].id, 0);
  const auto head = store_->chain_head();
  ASSERT_DONE(head);
  EXPECT_EQ(head->position, 2);
  EXPECT_EQ(head->hash, turns[1].journal.hash);
}

TEST_P(TurnTest, ReplacesTheInstanceWithEachTurn) {
  ASSERT_TRUE(commit(make_turn(3, 1)));
  Turn last = make_turn(3, 2);
  last.instance.status = InstanceStatus::completed;
  last.instance.ended_at = TimePoint{9'999};
  ASSERT_TRUE(commit(last));
  const auto row = store_->instance(3);
  ASSERT_DONE(row);
  ASSERT_TRUE(row->has_value());
  EXPECT_EQ((*row)->status, InstanceStatus::completed);
  EXPECT_EQ((*row)->ended_at, TimePoint{9'999});
  EXPECT_EQ((*row)->last_seq, 2u);
  const auto none = store_->instance(4);
  ASSERT_DONE(none);
  EXPECT_FALSE(none->has_value());
  const auto not_loaded = store_->load(4);
  ASSERT_DONE(not_loaded);
  EXPECT_FALSE(not_loaded->has_value());
}

TEST_P(TurnTest, CommitsSeveralTurnsOfOneInstanceInOrder) {
  std::vector<Turn> turns{make_turn(1, 1), make_turn(1, 2), make_turn(1, 3)};
  turns[0].subscriptions_opened = {make_subscription(1, "a"), make_subscription(2, "b")};
  turns[0].timers_scheduled = {{0, 7, {70}}};
  turns[0].outbox_added = {make_send(4, 5)};
  turns[1].subscriptions_closed = {{1, 0}};
  turns[1].timers_scheduled = {{0, 7, {90}}};
  turns[1].outbox_done = {4};
  turns[2].subscriptions_opened = {make_subscription(1, "c")};
  turns[2].instance.business_key = "last";
  ASSERT_TRUE(commit(turns));
  const auto subscriptions = store_->subscriptions(1);
  ASSERT_DONE(subscriptions);
  ASSERT_EQ(subscriptions->size(), 2u);
  EXPECT_EQ((*subscriptions)[0].key, "c");
  EXPECT_EQ((*subscriptions)[1].key, "b");
  EXPECT_EQ(store_->next_timer().value(), TimePoint{90});
  EXPECT_TRUE(store_->due_outbox({100}, 10)->empty());
  EXPECT_EQ(store_->instance(1).value()->business_key, "last");
  EXPECT_EQ(store_->instance(1).value()->last_seq, 3u);
}

TEST_P(TurnTest, AppliesAllOrNothing) {
  ASSERT_TRUE(commit(make_turn(1, 1)));
  std::vector<Turn> turns{make_turn(2, 1), make_turn(1, 1)};
  const auto refused = store_->commit(turns);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, StoreErrorKind::conflict) << refused.error().message;
  EXPECT_FALSE(store_->instance(2)->has_value());
  EXPECT_EQ(store_->chain_head()->position, 1);
  ASSERT_TRUE(commit(make_turn(2, 1))) << "a refused commit must not move the chain";
  const auto check = store_->check_chain(1);
  ASSERT_DONE(check);
  EXPECT_EQ(check->rows, 2);
  EXPECT_FALSE(check->broken_at) << check->detail;
}

TEST_P(TurnTest, LoadsFromTheNewestSnapshotOn) {
  for (std::uint64_t seq = 1; seq <= 6; ++seq) {
    Turn turn = make_turn(1, seq);
    if (seq == 2 || seq == 4) turn.snapshot = std::string("state\0", 6) + std::to_string(seq);
    ASSERT_TRUE(commit(turn));
  }
  const auto loaded = store_->load(1);
  ASSERT_DONE(loaded);
  ASSERT_TRUE(loaded->has_value());
  EXPECT_EQ((*loaded)->snapshot, std::string("state\0", 6) + "4");
  EXPECT_EQ((*loaded)->snapshot_seq, 4u);
  ASSERT_EQ((*loaded)->journal.size(), 2u);
  EXPECT_EQ((*loaded)->journal[0].seq, 5u);
  EXPECT_EQ((*loaded)->journal[1].seq, 6u);
}

TEST_P(TurnTest, PagesThroughAJournal) {
  for (std::uint64_t seq = 1; seq <= 5; ++seq) ASSERT_TRUE(commit({make_turn(1, seq), make_turn(2, seq)}));
  const auto page = store_->journal(1, 2, 2);
  ASSERT_DONE(page);
  ASSERT_EQ(page->size(), 2u);
  EXPECT_EQ((*page)[0].seq, 3u);
  EXPECT_EQ((*page)[1].seq, 4u);
  const auto rows = store_->journal_rows(7, 100);
  ASSERT_DONE(rows);
  ASSERT_EQ(rows->size(), 3u);
  EXPECT_EQ((*rows)[0].position, 8);
  EXPECT_EQ((*rows)[0].instance, 2);
  EXPECT_EQ((*rows)[0].seq, 4u);
}

TEST_P(TurnTest, CommitsNothingGladly) {
  ASSERT_TRUE(commit(std::vector<Turn>{}));
  EXPECT_EQ(store_->chain_head()->position, 0);
}

TEST_P(TurnTest, KeepsALargeGroup) {
  std::vector<Turn> turns;
  for (InstanceId id = 1; id <= 300; ++id) {
    turns.push_back(make_turn(id, 1));
    turns.back().journal.payload = std::string(4'096, static_cast<char>(id));
    turns.back().snapshot = "s" + std::to_string(id);
  }
  ASSERT_TRUE(commit(turns));
  const auto loaded = store_->load(299);
  ASSERT_DONE(loaded);
  EXPECT_EQ((*loaded)->snapshot, "s299");
  EXPECT_EQ(store_->journal(299, 0, 1)->at(0).payload, turns[298].journal.payload);
  EXPECT_EQ(store_->check_chain(1)->rows, 300);
}

INSTANTIATE_ON_ALL_STORES(TurnTest);

}  // namespace
}  // namespace echoflow::store::test

#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

class DeploymentTest : public StoreTest {
 protected:
  DeploymentRow add(const std::string& name = "orders", const std::string& key = "{urn:test}order") {
    DeploymentRow row = make_deployment(name, key);
    const auto done = store_->add_deployment(row);
    EXPECT_TRUE(done.ok()) << done.error().message;
    return row;
  }
};

TEST_P(DeploymentTest, CountsVersionsPerProcess) {
  const auto first = add(), other = add("bills", "{urn:test}bill"), second = add();
  EXPECT_EQ(first.processes[0].version, 1);
  EXPECT_EQ(other.processes[0].version, 1);
  EXPECT_EQ(second.processes[0].version, 2);
  EXPECT_EQ(second.processes[0].deployment, second.id);
  EXPECT_NE(first.processes[0].id, second.processes[0].id);
  ASSERT_DONE(store_->remove_deployment(second.id));
  EXPECT_EQ(add().processes[0].version, 3) << "a removed version's number is not given again";
}

TEST_P(DeploymentTest, KeepsTheArchiveByteForByte) {
  const auto made = add();
  const auto found = store_->deployment(made.id);
  ASSERT_DONE(found);
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->archive, made.archive);
  EXPECT_EQ((*found)->name, "orders");
  EXPECT_EQ((*found)->deployed_at, TimePoint{1'000});
  ASSERT_EQ((*found)->processes.size(), 1u);
  EXPECT_EQ((*found)->processes[0].file, "order.bpel");
  EXPECT_EQ((*found)->processes[0].source_hash, made.processes[0].source_hash);
  EXPECT_FALSE(store_->deployment(made.id + 1'000'000)->has_value());
  const auto listed = store_->deployments(false);
  ASSERT_DONE(listed);
  ASSERT_EQ(listed->size(), 1u);
  EXPECT_TRUE((*listed)[0].archive.empty());
  EXPECT_EQ(store_->deployments(true)->at(0).archive, made.archive);
}

TEST_P(DeploymentTest, RemovesInstancesButKeepsTheChain) {
  const auto gone = add(), stays = add("bills", "{urn:test}bill");
  Turn turn = make_turn(1, 1, gone.processes[0].id);
  turn.subscriptions_opened = {make_subscription(1, "k")};
  turn.timers_scheduled = {{0, 1, {5}}};
  turn.outbox_added = {make_send(3, 1)};
  turn.incidents_raised = {{0, 0, 4, {7}, "{urn:f}x", "d"}};
  turn.replies_kept = {{"r", 5, 0, "body", {10}}};
  turn.snapshot = "s";
  ASSERT_TRUE(commit({turn, make_turn(2, 1, stays.processes[0].id)}));
  EXPECT_EQ(store_->running_instances(gone.id).value(), 1);
  ASSERT_DONE(store_->remove_deployment(gone.id));
  EXPECT_FALSE(store_->instance(1)->has_value());
  EXPECT_TRUE(store_->instance(2)->has_value());
  EXPECT_TRUE(store_->subscriptions(1)->empty());
  EXPECT_FALSE(store_->next_timer()->has_value());
  EXPECT_TRUE(store_->due_outbox({100}, 10)->empty());
  EXPECT_TRUE(store_->incidents(0, 10)->empty());
  EXPECT_FALSE(store_->kept_reply("r")->has_value());
  EXPECT_FALSE(store_->deployment(gone.id)->has_value());
  EXPECT_EQ(store_->running_instances(gone.id).value(), 0);
  const auto rows = store_->journal(1, 0, 10);
  ASSERT_EQ(rows->size(), 1u);
  EXPECT_TRUE((*rows)[0].erased);
  EXPECT_TRUE((*rows)[0].events.empty());
  EXPECT_TRUE((*rows)[0].payload.empty());
  const auto check = store_->check_chain(1);
  ASSERT_DONE(check);
  EXPECT_FALSE(check->broken_at) << check->detail;
  EXPECT_EQ(check->rows, 2);
  const auto again = store_->remove_deployment(gone.id);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, StoreErrorKind::conflict);
}

TEST_P(DeploymentTest, ErasesPayloadsOfEndedInstancesOnly) {
  Turn turn = make_turn(1, 1);
  turn.incidents_raised = {{0, 0, 4, {7}, "{urn:f}x", "about a customer"}};
  turn.replies_kept = {{"r", 5, 0, "body", {10}}};
  turn.snapshot = "data";
  ASSERT_TRUE(commit({turn, make_turn(2, 1)}));
  const auto early = store_->erase_payloads(1);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().kind, StoreErrorKind::conflict);
  EXPECT_FALSE(store_->erase_payloads(99));
  Turn last = make_turn(1, 2);
  last.instance.status = InstanceStatus::faulted;
  ASSERT_TRUE(commit(last));
  ASSERT_DONE(store_->erase_payloads(1));
  const auto loaded = store_->load(1);
  ASSERT_DONE(loaded);
  EXPECT_FALSE((*loaded)->snapshot);
  ASSERT_EQ((*loaded)->journal.size(), 2u);
  for (const JournalRow& row : (*loaded)->journal) {
    EXPECT_TRUE(row.erased);
    EXPECT_TRUE(row.payload.empty());
    EXPECT_FALSE(row.events.empty()) << "structure stays: it holds no customer's data";
  }
  EXPECT_FALSE(store_->kept_reply("r")->has_value());
  EXPECT_EQ(store_->incidents(0, 10)->at(0).detail, "");
  EXPECT_EQ(store_->journal(2, 0, 1)->at(0).payload, "payload 2/1");
  const auto check = store_->check_chain(1);
  EXPECT_FALSE(check->broken_at) << check->detail;
}

INSTANTIATE_ON_ALL_STORES(DeploymentTest);

}  // namespace
}  // namespace echoflow::store::test

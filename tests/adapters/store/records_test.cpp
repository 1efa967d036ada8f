#include <atomic>
#include <thread>

#include "engine/ports/cx_store.hpp"
#include "tests/adapters/store/store_fixture.hpp"

/// Rows of the customer-experience records and the streams that change them.
namespace echoflow::store::test {
namespace {

using namespace engine;

Turn make_stream(std::int64_t id, std::uint64_t seq, RecordChange change) {
  Turn turn = make_turn(id, seq);
  turn.stream = true;
  turn.records.push_back(std::move(change));
  return turn;
}

FeedbackRow make_feedback(std::int64_t id, const std::string& customer = "anna") {
  FeedbackRow row;
  row.id = id;
  row.channel = "facebook";
  row.external_id = "post-" + std::to_string(id);
  row.conversation = "talk";
  row.customer = customer;
  row.received_at = {id * 10};
  row.body = std::string("body\0\xff", 6);
  row.raw = std::string("{\"raw\":\0}", 9);
  return row;
}

DeliveryRow make_delivery(std::int64_t id, std::int64_t feedback, std::int64_t due) {
  DeliveryRow row;
  row.id = id;
  row.key = "key-" + std::to_string(id);
  row.channel = "facebook";
  row.feedback = feedback;
  row.next_attempt = {due};
  row.body = "Dear customer";
  return row;
}

TaskRow make_task(std::int64_t id, std::uint64_t version, const std::string& state = "ready") {
  TaskRow row;
  row.id = id;
  row.instance = 1'000 + id;
  row.activity = 7;
  row.name = "answer";
  row.state = state;
  row.queue = "support";
  row.created_at = {id};
  row.version = version;
  row.potential_owners = {"anna", "group:support"};
  row.body = "task body";
  return row;
}

template <class Rows>
std::vector<std::int64_t> ids(const Rows& rows) {
  std::vector<std::int64_t> found;
  if (!rows) return {-1};
  for (const auto& row : *rows) found.push_back(row.id);
  return found;
}
using Ids = std::vector<std::int64_t>;

class RecordTest : public StoreTest {
 protected:
  CxStore& cx() { return store_->cx(); }
};

TEST_P(RecordTest, AStreamIsJournalledWithoutAnInstance) {
  ASSERT_TRUE(commit(make_turn(1, 1)));
  ASSERT_TRUE(commit(make_stream(2, 1, make_feedback(2))));
  FeedbackRow taken = make_feedback(2);
  taken.status = FeedbackStatus::taken;
  taken.instances = {11, 12};
  taken.raw.clear();
  ASSERT_TRUE(commit(make_stream(2, 2, taken)));
  EXPECT_FALSE(store_->instance(2)->has_value());
  EXPECT_EQ(ids(store_->instances({})), Ids{1});
  EXPECT_EQ(store_->journal(2, 0, 9)->size(), 2u);
  const auto check = store_->check_chain(1);
  ASSERT_DONE(check);
  EXPECT_EQ(check->rows, 3);
  EXPECT_FALSE(check->broken_at) << check->detail;
  const auto row = cx().feedback(2);
  ASSERT_DONE(row);
  ASSERT_TRUE(row->has_value());
  EXPECT_EQ((*row)->status, FeedbackStatus::taken);
  EXPECT_EQ((*row)->instances, (std::vector<InstanceId>{11, 12}));
  EXPECT_EQ((*row)->raw, make_feedback(2).raw) << "a later change leaves what arrived as it is";
  EXPECT_EQ((*row)->body, make_feedback(2).body);
  EXPECT_EQ((*row)->received_at, TimePoint{20});
}

TEST_P(RecordTest, AnInstancesTurnMayChangeRecords) {
  Turn turn = make_turn(1, 1);
  KpiRow kpi;
  kpi.kpi = "csat";
  kpi.group = "de";
  kpi.level = "warning";
  kpi.crossings = 3;
  kpi.position = 77;
  kpi.body = std::string("\0w", 2);
  turn.records = {kpi, DocumentRow{"calendar", "office", "9-17", false}};
  ASSERT_TRUE(commit(turn));
  ASSERT_TRUE(store_->instance(1)->has_value());
  const auto kpis = cx().kpis();
  ASSERT_DONE(kpis);
  ASSERT_EQ(kpis->size(), 1u);
  EXPECT_EQ(kpis->front().level, "warning");
  EXPECT_EQ(kpis->front().crossings, 3u);
  EXPECT_EQ(kpis->front().position, 77);
  EXPECT_EQ(kpis->front().body, kpi.body);
  EXPECT_EQ(cx().document("calendar", "office").value()->body, "9-17");
  Turn next = make_turn(1, 2);
  next.records = {DocumentRow{"calendar", "office", "", true}, DocumentRow{"calendar", "home", "0-24", false},
                  DocumentRow{"agent", "anna", "{}", false}};
  ASSERT_TRUE(commit(next));
  EXPECT_FALSE(cx().document("calendar", "office")->has_value());
  const auto left = cx().documents("calendar");
  ASSERT_EQ(left->size(), 1u);
  EXPECT_EQ(left->front().name, "home");
}

TEST_P(RecordTest, KnowsFeedbackByItsNetworksName) {
  ASSERT_TRUE(commit({make_stream(1, 1, make_feedback(1)), make_stream(2, 1, make_feedback(2))}));
  EXPECT_EQ(cx().feedback("facebook", "post-2").value()->id, 2);
  EXPECT_FALSE(cx().feedback("x", "post-2")->has_value());
  FeedbackRow again = make_feedback(3);
  again.external_id = "post-1";
  std::vector<Turn> turns{make_stream(4, 1, make_feedback(4)), make_stream(3, 1, again)};
  const auto refused = store_->commit(turns);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, StoreErrorKind::conflict) << refused.error().message;
  EXPECT_FALSE(cx().feedback(4)->has_value());
  EXPECT_EQ(store_->chain_head()->position, 2);
}

TEST_P(RecordTest, ListsFeedback) {
  for (std::int64_t id = 1; id <= 9; ++id) {
    FeedbackRow row = make_feedback(id, id % 2 == 0 ? "bert" : "anna");
    row.status = id <= 3 ? FeedbackStatus::taken : id <= 6 ? FeedbackStatus::dead : FeedbackStatus::received;
    if (id == 9) row.channel = "x";
    if (id == 5) row.conversation = "other";
    ASSERT_TRUE(commit(make_stream(id, 1, row)));
  }
  FeedbackFilter filter;
  filter.limit = 2;
  EXPECT_EQ(ids(cx().list_feedback(filter)), (Ids{9, 8}));
  filter.before = 8;
  EXPECT_EQ(ids(cx().list_feedback(filter)), (Ids{7, 6}));
  filter = {};
  filter.status = {FeedbackStatus::taken, FeedbackStatus::dead};
  filter.limit = 4;
  EXPECT_EQ(ids(cx().list_feedback(filter)), (Ids{6, 5, 4, 3}));
  filter.customer = "bert";
  EXPECT_EQ(ids(cx().list_feedback(filter)), (Ids{6, 4, 2}));
  filter = {};
  filter.channel = "x";
  EXPECT_EQ(ids(cx().list_feedback(filter)), Ids{9});
  filter = {};
  filter.conversation = "other";
  EXPECT_EQ(ids(cx().list_feedback(filter)), Ids{5});
  EXPECT_EQ(ids(cx().unpublished_feedback(0, 2)), (Ids{7, 8}));
  EXPECT_EQ(ids(cx().unpublished_feedback(7, 5)), (Ids{8, 9}));
  EXPECT_EQ(cx().count_feedback(FeedbackStatus::dead).value(), 3);
}

TEST_P(RecordTest, FindsDeliveriesThatAreDue) {
  ASSERT_TRUE(commit(make_stream(1, 1, make_delivery(1, 0, 300))));
  ASSERT_TRUE(commit(make_stream(2, 1, make_delivery(2, 9, 100))));
  DeliveryRow sending = make_delivery(3, 9, 200);
  sending.status = DeliveryStatus::sending;
  ASSERT_TRUE(commit(make_stream(3, 1, sending)));
  DeliveryRow sent = make_delivery(4, 9, 50);
  sent.status = DeliveryStatus::sent;
  sent.external_id = "comment-77";
  ASSERT_TRUE(commit(make_stream(4, 1, sent)));
  EXPECT_EQ(ids(cx().due_deliveries({250}, 9)), (Ids{2, 3}));
  EXPECT_EQ(ids(cx().due_deliveries({999}, 1)), Ids{2});
  EXPECT_EQ(cx().next_delivery().value(), TimePoint{100});
  EXPECT_EQ(cx().delivery_by_key("key-4").value()->external_id, "comment-77");
  EXPECT_FALSE(cx().delivery_by_key("key-5")->has_value());
  DeliveryFilter filter;
  filter.feedback = 9;
  EXPECT_EQ(ids(cx().deliveries(filter)), (Ids{4, 3, 2}));
  filter.status = {DeliveryStatus::sent};
  EXPECT_EQ(ids(cx().deliveries(filter)), Ids{4});
  DeliveryRow same_key = make_delivery(5, 0, 1);
  same_key.key = "key-1";
  std::vector<Turn> turns{make_stream(5, 1, same_key)};
  const auto refused = store_->commit(turns);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, StoreErrorKind::conflict);
}

TEST_P(RecordTest, ListsTasksByPriorityThenCreation) {
  for (std::int64_t id = 1; id <= 6; ++id) {
    TaskRow row = make_task(id, 1);
    row.priority = id == 5 ? 1 : 5;
    if (id == 2) row.potential_owners = {"bert"};
    if (id == 3) row.state = "reserved", row.owner = "anna", row.customer = "kurt";
    if (id == 4) row.queue = "sales";
    if (id == 6) row.next_deadline = TimePoint{60};
    ASSERT_TRUE(commit(make_stream(id, 1, row)));
  }
  TaskFilter filter;
  EXPECT_EQ(ids(cx().tasks(filter)), (Ids{5, 1, 2, 3, 4, 6}));
  filter.limit = 2;
  filter.after = TaskCursor{5, {1}, 1};
  EXPECT_EQ(ids(cx().tasks(filter)), (Ids{2, 3}));
  filter = {};
  filter.potential_owners = {"group:support", "anna"};
  EXPECT_EQ(ids(cx().tasks(filter)), (Ids{5, 1, 3, 4, 6}));
  filter.states = {"ready"};
  filter.limit = 2;
  EXPECT_EQ(ids(cx().tasks(filter)), (Ids{5, 1}));
  filter.after = TaskCursor{5, {1}, 1};
  EXPECT_EQ(ids(cx().tasks(filter)), (Ids{4, 6}));
  filter.queue = "sales";
  EXPECT_EQ(ids(cx().tasks(filter)), Ids{4});
  filter = {};
  filter.owner = "anna";
  EXPECT_EQ(ids(cx().tasks(filter)), Ids{3});
  filter.potential_owners = {"bert"};
  EXPECT_EQ(ids(cx().tasks(filter)), Ids{});
  filter = {};
  filter.customer = "kurt";
  EXPECT_EQ(ids(cx().tasks(filter)), Ids{3});
  filter = {};
  filter.instance = 1'004;
  EXPECT_EQ(ids(cx().tasks(filter)), Ids{4});
  EXPECT_EQ(ids(cx().due_tasks({60}, 9)), Ids{6});
  EXPECT_EQ(ids(cx().due_tasks({59}, 9)), Ids{});
  EXPECT_EQ(cx().next_task_deadline().value(), TimePoint{60});
  EXPECT_EQ(cx().task_of(1'002, 7).value()->id, 2);
  EXPECT_FALSE(cx().task_of(1'002, 8)->has_value());
  const auto counts = cx().task_counts();
  ASSERT_EQ(counts->size(), 3u);
  EXPECT_EQ(counts->at(2).state, "reserved");
  EXPECT_EQ(counts->at(1).count, 4);
}

TEST_P(RecordTest, AChangedTaskChangesPlaces) {
  ASSERT_TRUE(commit(make_stream(1, 1, make_task(1, 1))));
  TaskRow row = make_task(1, 2, "reserved");
  row.owner = "anna";
  row.potential_owners = {"anna", "carl"};
  ASSERT_TRUE(commit(make_stream(1, 2, row)));
  TaskFilter filter;
  filter.potential_owners = {"group:support"};
  EXPECT_EQ(ids(cx().tasks(filter)), Ids{});
  filter.potential_owners = {"carl"};
  filter.states = {"ready"};
  EXPECT_EQ(ids(cx().tasks(filter)), Ids{});
  filter.states = {"reserved"};
  const auto found = cx().tasks(filter);
  ASSERT_EQ(ids(found), Ids{1});
  EXPECT_EQ(found->front().potential_owners, (std::vector<std::string>{"anna", "carl"}));
  EXPECT_EQ(found->front().version, 2u);
}

TEST_P(RecordTest, AStaleTaskIsRefused) {
  ASSERT_TRUE(commit(make_stream(1, 1, make_task(1, 5))));
  std::vector<Turn> turns{make_stream(1, 2, make_task(1, 5, "reserved"))};
  const auto refused = store_->commit(turns);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, StoreErrorKind::conflict) << refused.error().message;
  EXPECT_EQ(cx().task(1).value()->state, "ready");
  EXPECT_EQ(store_->journal(1, 0, 9)->size(), 1u);
}

TEST_P(RecordTest, OfParallelClaimsOneWins) {
  constexpr int tasks = 20, agents = 6;
  for (std::int64_t id = 1; id <= tasks; ++id) ASSERT_TRUE(commit(make_stream(id, 1, make_task(id, 1))));
  std::atomic<int> won = 0, lost = 0, wrong = 0;
  std::vector<std::thread> threads;
  for (int agent = 0; agent < agents; ++agent) {
    threads.emplace_back([&, agent] {
      for (std::int64_t id = 1; id <= tasks; ++id) {
        TaskRow row = make_task(id, 2, "reserved");
        row.owner = "agent" + std::to_string(agent);
        std::vector<Turn> turns{make_stream(id, 2, row)};
        turns[0].journal.payload = row.owner;
        const auto done = store_->commit(turns);
        if (done)
          ++won;
        else if (done.error().kind == StoreErrorKind::conflict)
          ++lost;
        else
          ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(won, tasks);
  EXPECT_EQ(lost, tasks * (agents - 1));
  EXPECT_EQ(wrong, 0);
  for (std::int64_t id = 1; id <= tasks; ++id)
    EXPECT_EQ(cx().task(id).value()->owner, store_->journal(id, 1, 1)->at(0).payload);
  EXPECT_EQ(store_->check_chain(1)->rows, 2 * tasks);
}

TEST_P(RecordTest, ListsAlerts) {
  for (std::int64_t id = 1; id <= 3; ++id) {
    AlertRow row;
    row.id = id;
    row.episode = 4;
    row.state = "raised";
    row.severity = "critical";
    row.topic = "delivery";
    row.channel = "facebook";
    row.at = {id};
    row.body = "alert";
    ASSERT_TRUE(commit(make_stream(id, 1, row)));
  }
  EXPECT_EQ(ids(cx().alerts(0, 2)), (Ids{3, 2}));
  EXPECT_EQ(ids(cx().alerts(2, 2)), Ids{1});
  EXPECT_EQ(cx().alerts(0, 1)->at(0).topic, "delivery");
}

TEST_P(RecordTest, ErasesACustomerAndKeepsTheChain) {
  ASSERT_TRUE(commit({make_stream(1, 1, make_feedback(1)), make_stream(2, 1, make_feedback(2, "bert"))}));
  DeliveryRow sent = make_delivery(3, 1, 10);
  sent.status = DeliveryStatus::sent;
  ASSERT_TRUE(commit({make_stream(3, 1, sent), make_stream(4, 1, make_delivery(4, 1, 10))}));
  TaskRow open = make_task(5, 1), over = make_task(6, 1, "completed");
  open.customer = over.customer = "anna";
  ASSERT_TRUE(commit({make_stream(5, 1, open), make_stream(6, 1, over)}));
  const auto erased = cx().erase_customer("anna");
  ASSERT_DONE(erased);
  EXPECT_EQ(*erased, (Ids{1, 3, 4, 6}));
  const auto row = cx().feedback(1).value();
  EXPECT_EQ(row->status, FeedbackStatus::erased);
  EXPECT_EQ(row->body + row->raw + row->customer + row->conversation, "");
  EXPECT_EQ(row->external_id, "post-1") << "a redelivery is still known";
  EXPECT_EQ(cx().feedback(2).value()->body, make_feedback(2).body);
  EXPECT_EQ(cx().delivery(3).value()->status, DeliveryStatus::sent);
  EXPECT_EQ(cx().delivery(4).value()->status, DeliveryStatus::failed);
  EXPECT_EQ(cx().delivery(4).value()->body, "");
  EXPECT_EQ(cx().task(5).value()->body, "task body");
  EXPECT_EQ(cx().task(6).value()->body, "");
  for (const std::int64_t id : *erased) {
    EXPECT_TRUE(store_->journal(id, 0, 1)->at(0).erased);
    EXPECT_EQ(store_->journal(id, 0, 1)->at(0).payload, "");
  }
  const auto check = store_->check_chain(1);
  EXPECT_EQ(check->rows, 6);
  EXPECT_FALSE(check->broken_at) << check->detail;
  EXPECT_TRUE(cx().erase_customer("")->empty());
}

TEST_P(RecordTest, FindsASend) {
  Turn turn = make_turn(1, 1);
  turn.outbox_added = {make_send(4, 5)};
  ASSERT_TRUE(commit(turn));
  EXPECT_EQ(cx().outbox(1, 4).value()->address, "http://partner/");
  EXPECT_FALSE(cx().outbox(1, 5)->has_value());
}

TEST_P(RecordTest, AreThereAfterARestart) {
  if (!backend_->durable()) GTEST_SKIP() << "the memory store forgets";
  ASSERT_TRUE(commit(make_stream(1, 1, make_task(1, 1))));
  reopen();
  EXPECT_EQ(cx().task(1).value()->name, "answer");
  EXPECT_FALSE(store_->check_chain(1)->broken_at);
}

INSTANTIATE_ON_ALL_STORES(RecordTest);

}  // namespace
}  // namespace echoflow::store::test

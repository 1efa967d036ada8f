#include <algorithm>
#include <chrono>

#include "tests/adapters/cx/tasks/office.hpp"
#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::tasks {
namespace {

using store::test::Kind;
using store::test::name_of_parameter;

class TasksOnDatabases : public store::test::StoreTest {};
INSTANTIATE_ON_ALL_STORES(TasksOnDatabases);

TEST_P(TasksOnDatabases, NoTaskIsClaimedTwice) {
  Office office(*store_);
  std::vector<std::int64_t> ids;
  for (int i = 0; i < 40; ++i) ids.push_back(office.service->create(Office::creation())->id);
  constexpr int agents = 8;
  std::vector<std::atomic<int>> won(ids.size());
  std::atomic<int> lost{0}, other{0};
  std::vector<std::thread> threads;
  for (int agent = 0; agent < agents; ++agent)
    threads.emplace_back([&, agent] {
      const auto claim = office.command(Operation::claim, "agent" + std::to_string(agent));
      for (std::size_t i = 0; i < ids.size(); ++i) {
        auto done = office.service->act(ids[i], claim);
        if (done && done->owner == claim.actor.user)
          ++won[i];
        else if (!done && done.error().code == "wrong-state")
          ++lost;
        else
          ++other;
      }
    });
  for (auto& thread : threads) thread.join();
  for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(won[i], 1) << ids[i];
  EXPECT_EQ(lost, static_cast<int>(ids.size()) * (agents - 1));
  EXPECT_EQ(other, 0);
  // What the journal says is what the rows say: one claim each.
  for (auto id : ids) {
    auto history = office.service->history(id);
    ASSERT_TRUE(history);
    EXPECT_EQ(std::count_if(history->begin(), history->end(), [](const auto& e) { return e.event == "claim"; }), 1);
  }
  auto chain = store_->check_chain(0);
  ASSERT_TRUE(chain);
  EXPECT_FALSE(chain->broken_at);
}

TEST_P(TasksOnDatabases, TwoServicesOnOneDatabaseDoNotGetInEachOthersWay) {
  Office office(*store_);
  auto task = office.service->create(Office::creation());
  ASSERT_TRUE(task);
  // Each decided on what it has read; the later one is refused by the database and decides anew.
  ListeningWorld world;
  HandClock clock;
  TaskService other(*store_, world, clock, office.options);
  std::vector<std::thread> threads;
  for (auto* service : {office.service.get(), &other})
    threads.emplace_back([&, service] {
      for (int i = 0; i < 20; ++i) {
        auto comment = office.command(Operation::add_comment, "anna");
        comment.text = "hello";
        auto done = service->act(task->id, comment);
        EXPECT_TRUE(done) << done.error().message;
      }
    });
  for (auto& thread : threads) thread.join();
  auto whole = office.service->task(task->id);
  ASSERT_EQ(whole->comments.size(), 40u);
  for (std::uint32_t i = 0; i < 40; ++i) EXPECT_EQ(whole->comments[i].id, i + 1);
}

TEST_P(TasksOnDatabases, AnErasedCustomersTaskKeepsItsStructure) {
  Office office(*store_);
  auto creation = Office::creation();
  creation.customer = "facebook:17";
  creation.presentation.subjects = {{"", {"Where is Ute Schmidt's parcel?"}}};
  auto task = office.service->create(creation);
  ASSERT_TRUE(task);
  EXPECT_EQ(office.act(task->id, Operation::start, "anna"), "");
  auto comment = office.command(Operation::add_comment, "anna");
  comment.text = "Ute called.";
  ASSERT_TRUE(office.service->act(task->id, comment));
  EXPECT_EQ(office.act(task->id, Operation::complete, "anna"), "");
  auto erased = store_->cx().erase_customer("facebook:17");
  ASSERT_TRUE(erased);
  auto left = office.service->task(task->id);
  ASSERT_TRUE(left) << left.error().message;
  EXPECT_EQ(left->state, TaskState::completed);
  EXPECT_EQ(left->creation.customer, "");
  EXPECT_EQ(left->owner, "anna");
  EXPECT_EQ(left->in_role(HumanRole::potential_owners), People{"group:service"});
  ASSERT_EQ(left->comments.size(), 1u);
  EXPECT_EQ(left->comments[0].text.text, "");
  EXPECT_EQ(text_in(left->creation.presentation.subjects, ""), "");
  EXPECT_EQ(office.service->history(task->id)->size(), 5u);
  // What is added later brings nothing back.
  ASSERT_TRUE(office.service->act(task->id, comment));
  EXPECT_EQ((*store_->cx().task(task->id))->customer, "");
  EXPECT_FALSE(store_->check_chain(0)->broken_at);
}

/// Milliseconds of the middle one of nine.
double median_of(const std::function<void()>& act) {
  std::vector<double> times;
  for (int i = 0; i < 9; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    act();
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(times.begin(), times.end());
  return times[4];
}

/// Open tasks of ten groups, written in large transactions.
void fill(engine::Store& store, std::int64_t first, std::int64_t count) {
  calendar::Calendars calendars;
  std::vector<engine::Turn> turns;
  for (std::int64_t i = 0; i < count; ++i) {
    auto creation = Office::creation(0, ("team" + std::to_string(i % 10)).c_str());
    creation.priority = static_cast<std::int32_t>(i % 7);
    const TimePoint now{1'700'000'000'000'000 + i};
    auto events = create(first + i, std::move(creation), {now, calendars, {}});
    Task task;
    apply(task, *events, now);
    auto encoded = encode_events(*events);
    engine::Turn turn;
    turn.stream = true;
    turn.instance.id = task.id;
    turn.journal = {0, task.id, 1, now, std::move(encoded.events), std::move(encoded.payload)};
    turn.records.push_back(row_of(task));
    turns.push_back(std::move(turn));
    if (turns.size() == 500 || i + 1 == count) {
      ASSERT_TRUE(store.commit(turns));
      turns.clear();
    }
  }
}

TEST_P(TasksOnDatabases, ListsAndClaimsCostTheSameAmongMany) {
  if (GetParam() == Kind::memory) GTEST_SKIP() << "the memory store looks through all of them";
  Office office(*store_);
  engine::TaskFilter filter;
  filter.potential_owners = {"anna", "group:team3"};
  filter.states = {"ready"};
  filter.limit = 20;
  auto list = [&] { ASSERT_EQ(office.service->list(filter)->tasks.size(), 20u); };
  auto claim = [&] {
    auto command = office.command(Operation::claim, "anna");
    command.actor.groups = {"team3"};
    ASSERT_TRUE(office.service->act(office.service->list(filter)->tasks[0].id, command));
  };
  const auto first = store_->reserve_ids(20'000);
  ASSERT_TRUE(first);
  fill(*store_, *first, 1'000);
  const double list_few = median_of(list), claim_few = median_of(claim);
  fill(*store_, *first + 1'000, 15'000);
  const double list_many = median_of(list), claim_many = median_of(claim);
  // Sixteen times as many; a look through all of them would take sixteen times as long.
  EXPECT_LT(list_many, std::max(list_few * 5, 5.0)) << list_few;
  EXPECT_LT(claim_many, std::max(claim_few * 5, 20.0)) << claim_few;
}

}  // namespace
}  // namespace echoflow::tasks

#include <set>

#include "adapters/store_memory/memory_store.hpp"
#include "tests/adapters/cx/tasks/office.hpp"
#include "tests/adapters/runtime/faulty_store.hpp"

namespace echoflow::tasks {
namespace {

using namespace std::chrono_literals;
using runtime::test::FaultyStore;

Creation neglected() {
  auto creation = Office::creation(7);
  DeadlinePlan plan;
  plan.name = "first answer";
  plan.kind = DeadlineKind::start;
  plan.for_micros = 3'600'000'000;
  plan.calendar = "standard";
  Escalation notify, raise, tell;
  notify.name = "boss";
  notify.kind = EscalationKind::notification;
  notify.people = {"lena"};
  raise.name = "raise";
  raise.kind = EscalationKind::priority;
  raise.raise_by = 2;
  tell.name = "late";
  tell.kind = EscalationKind::message;
  plan.escalations = {notify, raise, tell};
  creation.deadlines = {plan};
  return creation;
}

/// A case from the call of the process to its answer. May be begun again at any point; false: the server has crashed.
bool play(Office& office, const std::atomic<bool>& crashed) {
  auto rests = [&] { return eventually([&] { return crashed || office.service->at_rest(); }) && !crashed; };
  auto task = office.service->create(neglected());
  if (!task || !rests()) return false;
  // Whoever asks again sees the same task.
  office.clock.advance(65h);
  if (!eventually([&] {
        if (crashed) return true;
        auto now = office.service->task(task->id);
        return now && now->priority == 3 && (now->effects.empty() || is_final(now->state));
      }) ||
      crashed)
    return false;
  for (auto operation : {Operation::start, Operation::complete}) {
    auto now = office.service->task(task->id);
    if (!now) return false;
    if (is_final(now->state) || (operation == Operation::start && now->state == TaskState::in_progress)) continue;
    if (!office.service->act(task->id, office.command(operation, "anna"))) return false;
  }
  return rests() && office.service->task(task->id)->effects.empty();
}

/// Crashes at the nth commit: before it, or after it with the answer lost. False: there was no nth commit.
bool crash_at(int nth, bool after) {
  auto store = store::make_memory_store();
  FaultyStore faulty(*store);
  Office office(faulty);
  std::atomic<int> count{0};
  std::atomic<bool> crashed{false};
  faulty.before_commit = [&] {
    if (++count != nth) return;
    crashed = true;
    if (after)
      faulty.lose_next_answer();
    else
      faulty.break_with(engine::StoreErrorKind::unavailable);
  };
  const bool whole = play(office, crashed);
  EXPECT_EQ(whole, !crashed) << "at " << nth;
  const bool happened = crashed;
  office.service.reset();
  faulty.before_commit = {};
  faulty.break_with(std::nullopt);
  office.restart();
  crashed = false;
  EXPECT_TRUE(play(office, crashed)) << "at " << nth << (after ? " after" : " before");

  const std::set<std::string> told(office.world.told.begin(), office.world.told.end());
  EXPECT_EQ(told.size(), 1u) << "at " << nth;
  std::set<std::string> notices;
  for (const auto& notice : office.world.notices) notices.insert(notice.key);
  EXPECT_EQ(notices.size(), 1u) << "at " << nth;
  const std::set<std::string> answers(office.world.answers.begin(), office.world.answers.end());
  EXPECT_EQ(answers, std::set<std::string>{"7-3 reply"}) << "at " << nth;
  const auto tasks = office.service->list({})->tasks;
  EXPECT_EQ(tasks.size(), 1u) << "at " << nth;
  if (tasks.size() != 1) return happened;
  auto history = office.service->history(tasks[0].id);
  std::map<std::string, int> events;
  for (const auto& entry : *history) ++events[entry.event];
  EXPECT_EQ(events["escalate"], 3) << "at " << nth;
  EXPECT_EQ(events["setPriority"], 1) << "at " << nth;
  EXPECT_EQ(events["done"], 3) << "at " << nth;
  EXPECT_EQ(events["complete"], 1) << "at " << nth;
  EXPECT_FALSE(store->check_chain(0)->broken_at);
  return happened;
}

TEST(TaskCrash, BeforeAnyCommit) {
  int nth = 1;
  while (crash_at(nth, false)) ++nth;
  EXPECT_GE(nth, 8);
}

TEST(TaskCrash, AfterAnyCommitWhoseAnswerWasLost) {
  int nth = 1;
  while (crash_at(nth, true)) ++nth;
  EXPECT_GE(nth, 8);
}

}  // namespace
}  // namespace echoflow::tasks

#include "adapters/store_memory/memory_store.hpp"

#include "tests/adapters/cx/tasks/office.hpp"

namespace echoflow::tasks {
namespace {

using namespace std::chrono_literals;

class Tasks : public ::testing::Test {
 protected:
  std::unique_ptr<engine::Store> store = store::make_memory_store();
  Office office{*store};
};

TEST_F(Tasks, TheSameCallGivesTheSameTask) {
  auto first = office.service->create(Office::creation(7));
  auto second = office.service->create(Office::creation(7));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->id, second->id);
  EXPECT_EQ(office.service->list({})->tasks.size(), 1u);
}

TEST_F(Tasks, FromTheCallToTheAnswer) {
  auto task = office.service->create(Office::creation(7));
  ASSERT_TRUE(task);
  EXPECT_EQ(office.act(task->id, Operation::complete, "anna"), "not-authorised");
  EXPECT_EQ(office.act(task->id, Operation::claim, "anna"), "");
  EXPECT_EQ(office.act(task->id, Operation::claim, "bert"), "wrong-state");
  EXPECT_EQ(office.act(task->id, Operation::start, "anna"), "");
  EXPECT_EQ(office.act(task->id, Operation::complete, "anna"), "");
  ASSERT_TRUE(office.rest());
  EXPECT_EQ(office.world.answers, std::vector<std::string>{"7-3 reply"});
  auto history = office.service->history(task->id);
  ASSERT_TRUE(history);
  std::vector<std::string> events;
  for (const auto& entry : *history) events.push_back(entry.event);
  EXPECT_EQ(events, (std::vector<std::string>{"create", "activate", "claim", "start", "complete", "due", "done"}));
  EXPECT_EQ(office.service->task(99).error().kind, FailureKind::not_found);
  auto chain = store->check_chain(0);
  ASSERT_TRUE(chain);
  EXPECT_FALSE(chain->broken_at);
}

TEST_F(Tasks, AFailedTaskGivesItsFault) {
  auto task = office.service->create(Office::creation(7));
  EXPECT_EQ(office.act(task->id, Operation::start, "anna"), "");
  auto fail = office.command(Operation::fail, "anna");
  fail.name = "{urn:x}notReachable";
  ASSERT_TRUE(office.service->act(task->id, fail));
  ASSERT_TRUE(office.rest());
  EXPECT_EQ(office.world.answers, std::vector<std::string>{"7-3 notReachable"});
}

TEST_F(Tasks, AnAnswerThatCannotBeGivenIsTriedAgain) {
  office.world.trouble = 2;
  auto task = office.service->create(Office::creation(7));
  EXPECT_EQ(office.act(task->id, Operation::start, "anna"), "");
  EXPECT_EQ(office.act(task->id, Operation::complete, "anna"), "");
  ASSERT_TRUE(office.rest());
  EXPECT_TRUE(office.world.answers.empty());
  office.clock.advance(1s);
  ASSERT_TRUE(office.rest());
  EXPECT_TRUE(office.world.answers.empty());
  office.clock.advance(2s);
  ASSERT_TRUE(office.rest());
  EXPECT_EQ(office.world.answers.size(), 1u);
  EXPECT_EQ(office.world.calls, 3);
}

Creation urgent(std::int64_t instance) {
  auto creation = Office::creation(instance);
  DeadlinePlan plan;
  plan.name = "first answer";
  plan.kind = DeadlineKind::start;
  plan.for_micros = 3'600'000'000;
  plan.calendar = "standard";
  Escalation notify, tell;
  notify.name = "boss";
  notify.kind = EscalationKind::notification;
  notify.people = {"group:leads"};
  notify.presentation.subjects = {{"", {"Too late"}}};
  tell.name = "late";
  tell.kind = EscalationKind::message;
  plan.escalations = {notify, tell};
  creation.deadlines = {plan};
  return creation;
}

TEST_F(Tasks, ANeglectedTaskEscalatesOnceAlsoOverARestart) {
  auto task = office.service->create(urgent(7));
  ASSERT_TRUE(task);
  ASSERT_TRUE(office.rest());
  office.clock.advance(64h);  // Monday 08:30
  ASSERT_TRUE(office.rest());
  EXPECT_TRUE(office.world.told.empty());
  office.service.reset();
  office.clock.advance(1h);  // while the server is down
  office.restart();
  ASSERT_TRUE(office.rest());
  ASSERT_EQ(office.world.told.size(), 1u);
  EXPECT_EQ(office.world.told[0], "answer late task-" + std::to_string(task->id) + "-2");
  ASSERT_EQ(office.world.notices.size(), 1u);
  EXPECT_EQ(office.world.notices[0].subject, "Too late");
  EXPECT_EQ(office.world.notices[0].recipients, People{"group:leads"});
  office.service.reset();
  office.restart();
  office.clock.advance(100h);
  ASSERT_TRUE(office.rest());
  EXPECT_EQ(office.world.told.size(), 1u);
  EXPECT_EQ(office.world.notices.size(), 1u);
}

TEST_F(Tasks, TheMostSuitableAgentGetsItAndTheStoredReasonSaysWhy) {
  office.agent("anna", {{"billing", 2}});
  office.agent("bert", {{"billing", 5}});
  auto creation = Office::creation(7);
  creation.skills = {{"billing", 2, true}};
  auto task = office.service->create(creation);
  ASSERT_TRUE(eventually([&] { return office.service->task(task->id)->owner == "bert"; }));
  auto assigned = office.service->task(task->id);
  EXPECT_EQ(assigned->state, TaskState::reserved);
  EXPECT_EQ(assigned->explanation.chosen, "bert");
  EXPECT_EQ(assigned->explanation.considered, 2u);
  EXPECT_EQ(office.service->load("bert").used, 100u);
  // A second one goes to the one who has room.
  auto second = office.service->create(Office::creation(8));
  ASSERT_TRUE(eventually([&] { return office.service->task(second->id)->owner == "anna"; }));
  // A third waits until somebody is done.
  auto third = office.service->create(Office::creation(9));
  ASSERT_TRUE(office.rest());
  EXPECT_EQ(office.service->task(third->id)->state, TaskState::ready);
  EXPECT_EQ(office.act(second->id, Operation::start, "anna"), "");
  EXPECT_EQ(office.act(second->id, Operation::complete, "anna"), "");
  ASSERT_TRUE(eventually([&] { return office.service->task(third->id)->owner == "anna"; }));
}

TEST_F(Tasks, WhatIsNotBegunGoesToSomebodyElse) {
  office.agent("anna", {{"billing", 5}});
  auto creation = Office::creation(7);
  creation.skills = {{"billing", 1, true}};
  auto task = office.service->create(creation);
  ASSERT_TRUE(eventually([&] { return office.service->task(task->id)->owner == "anna"; }));
  office.agent("bert", {{"billing", 1}});
  office.clock.advance(121s);
  ASSERT_TRUE(eventually([&] { return office.service->task(task->id)->owner == "bert"; }));
  EXPECT_EQ(office.service->task(task->id)->declined_by, std::vector<std::string>{"anna"});
}

TEST_F(Tasks, WhoLeavesGivesBack) {
  office.agent("anna");
  auto task = office.service->create(Office::creation(7));
  ASSERT_TRUE(eventually([&] { return office.service->task(task->id)->owner == "anna"; }));
  EXPECT_EQ(office.act(task->id, Operation::start, "anna"), "");
  ASSERT_TRUE(office.service->set_presence("anna", assignment::Presence::offline));
  EXPECT_EQ(office.service->task(task->id)->state, TaskState::ready);
  office.agent("bert");
  ASSERT_TRUE(eventually([&] { return office.service->task(task->id)->owner == "bert"; }));
  EXPECT_EQ(office.service->set_presence("nobody", assignment::Presence::online).error().kind, FailureKind::not_found);
}

TEST_F(Tasks, AgentsAndLoadsAreThereAfterARestart) {
  office.agent("anna");
  auto task = office.service->create(Office::creation(7));
  ASSERT_TRUE(eventually([&] { return office.service->task(task->id)->owner == "anna"; }));
  office.service.reset();
  office.restart();
  ASSERT_EQ(office.service->agents().size(), 1u);
  EXPECT_EQ(office.service->load("anna").used, 100u);
  ASSERT_TRUE(office.service->remove_agent("anna"));
  EXPECT_TRUE(office.service->agents().empty());
  EXPECT_EQ(office.service->task(task->id)->state, TaskState::ready);
}

TEST_F(Tasks, ATaskNobodyWaitsForIsEnded) {
  auto task = office.service->create(Office::creation(7));
  office.service->abandon(7, 3);
  ASSERT_TRUE(eventually([&] { return office.service->task(task->id)->state == TaskState::exited; }));
  // And after a crash in between.
  auto other = office.service->create(Office::creation(8));
  office.service.reset();
  office.world.gone = 8;
  office.restart();
  ASSERT_TRUE(eventually([&] { return office.service->task(other->id)->state == TaskState::exited; }));
  EXPECT_TRUE(office.world.answers.empty());
}

TEST_F(Tasks, SubTasksEndBeforeTheirParent) {
  auto task = office.service->create(Office::creation(7));
  EXPECT_EQ(office.act(task->id, Operation::start, "anna"), "");
  auto part = Office::creation();
  auto child = office.service->add_sub_task(task->id, office.service->actor("anna"), part);
  ASSERT_TRUE(child) << child.error().message;
  EXPECT_EQ(office.service->add_sub_task(task->id, office.service->actor("bert"), part).error().kind,
            FailureKind::forbidden);
  EXPECT_EQ(office.act(task->id, Operation::complete, "anna"), "open-sub-tasks");
  EXPECT_EQ(office.act(child->id, Operation::start, "bert"), "");
  EXPECT_EQ(office.act(child->id, Operation::complete, "bert"), "");
  ASSERT_TRUE(eventually([&] { return is_final(office.service->task(task->id)->sub_tasks[0].state); }));
  EXPECT_EQ(office.act(task->id, Operation::complete, "anna"), "");
  // A parent that is exited takes what is left with it.
  auto second = office.service->create(Office::creation(8));
  EXPECT_EQ(office.act(second->id, Operation::start, "anna"), "");
  auto left = office.service->add_sub_task(second->id, office.service->actor("anna"), part);
  office.service->abandon(8, 3);
  ASSERT_TRUE(eventually([&] { return office.service->task(left->id)->state == TaskState::exited; }));
}

TEST_F(Tasks, ListsInPagesByPriority) {
  for (int i = 0; i < 25; ++i) {
    auto creation = Office::creation();
    creation.priority = i % 3;
    ASSERT_TRUE(office.service->create(creation));
    office.clock.advance(1s);
  }
  engine::TaskFilter filter;
  filter.potential_owners = {"anna", "group:service"};
  filter.states = {"ready"};
  filter.limit = 10;
  std::vector<std::int32_t> priorities;
  std::size_t pages = 0;
  for (;; ++pages) {
    auto page = office.service->list(filter);
    ASSERT_TRUE(page);
    for (const auto& task : page->tasks) priorities.push_back(task.priority);
    if (!page->next) break;
    filter.after = page->next;
  }
  EXPECT_EQ(pages, 2u);
  EXPECT_EQ(priorities.size(), 25u);
  EXPECT_TRUE(std::is_sorted(priorities.begin(), priorities.end()));
}

TEST_F(Tasks, ANotificationTellsItsRecipients) {
  auto creation = Office::creation(7);
  creation.is_notification = true;
  creation.people = {{HumanRole::notification_recipients, {"nora"}}};
  creation.presentation.subjects = {{"de", {"Gelesen?"}}};
  auto task = office.service->create(creation);
  ASSERT_TRUE(task);
  ASSERT_TRUE(office.rest());
  ASSERT_EQ(office.world.notices.size(), 1u);
  EXPECT_EQ(office.world.notices[0].subject, "Gelesen?");
  engine::TaskFilter filter;
  filter.potential_owners = {"nora"};
  EXPECT_EQ(office.service->list(filter)->tasks.size(), 1u);
  EXPECT_EQ(office.act(task->id, Operation::remove, "nora"), "");
}

}  // namespace
}  // namespace echoflow::tasks

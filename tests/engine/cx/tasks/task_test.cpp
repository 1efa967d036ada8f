#include "tests/engine/cx/tasks/task_fixture.hpp"

namespace echoflow::tasks {
namespace {

TEST(Task, ASinglePotentialOwnerHasItReservedAtOnce) {
  Desk desk;
  auto creation = Desk::creation();
  creation.people = {{HumanRole::potential_owners, {"paul"}}};
  desk.make(creation);
  EXPECT_EQ(desk.task.state, TaskState::reserved);
  EXPECT_EQ(desk.task.owner, "paul");
  creation.people = {{HumanRole::potential_owners, {"group:service"}}};
  desk.make(creation);
  EXPECT_EQ(desk.task.state, TaskState::ready);
  creation.people = {{HumanRole::business_administrators, {"bea"}}};
  desk.make(creation);
  EXPECT_EQ(desk.task.state, TaskState::created);
  EXPECT_EQ(desk.act(Operation::activate, "bea"), "no-potential-owner");
  auto nominate = desk.command(Operation::nominate, "bea");
  EXPECT_EQ(desk.act(nominate), "people");
  nominate.people = {"pia"};
  EXPECT_EQ(desk.act(nominate), "");
  EXPECT_EQ(desk.task.owner, "pia");
}

TEST(Task, DelegationKeepsToItsRule) {
  Desk desk;
  auto creation = Desk::creation();
  creation.delegation = DelegationRule::potential_owners;
  desk.make(creation);
  auto delegate = desk.command(Operation::delegate, "paul");
  EXPECT_EQ(desk.act(delegate), "user");
  delegate.user = "otto";
  EXPECT_EQ(desk.act(delegate), "delegation");
  delegate.people = {"service"};  // his groups
  EXPECT_EQ(desk.act(delegate), "");
  EXPECT_EQ(desk.task.owner, "otto");
  delegate.user = "eve";
  delegate.actor.user = "otto";
  EXPECT_EQ(desk.act(delegate), "excluded-owner");
  creation.delegation = DelegationRule::nobody;
  desk.make(creation);
  delegate.actor.user = "paul";
  delegate.user = "pia";
  EXPECT_EQ(desk.act(delegate), "delegation");
}

TEST(Task, ForwardingTakesTheForwarderOut) {
  Desk desk;
  desk.make();
  ASSERT_EQ(desk.act(Operation::claim, "paul"), "");
  auto forward = desk.command(Operation::forward, "paul");
  forward.people = {"group:backoffice"};
  ASSERT_EQ(desk.act(forward), "");
  EXPECT_EQ(desk.task.state, TaskState::ready);
  EXPECT_EQ(desk.task.owner, "");
  EXPECT_EQ(desk.task.in_role(HumanRole::potential_owners), (People{"pia", "group:service", "group:backoffice"}));
  EXPECT_EQ(desk.act(Operation::claim, "paul"), "not-authorised");
}

TEST(Task, OutcomesAndTheAnswerToTheProcess) {
  Desk desk;
  auto creation = Desk::creation();
  creation.outcomes = {{"approved", {}}, {"refused", {}}};
  desk.make(creation);
  ASSERT_EQ(desk.act(Operation::start, "paul"), "");
  auto complete = desk.command(Operation::complete, "paul");
  EXPECT_EQ(desk.act(complete), "outcome");
  complete.outcome = "maybe";
  EXPECT_EQ(desk.act(complete), "outcome");
  complete.outcome = "approved";
  EXPECT_EQ(desk.act(complete), "");
  EXPECT_EQ(desk.task.outcome, "approved");
  EXPECT_EQ(desk.task.owner, "paul");
  ASSERT_EQ(desk.task.effects.size(), 1u);
  EXPECT_EQ(desk.task.effects[0].kind, EffectKind::answer);
  EXPECT_EQ(next_timer(desk.task), desk.now);
  // A try that failed comes later; done, it is gone, and another "done" changes nothing.
  auto settle = desk.command(Operation::settle, "");
  settle.number = 1;
  settle.next_attempt = {desk.now.micros + 5'000'000};
  EXPECT_EQ(desk.act(settle), "");
  EXPECT_EQ(desk.task.effects[0].attempts, 1u);
  EXPECT_EQ(next_timer(desk.task), settle.next_attempt);
  settle.done = true;
  EXPECT_EQ(desk.act(settle), "");
  EXPECT_TRUE(desk.task.effects.empty());
  EXPECT_TRUE(decide(desk.task, settle, desk.context())->empty());
}

TEST(Task, TheProcessThatEndsATaskIsNotAnswered) {
  Desk desk;
  desk.make();
  EXPECT_EQ(desk.act(Operation::exit, ""), "");
  EXPECT_EQ(desk.task.state, TaskState::exited);
  EXPECT_TRUE(desk.task.effects.empty());
  EXPECT_EQ(next_timer(desk.task), TimePoint{});
}

TEST(Task, SkippingNeedsASkipableTask) {
  Desk desk;
  auto creation = Desk::creation();
  creation.is_skipable = false;
  desk.make(creation);
  EXPECT_EQ(desk.act(Operation::skip, "ines"), "not-skipable");
  RefusalKind kind = RefusalKind::conflict;
  EXPECT_EQ(desk.act(desk.command(Operation::skip, "paul"), &kind), "not-authorised");
  EXPECT_EQ(kind, RefusalKind::forbidden);
}

TEST(Task, CommentsBelongToTheirAuthors) {
  Desk desk;
  desk.make();
  auto comment = desk.command(Operation::add_comment, "paul");
  EXPECT_EQ(desk.act(comment), "text");
  comment.text = "She called twice.";
  ASSERT_EQ(desk.act(comment), "");
  auto update = desk.command(Operation::update_comment, "pia");
  update.number = 1;
  update.text = "No.";
  EXPECT_EQ(desk.act(update), "not-author");
  update.actor.user = "paul";
  EXPECT_EQ(desk.act(update), "");
  EXPECT_EQ(desk.task.comments[0].text.text, "No.");
  update.operation = Operation::delete_comment;
  update.actor.user = "bea";
  EXPECT_EQ(desk.act(update), "");
  EXPECT_TRUE(desk.task.comments[0].deleted);
  EXPECT_EQ(desk.act(update), "comment");
}

TEST(Task, AssignedAndTakenBackWhenNotBegun) {
  Desk desk;
  desk.make();
  auto assign = desk.command(Operation::assign, "");
  assign.user = "paul";
  assign.until = {desk.now.micros + 60'000'000};
  assign.explanation.chosen = "paul";
  assign.explanation.summary = "best of three";
  ASSERT_EQ(desk.act(assign), "");
  EXPECT_EQ(desk.task.owner, "paul");
  EXPECT_EQ(desk.task.explanation.summary, "best of three");
  EXPECT_EQ(next_timer(desk.task), assign.until);
  EXPECT_EQ(desk.act(Operation::expire, ""), "");
  EXPECT_EQ(desk.task.state, TaskState::reserved);
  desk.now = assign.until;
  EXPECT_EQ(desk.act(Operation::expire, ""), "");
  EXPECT_EQ(desk.task.state, TaskState::ready);
  EXPECT_EQ(desk.task.owner, "");
  EXPECT_EQ(desk.task.declined_by, std::vector<std::string>{"paul"});
  // Who has begun keeps it.
  ASSERT_EQ(desk.act(assign), "");
  ASSERT_EQ(desk.act(Operation::start, "paul"), "");
  EXPECT_EQ(desk.task.hold_until, TimePoint{});
}

TEST(Task, SubTasksHoldTheirParent) {
  Desk desk;
  auto creation = Desk::creation();
  creation.order = SubTaskOrder::sequential;
  creation.completion = SubTaskPattern::automatic;
  desk.make(creation);
  ASSERT_EQ(desk.act(Operation::start, "paul"), "");
  auto add = desk.command(Operation::instantiate_sub_task, "paul");
  add.sub_task_state = TaskState::ready;
  for (std::int64_t id : {100, 101}) {
    add.sub_task = id;
    add.name = "part";
    ASSERT_EQ(desk.act(add), "");
  }
  EXPECT_EQ(desk.act(Operation::complete, "paul"), "open-sub-tasks");
  auto end = desk.command(Operation::end_sub_task, "");
  end.sub_task = 100;
  end.sub_task_state = TaskState::completed;
  ASSERT_EQ(desk.act(end), "");
  EXPECT_EQ(desk.task.effects.back().kind, EffectKind::activate_next);
  ASSERT_EQ(desk.act(end), "");  // told twice, counted once
  EXPECT_EQ(desk.task.effects.size(), 1u);
  end.sub_task = 101;
  ASSERT_EQ(desk.act(end), "");
  EXPECT_EQ(desk.task.state, TaskState::completed);
  EXPECT_EQ(desk.task.effects.back().kind, EffectKind::answer);
}

TEST(Task, AParentThatEndsTakesItsSubTasksWithIt) {
  Desk desk;
  desk.make();
  ASSERT_EQ(desk.act(Operation::start, "paul"), "");
  auto add = desk.command(Operation::instantiate_sub_task, "paul");
  add.sub_task = 100;
  add.name = "part";
  add.sub_task_state = TaskState::ready;
  ASSERT_EQ(desk.act(add), "");
  ASSERT_EQ(desk.act(Operation::exit, ""), "");
  ASSERT_EQ(desk.task.effects.size(), 1u);
  EXPECT_EQ(desk.task.effects[0].kind, EffectKind::end_children);
  auto creation = Desk::creation();
  creation.parent = 42;
  desk.make(creation);
  ASSERT_EQ(desk.act(Operation::skip, "bea"), "");
  ASSERT_EQ(desk.task.effects.size(), 1u);
  EXPECT_EQ(desk.task.effects[0].kind, EffectKind::end_parent_part);
}

TEST(Task, StateReadsBackWhole) {
  Desk desk;
  auto creation = Desk::creation();
  creation.presentation.subjects = {{"de", {"Antworte Frau Müller"}}, {"", {"Answer"}}};
  creation.skills = {{"billing", 3, true}, {"humour", 0, false}};
  creation.priority = 0;
  creation.deadlines.resize(1);
  creation.deadlines[0].kind = DeadlineKind::start;
  creation.deadlines[0].for_micros = 3'600'000'000;
  creation.deadlines[0].escalations = {{"raise", EscalationKind::priority, false, {}, 0, true, 0, {}}};
  desk.make(creation);
  auto comment = desk.command(Operation::add_comment, "paul");
  comment.text = "hello";
  ASSERT_EQ(desk.act(comment), "");
  const auto bytes = encode_task(desk.task);
  auto again = decode_task(bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(encode_task(*again), bytes);
  EXPECT_EQ(again->priority, 0);
  EXPECT_EQ(again->creation.presentation.subjects[0].text.text, "Antworte Frau Müller");
  EXPECT_FALSE(again->creation.skills[1].required);
  EXPECT_EQ(again->in_role(HumanRole::task_initiator), People{"ines"});
  EXPECT_EQ(again->seq, 2u);
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7) (void)decode_task(std::string_view(bytes).substr(0, cut));
  EXPECT_FALSE(decode_task("\xff\xff"));
}

TEST(Task, AnErasedPayloadLeavesTheStructure) {
  Desk desk;
  desk.make();
  auto comment = desk.command(Operation::add_comment, "paul");
  comment.text = "customer's secret";
  auto events = decide(desk.task, comment, desk.context());
  auto encoded = encode_events(*events);
  EXPECT_EQ(encoded.events.find("secret"), std::string::npos);
  auto read = decode_events(encoded.events, "");
  ASSERT_TRUE(read);
  EXPECT_EQ(std::get<CommentAdded>(read->at(0)).comment.by, "paul");
  EXPECT_EQ(std::get<CommentAdded>(read->at(0)).comment.text.text, "");
}

TEST(Task, TextsInTheBestLanguageWithTheirParameters) {
  const std::vector<LocalText> texts = {{"en", {"Hello"}}, {"de", {"Hallo"}}, {"de-AT", {"Servus"}}};
  EXPECT_EQ(text_in(texts, "de-AT"), "Servus");
  EXPECT_EQ(text_in(texts, "de-CH-1996"), "Hallo");
  EXPECT_EQ(text_in(texts, "fr"), "Hello");
  EXPECT_EQ(text_in({{"de", {"Hallo"}}, {"", {"Hi"}}}, "fr"), "Hi");
  EXPECT_EQ(text_in({}, "fr"), "");
  EXPECT_EQ(with_parameters("{$a} owes {$b}, {$c} {$", {{"a", "Anna {$b}"}, {"b", "5 €"}}),
            "Anna {$b} owes 5 €, {$c} {$");
}

TEST(Task, HistoryTellsWhoDidWhat) {
  Desk desk;
  desk.make();
  auto events = decide(desk.task, desk.command(Operation::claim, "paul"), desk.context());
  auto history = history_of(*events, desk.now);
  ASSERT_EQ(history.size(), 1u);
  EXPECT_EQ(history[0].event, "claim");
  EXPECT_EQ(history[0].by, "paul");
  EXPECT_EQ(history[0].state, "reserved");
  EXPECT_EQ(history[0].owner, "paul");
}

}  // namespace
}  // namespace echoflow::tasks

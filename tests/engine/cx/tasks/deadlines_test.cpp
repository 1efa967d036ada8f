#include "tests/engine/cx/tasks/task_fixture.hpp"

namespace echoflow::tasks {
namespace {

constexpr std::int64_t hour = 3'600'000'000;

Creation with_deadline(DeadlineKind kind, std::vector<Escalation> escalations) {
  auto creation = Desk::creation();
  DeadlinePlan plan;
  plan.name = "answer";
  plan.kind = kind;
  plan.for_micros = hour;
  plan.calendar = "standard";
  plan.escalations = std::move(escalations);
  creation.deadlines = {plan};
  return creation;
}

Escalation escalation(EscalationKind kind) {
  Escalation each;
  each.name = "late";
  each.kind = kind;
  return each;
}

TEST(Deadlines, CreatedOnFridayAtHalfPastFourMissedOnMondayAtHalfPastNine) {
  Desk desk;  // Friday 2026-11-20 16:30 in Berlin
  desk.make(with_deadline(DeadlineKind::completion, {escalation(EscalationKind::message)}));
  ASSERT_EQ(format_time_point(next_timer(desk.task)), "2026-11-23T08:30:00Z");
  desk.now = at("2026-11-23T08:29:59.999999Z");
  EXPECT_EQ(desk.act(Operation::expire, ""), "");
  EXPECT_TRUE(desk.task.effects.empty());
  desk.now = at("2026-11-23T08:30:00Z");
  EXPECT_EQ(desk.act(Operation::expire, ""), "");
  ASSERT_EQ(desk.task.effects.size(), 1u);
  EXPECT_EQ(desk.task.effects[0].kind, EffectKind::process_event);
  EXPECT_EQ(desk.task.deadlines[0].phase, DeadlinePhase::missed);
  // Once: another look at the clock finds nothing to do.
  EXPECT_TRUE(decide(desk.task, desk.command(Operation::expire, ""), desk.context())->empty());
}

TEST(Deadlines, TheStartDeadlineIsMetByStarting) {
  Desk desk;
  desk.make(with_deadline(DeadlineKind::start, {escalation(EscalationKind::message)}));
  ASSERT_EQ(desk.act(Operation::claim, "paul"), "");
  EXPECT_EQ(desk.task.deadlines[0].phase, DeadlinePhase::running);
  ASSERT_EQ(desk.act(Operation::start, "paul"), "");
  EXPECT_EQ(desk.task.deadlines[0].phase, DeadlinePhase::met);
  EXPECT_EQ(next_timer(desk.task), TimePoint{});
}

TEST(Deadlines, TheCompletionDeadlineIsMetByAnyEnd) {
  for (auto [operation, user] : {std::pair{Operation::complete, "paul"}, std::pair{Operation::fail, "paul"},
                                 std::pair{Operation::skip, "bea"}, std::pair{Operation::exit, ""}}) {
    Desk desk;
    desk.make(with_deadline(DeadlineKind::completion, {escalation(EscalationKind::message)}));
    ASSERT_EQ(desk.act(Operation::start, "paul"), "");
    EXPECT_EQ(desk.task.deadlines[0].phase, DeadlinePhase::running);
    ASSERT_EQ(desk.act(operation, user), "");
    EXPECT_EQ(desk.task.deadlines[0].phase, DeadlinePhase::met);
  }
}

TEST(Deadlines, EveryKindOfEscalationInItsOrder) {
  auto reassign = escalation(EscalationKind::reassignment);
  reassign.people = {"sven"};
  auto raise = escalation(EscalationKind::priority);
  raise.raise_by = 2;
  Desk desk;
  desk.make(with_deadline(DeadlineKind::completion, {escalation(EscalationKind::notification), reassign, raise,
                                                     escalation(EscalationKind::message)}));
  ASSERT_EQ(desk.act(Operation::start, "paul"), "");
  desk.now = at("2026-11-23T09:00:00Z");
  ASSERT_EQ(desk.act(Operation::expire, ""), "");
  EXPECT_EQ(desk.task.owner, "sven");
  EXPECT_EQ(desk.task.state, TaskState::reserved);
  EXPECT_EQ(desk.task.in_role(HumanRole::potential_owners), People{"sven"});
  EXPECT_EQ(desk.task.priority, 3);
  ASSERT_EQ(desk.task.effects.size(), 2u);
  EXPECT_EQ(desk.task.effects[0].kind, EffectKind::notify);
  EXPECT_EQ(desk.task.effects[0].escalation, 0u);
  EXPECT_EQ(desk.task.effects[1].kind, EffectKind::process_event);
  EXPECT_EQ(desk.task.effects[1].escalation, 3u);
}

TEST(Deadlines, APriorityIsNeverLowered) {
  auto raise = escalation(EscalationKind::priority);
  raise.raise_to_set = true;
  raise.raise_to = 7;
  Desk desk;
  desk.make(with_deadline(DeadlineKind::completion, {raise}));
  desk.now = at("2026-11-23T09:00:00Z");
  ASSERT_EQ(desk.act(Operation::expire, ""), "");
  EXPECT_EQ(desk.task.priority, 5);
}

TEST(Deadlines, AConditionHoldsBack) {
  auto asked = escalation(EscalationKind::message);
  asked.conditional = true;
  Desk desk;
  desk.condition = [](const Task& task, std::uint32_t, std::uint32_t) -> Result<bool> { return task.owner.empty(); };
  desk.make(with_deadline(DeadlineKind::completion, {asked}));
  ASSERT_EQ(desk.act(Operation::claim, "paul"), "");
  desk.now = at("2026-11-23T09:00:00Z");
  auto events = decide(desk.task, desk.command(Operation::expire, ""), desk.context());
  ASSERT_TRUE(events);
  ASSERT_EQ(events->size(), 2u);
  EXPECT_TRUE(std::get<Escalated>(events->at(1)).held_back);
  desk.condition = [](const Task&, std::uint32_t, std::uint32_t) -> Result<bool> { return fail("no input"); };
  events = decide(desk.task, desk.command(Operation::expire, ""), desk.context());
  EXPECT_EQ(std::get<Escalated>(events->at(1)).why.text, "no input");
}

TEST(Deadlines, TheClockRestsWhileTheCustomerIsAsked) {
  Desk desk;
  desk.make(with_deadline(DeadlineKind::completion, {escalation(EscalationKind::message)}));
  ASSERT_EQ(desk.act(Operation::start, "paul"), "");
  desk.now = at("2026-11-20T15:45:00Z");  // a quarter of an hour is used, a quarter is left today
  auto wait = desk.command(Operation::suspend, "paul");
  wait.for_customer = true;
  ASSERT_EQ(desk.act(wait), "");
  EXPECT_EQ(desk.task.deadlines[0].phase, DeadlinePhase::paused);
  EXPECT_EQ(next_timer(desk.task), TimePoint{});
  desk.now = at("2026-11-25T15:30:00Z");  // Wednesday, half an hour before closing
  EXPECT_TRUE(decide(desk.task, desk.command(Operation::expire, ""), desk.context())->empty());
  ASSERT_EQ(desk.act(Operation::resume, "paul"), "");
  EXPECT_EQ(format_time_point(next_timer(desk.task)), "2026-11-26T08:15:00Z");
  // Without that, a suspended task's deadline runs on.
  desk.make(with_deadline(DeadlineKind::completion, {escalation(EscalationKind::message)}));
  ASSERT_EQ(desk.act(Operation::start, "paul"), "");
  ASSERT_EQ(desk.act(Operation::suspend, "paul"), "");
  EXPECT_EQ(desk.task.deadlines[0].phase, DeadlinePhase::running);
}

TEST(Deadlines, SuspendedUntilGoesOnByItself) {
  Desk desk;
  desk.make();
  ASSERT_EQ(desk.act(Operation::start, "paul"), "");
  auto rest = desk.command(Operation::suspend_until, "paul");
  EXPECT_EQ(desk.act(rest), "until");
  rest.until = at("2026-11-22T09:00:00Z");
  ASSERT_EQ(desk.act(rest), "");
  EXPECT_EQ(next_timer(desk.task), rest.until);
  desk.now = rest.until;
  ASSERT_EQ(desk.act(Operation::expire, ""), "");
  EXPECT_EQ(desk.task.state, TaskState::in_progress);
  EXPECT_EQ(desk.task.owner, "paul");
}

TEST(Deadlines, ReassignedWhileSuspendedStaysSuspended) {
  auto reassign = escalation(EscalationKind::reassignment);
  reassign.people = {"sven"};
  Desk desk;
  desk.make(with_deadline(DeadlineKind::completion, {reassign}));
  ASSERT_EQ(desk.act(Operation::start, "paul"), "");
  ASSERT_EQ(desk.act(Operation::suspend, "paul"), "");
  desk.now = at("2026-11-23T09:00:00Z");
  ASSERT_EQ(desk.act(Operation::expire, ""), "");
  EXPECT_EQ(desk.task.state, TaskState::suspended_ready);
  EXPECT_EQ(desk.task.owner, "");
}

TEST(Deadlines, AnUnknownCalendarIsRefusedAtTheCreation) {
  Desk desk;
  auto creation = with_deadline(DeadlineKind::completion, {});
  creation.deadlines[0].calendar = "moon";
  auto events = create(1, creation, desk.context());
  ASSERT_FALSE(events);
  EXPECT_EQ(events.error().message,
            "The deadline 'answer' of task 'answer' cannot be set: There is no calendar 'moon'.");
}

TEST(Deadlines, CanBeSetAnew) {
  Desk desk;
  desk.make(with_deadline(DeadlineKind::completion, {escalation(EscalationKind::message)}));
  auto set = desk.command(Operation::set_deadline, "bea");
  set.until = at("2026-12-01T09:00:00Z");
  ASSERT_EQ(desk.act(set), "");
  EXPECT_EQ(next_timer(desk.task), set.until);
  set.number = 1;
  EXPECT_EQ(desk.act(set), "deadline");
}

}  // namespace
}  // namespace echoflow::tasks

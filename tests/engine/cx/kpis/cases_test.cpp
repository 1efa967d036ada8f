#include <gtest/gtest.h>

#include "tests/engine/cx/kpis/support.hpp"

/// The measures of cases, each with the traps that make it wrong elsewhere.
namespace echoflow::kpis::test {
namespace {

TEST(FirstResponse, ABotsAnswerDoesNotCount) {
  One one(built_in("firstResponseTime"));
  one.tell(0, CustomerSpoke{"a"});
  one.tell(1, BotAnswered{"a"});
  EXPECT_EQ(one.count(), 0u);
  one.tell(600, AgentAnswered{"a"});
  EXPECT_EQ(one.value(), 600);
}

TEST(FirstResponse, OnlyTheFirstAnswerAndTheFirstMessageCount) {
  One one(built_in("firstResponseTime"));
  one.tell(0, CustomerSpoke{"a"});
  one.tell(60, CustomerSpoke{"a"});
  one.tell(300, AgentAnswered{"a"});
  one.tell(900, CustomerSpoke{"a"});
  one.tell(1'000, AgentAnswered{"a"});
  EXPECT_EQ(one.count(), 1u);
  EXPECT_EQ(one.value(), 300);
}

TEST(FirstResponse, AReopenedCaseStartsANewCycle) {
  One one(built_in("firstResponseTime"));
  one.tell(0, CustomerSpoke{"a"});
  one.tell(100, AgentAnswered{"a"});
  one.tell(200, CaseResolved{"a"});
  one.tell(day, CustomerSpoke{"a"});
  one.tell(day + 300, AgentAnswered{"a"});
  EXPECT_EQ(one.count(), 2u);
  EXPECT_EQ(one.value(), 200);
}

TEST(FirstResponse, CountsBusinessHoursOnly) {
  auto definition = built_in("firstResponseTime");
  definition.calendar = calendar::Calendar::standard().plan().name;
  One one(definition);
  ASSERT_EQ(one.error, "");
  one.tell(when("2026-03-06T15:30:00Z"), CustomerSpoke{"a"});  // Friday 16:30 in Berlin
  one.tell(when("2026-03-09T08:30:00Z"), AgentAnswered{"a"});  // Monday 9:30
  EXPECT_EQ(one.value(), hour);
}

TEST(FirstResponse, WhatIsResolvedWithoutAnAnswerHasNoResponseTime) {
  One one(built_in("firstResponseTime"));
  one.tell(0, CustomerSpoke{"a"});
  one.tell(100, CaseResolved{"a"});
  one.tell(200, AgentAnswered{"a"});  // too late: there is no such case any more
  EXPECT_EQ(one.count(), 0u);
  EXPECT_EQ(one.kpi().open(), 0u);
}

TEST(NextResponse, RunsFromTheFirstUnansweredMessageAfterAnAnswer) {
  One one(built_in("nextResponseTime"));
  one.tell(0, CustomerSpoke{"a"});
  one.tell(100, AgentAnswered{"a"});  // the first response is not a next one
  EXPECT_EQ(one.count(), 0u);
  one.tell(200, CustomerSpoke{"a"});
  one.tell(260, CustomerSpoke{"a"});  // the same wait
  one.tell(270, BotAnswered{"a"});
  one.tell(500, AgentAnswered{"a"});
  one.tell(510, AgentAnswered{"a"});  // nobody waited
  EXPECT_EQ(one.count(), 1u);
  EXPECT_EQ(one.value(), 300);
}

TEST(Resolution, StopsWhileTheCustomerIsWaitedForWhereAskedTo) {
  for (const bool pauses : {false, true}) {
    One one(built_in(pauses ? "resolutionTime(pause=customer)" : "resolutionTime"));
    one.tell(0, CustomerSpoke{"a"});
    one.tell(100, AgentAnswered{"a"});
    one.tell(1'100, CustomerSpoke{"a"});
    one.tell(1'200, AgentAnswered{"a"});
    one.tell(5'000, AgentAnswered{"a"});
    one.tell(9'000, CaseResolved{"a"});
    EXPECT_EQ(one.value(), pauses ? 200 : 9'000);
  }
}

TEST(Resolution, AReopenedCaseIsMeasuredFromItsReopening) {
  One one(built_in("resolutionTime"));
  one.tell(0, CustomerSpoke{"a"});
  one.tell(100, CaseResolved{"a"});
  one.tell(1'000, CaseReopened{"a"});
  one.tell(1'300, CaseResolved{"a"});
  one.tell(1'400, CaseResolved{"a"});  // told twice
  EXPECT_EQ(one.count(), 2u);
  EXPECT_EQ(one.value(), 200);
}

TEST(ServiceLevel, IsAnsweredInTimeOverOffered) {
  One one(built_in("serviceLevel(within=PT10M)"));
  for (const char* id : {"in time", "at the end", "late", "never", "given up"}) one.tell(0, CustomerSpoke{id});
  one.tell(60, AgentAnswered{"in time"});
  one.tell(300, CaseResolved{"given up"});
  EXPECT_EQ(one.value(), 50);  // of the two that are decided
  one.tell(600, AgentAnswered{"at the end"});
  one.tell(601, AgentAnswered{"late"});
  one.pass(hour);
  EXPECT_EQ(one.count(), 5u);
  EXPECT_EQ(one.value(), 40);
  EXPECT_EQ(one.kpi().open(), 0u);
}

TEST(ServiceLevel, ACaseThatNobodyAnswersIsKnownWhenItsTimeIsUpAndNotBefore) {
  One one(built_in("serviceLevel(within=PT10M)"));
  one.tell(0, CustomerSpoke{"a"});
  EXPECT_EQ(one.kpis->next_change(), TimePoint{at(600).micros + 1});
  one.pass(600);
  EXPECT_EQ(one.count(), 0u);
  one.pass(600.1);
  EXPECT_EQ(one.value(), 0);
}

TEST(ServiceLevel, ABotDoesNotMakeIt) {
  One one(built_in("serviceLevel(within=PT10M)"));
  one.tell(0, CustomerSpoke{"a"});
  one.tell(1, BotAnswered{"a"});
  one.tell(700, AgentAnswered{"a"});
  EXPECT_EQ(one.value(), 0);
}

TEST(FirstContactResolution, NeedsOneContactAndNoReopening) {
  One one(built_in("firstContactResolution"));
  one.tell(0, CustomerSpoke{"one contact"});
  one.tell(1, CustomerSpoke{"one contact"});  // before anybody answered: the same contact
  one.tell(10, AgentAnswered{"one contact"});
  one.tell(20, CaseResolved{"one contact"});
  one.tell(0, CustomerSpoke{"two contacts"});
  one.tell(10, AgentAnswered{"two contacts"});
  one.tell(20, CustomerSpoke{"two contacts"});
  one.tell(30, AgentAnswered{"two contacts"});
  one.tell(40, CaseResolved{"two contacts"});
  one.tell(0, CustomerSpoke{"came back"});
  one.tell(10, AgentAnswered{"came back"});
  one.tell(20, CaseResolved{"came back"});
  EXPECT_EQ(one.count(), 1u);  // two contacts are known to be too many at once
  one.tell(6 * day, CustomerSpoke{"came back"});
  EXPECT_EQ(one.count(), 2u);
  one.pass(7 * day + 100);
  EXPECT_EQ(one.count(), 3u);
  EXPECT_NEAR(*one.value(), 100.0 / 3, 1e-9);
}

TEST(FirstContactResolution, ByItsOtherDefinitionOnlyAReopeningCounts) {
  One one(built_in("firstContactResolution(definition=noReopen, within=P2D)"));
  one.tell(0, CustomerSpoke{"a"});
  one.tell(10, AgentAnswered{"a"});
  one.tell(20, CustomerSpoke{"a"});
  one.tell(30, AgentAnswered{"a"});
  one.tell(40, CaseResolved{"a"});
  one.pass(2 * day + 41);
  EXPECT_EQ(one.value(), 100);
  one.tell(3 * day, CustomerSpoke{"a"});  // later than what was asked for
  EXPECT_EQ(one.count(), 1u);
}

TEST(Backlog, IsWhatIsOpenNow) {
  auto definition = built_in("backlog");
  definition.group_by = "channel";
  definition.warning = 2;
  One one(definition);
  Origin mail, post;
  mail.channel = "mail";
  post.channel = "facebook";
  one.tell(0, CustomerSpoke{"a"}, mail);
  one.tell(1, CustomerSpoke{"b"}, post);
  one.tell(2, CustomerSpoke{"c"}, post);
  EXPECT_EQ(one.value("mail"), 1);
  EXPECT_EQ(one.value("facebook"), 2);
  EXPECT_EQ(one.kpi().overall(at(2)), 3);
  one.tell(3, CaseResolved{"b"}, post);
  one.tell(4, CustomerSpoke{"b"}, post);  // reopened: open again
  one.tell(5, CaseResolved{"b"}, post);
  EXPECT_EQ(one.value("facebook"), 1);
  ASSERT_EQ(one.crossings.size(), 4u);
  EXPECT_EQ(one.crossings[0].group, "facebook");
  EXPECT_EQ(one.crossings[0].to, Level::warning);
  EXPECT_EQ(one.crossings[1].to, Level::normal);
  EXPECT_EQ(one.crossings[3].number, 4u);
}

TEST(BacklogAge, GrowsWithTimeAlone) {
  auto definition = built_in("backlogAge");
  definition.warning = hour;
  definition.critical = 2 * hour;
  One one(definition);
  one.tell(0, CustomerSpoke{"a"});
  one.tell(hour / 2, CustomerSpoke{"b"});
  one.pass(hour);
  EXPECT_EQ(one.value(), 0.75 * hour);
  EXPECT_TRUE(one.crossings.empty());
  EXPECT_EQ(one.kpis->next_change(), at(1.25 * hour));
  one.pass(1.25 * hour);
  ASSERT_EQ(one.crossings.size(), 1u);
  EXPECT_EQ(one.crossings[0].value, hour);
  one.tell(1.5 * hour, CaseResolved{"a"});  // what is left is an hour old
  EXPECT_EQ(one.value(), hour);
  one.tell(1.6 * hour, CaseResolved{"b"});
  EXPECT_EQ(one.value(), 0);
  EXPECT_EQ(one.crossings.back().to, Level::normal);
}

TEST(BacklogAge, OfTheOldestOnBusinessHours) {
  auto definition = built_in("backlogAge");
  definition.aggregate = cx::KpiAggregate::max;
  definition.calendar = calendar::Calendar::standard().plan().name;
  definition.warning = hour;
  One one(definition);
  one.tell(when("2026-03-06T15:30:00Z"), CustomerSpoke{"a"});
  one.pass(when("2026-03-09T08:29:00Z"));
  EXPECT_TRUE(one.crossings.empty());
  one.pass(when("2026-03-09T08:30:00Z"));
  ASSERT_EQ(one.crossings.size(), 1u);
  EXPECT_EQ(one.crossings[0].at, when("2026-03-09T08:30:00Z"));
}

TEST(ReopenRate, IsReopenedOverResolved) {
  One one(built_in("reopenRate"));
  for (const char* id : {"a", "b", "c", "d"}) {
    one.tell(0, CustomerSpoke{id});
    one.tell(10, CaseResolved{id});
  }
  one.tell(20, CustomerSpoke{"a"});
  EXPECT_EQ(one.value(), 25);
  one.tell(30, CustomerSpoke{"a"});  // the same reopening
  EXPECT_EQ(one.value(), 25);
  one.tell(40, CaseResolved{"a"});
  EXPECT_EQ(one.value(), 20);
}

TEST(Cases, WhatWasGivenUpIsNotResolved) {
  One resolution(built_in("resolutionTime")), reopened(built_in("reopenRate")), offered(built_in("serviceLevel"));
  One backlog(built_in("backlog"));
  for (auto* one : {&resolution, &reopened, &offered, &backlog}) {
    one->tell(0, CustomerSpoke{"a"});
    one->tell(10, CaseResolved{"a", false});
    one->tell(20, CustomerSpoke{"a"});
  }
  EXPECT_EQ(resolution.count(), 0u);
  EXPECT_EQ(reopened.value(), std::nullopt);
  EXPECT_EQ(offered.value(), 0);
  EXPECT_EQ(backlog.value(), 1);
}

TEST(Cases, ACaseThatWasQuietForLongIsANewOne) {
  One one(built_in("reopenRate"));
  one.tell(0, CustomerSpoke{"a"});
  one.tell(10, CaseResolved{"a"});
  one.tell(31 * day, CustomerSpoke{"a"});
  EXPECT_EQ(one.value(), 0);
  EXPECT_EQ(one.kpis->open_cases(), 1u);
}

}  // namespace
}  // namespace echoflow::kpis::test

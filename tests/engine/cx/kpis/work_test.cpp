#include <gtest/gtest.h>

#include "tests/engine/cx/kpis/support.hpp"

/// The measures of tasks, processes and activities.
namespace echoflow::kpis::test {
namespace {

Origin of_instance(InstanceId id) {
  Origin origin;
  origin.instance = id;
  return origin;
}

TEST(HandlingTime, IsTheTimeThatSomebodyWorks) {
  One one(built_in("handlingTime"));
  one.tell(0, TaskCreated{1});
  one.tell(100, TaskStarted{1});
  one.tell(160, TaskPaused{1});
  one.tell(1'000, TaskStarted{1});
  one.tell(1'040, TaskEnded{1, true});
  EXPECT_EQ(one.value(), 100);
  one.tell(1'100, TaskStarted{2});
  one.tell(1'200, TaskEnded{2, false});  // given up: nothing was handled
  EXPECT_EQ(one.count(), 1u);
  EXPECT_EQ(one.kpi().open(), 0u);
}

TEST(EscalationRate, CountsATaskOnce) {
  One one(built_in("escalationRate"));
  for (std::int64_t task = 1; task <= 4; ++task) one.tell(0, TaskCreated{task});
  one.tell(10, TaskEscalated{1, true});
  one.tell(20, TaskEscalated{1, false});
  EXPECT_EQ(one.value(), 25);
}

TEST(ProcessDuration, IsOfThoseThatCompleted) {
  One one(built_in("processDuration"));
  one.tell(0, InstanceStarted{}, of_instance(1));
  one.tell(0, InstanceStarted{}, of_instance(2));
  one.tell(50, InstanceEnded{true, 5, 0, 0}, of_instance(1));
  one.tell(90, InstanceEnded{false, 5, 0, 0}, of_instance(2));
  EXPECT_EQ(one.count(), 1u);
  EXPECT_EQ(one.value(), 50);
}

TEST(ProcessDepth, IsStepsLoopsAndHandovers) {
  for (const auto& [name, wanted] :
       {std::pair("processSteps", 12.0), std::pair("processLoops", 3.0), std::pair("processHandovers", 2.0)}) {
    One one(built_in(name));
    one.tell(0, InstanceStarted{}, of_instance(1));
    one.tell(1, InstanceEnded{true, 12, 3, 2}, of_instance(1));
    EXPECT_EQ(one.value(), wanted) << name;
  }
}

cx::KpiDefinition from_to(const std::string& from, const std::string& to) {
  cx::KpiDefinition definition;
  definition.name = "kpi";
  definition.measure = cx::KpiMeasure::duration;
  definition.from.activity = from;
  definition.to.activity = to;
  return definition;
}

TEST(Duration, RunsBetweenTwoActivitiesOfTheSameInstance) {
  One one(from_to("ask", "answer"), "{urn:p}p");
  one.tell(0, ActivityPassed{"ask", cx::KpiMoment::start}, of_instance(1));
  one.tell(10, ActivityPassed{"ask"}, of_instance(1));
  one.tell(20, ActivityPassed{"ask"}, of_instance(2));
  one.tell(40, ActivityPassed{"answer"}, of_instance(2));
  EXPECT_EQ(one.value(), 20);
  one.tell(50, ActivityPassed{"answer"}, of_instance(1));
  EXPECT_EQ(one.value(), 30);
  one.tell(60, ActivityPassed{"answer"}, of_instance(1));  // without a beginning
  EXPECT_EQ(one.count(), 2u);
  one.tell(70, ActivityPassed{"ask"}, of_instance(1));
  one.tell(80, InstanceEnded{}, of_instance(1));
  EXPECT_EQ(one.kpi().open(), 0u);
}

TEST(Duration, CountsOnlyTheProcessThatDeclaresIt) {
  One one(from_to("ask", "answer"), "{urn:p}p");
  Origin other = of_instance(1);
  other.process = "{urn:p}other";
  one.tell(0, ActivityPassed{"ask"}, other);
  one.tell(9, ActivityPassed{"answer"}, other);
  EXPECT_EQ(one.count(), 0u);
}

TEST(Count, OfAnEmptyWindowIsZero) {
  cx::KpiDefinition definition;
  definition.name = "kpi";
  definition.measure = cx::KpiMeasure::count;
  definition.to.activity = "complain";
  definition.window.kind = cx::KpiWindowKind::sliding;
  definition.window.span.micros = 3'600'000'000;
  definition.warning = 3;
  One one(definition, "{urn:p}p");
  for (int i = 0; i < 3; ++i) one.tell(i, ActivityPassed{"complain"}, of_instance(i + 1));
  EXPECT_EQ(one.value(), 3);
  ASSERT_EQ(one.crossings.size(), 1u);
  one.pass(3 * hour);
  EXPECT_EQ(one.value(), 0);
  ASSERT_EQ(one.crossings.size(), 2u);
  EXPECT_EQ(one.crossings[1].to, Level::normal);
  EXPECT_EQ(one.crossings[1].at, at(hour + minute));
}

TEST(Value, IsWhatMeasureGave) {
  cx::KpiDefinition definition;
  definition.name = "kpi";
  definition.measure = cx::KpiMeasure::value;
  definition.group_by = "group";
  definition.aggregate = cx::KpiAggregate::percentile;
  definition.percentile = 90;
  One one(definition, "{urn:p}p");
  Origin origin;
  origin.group = "north";
  for (int i = 1; i <= 100; ++i) one.tell(i, ValueMeasured{"kpi", static_cast<double>(i)}, origin);
  one.tell(101, ValueMeasured{"another", 5'000}, origin);
  EXPECT_NEAR(*one.value("north"), 90, 0.9);
  origin.group = "south";
  for (int i = 1; i <= 100; ++i) one.tell(200 + i, ValueMeasured{"kpi", 1'000.0}, origin);
  EXPECT_NEAR(*one.kpi().overall(at(300)), 1'000, 10);
}

TEST(Alarm, IsRaisedWhileTheInstanceStillRunsAndClearedByItsEnd) {
  auto definition = from_to("ask", "answer");
  definition.kind = cx::KpiKind::alarm;
  definition.warning = 100;
  definition.critical = 200;
  One one(definition, "{urn:p}p");
  one.tell(0, ActivityPassed{"ask"}, of_instance(7));
  one.tell(0, ActivityPassed{"ask"}, of_instance(8));
  one.tell(50, ActivityPassed{"answer"}, of_instance(8));
  EXPECT_EQ(one.kpis->next_change(), at(100));
  one.pass(99.9);
  EXPECT_TRUE(one.crossings.empty());
  one.pass(150);
  ASSERT_EQ(one.crossings.size(), 1u);
  EXPECT_EQ(one.crossings[0].instance, 7);
  EXPECT_EQ(one.crossings[0].to, Level::warning);
  EXPECT_EQ(one.crossings[0].at, at(100));
  EXPECT_EQ(one.crossings[0].value, 100);
  one.tell(250, ActivityPassed{"answer"}, of_instance(7));
  ASSERT_EQ(one.crossings.size(), 3u);
  EXPECT_EQ(one.crossings[1].to, Level::critical);
  EXPECT_EQ(one.crossings[2].to, Level::normal);
  EXPECT_EQ(one.crossings[2].value, 250);
  EXPECT_EQ(one.crossings[2].number, 3u);
  EXPECT_EQ(one.kpis->next_change(), std::nullopt);
}

TEST(Alarm, StopsRunningWhileItIsPaused) {
  auto definition = built_in("resolutionTime(pause=customer)");
  definition.kind = cx::KpiKind::alarm;
  definition.critical = 300;
  One one(definition);
  one.tell(0, CustomerSpoke{"a"}, of_instance(1));
  one.tell(200, AgentAnswered{"a"}, of_instance(1));
  one.pass(10'000);
  EXPECT_TRUE(one.crossings.empty());
  one.tell(10'000, CustomerSpoke{"a"}, of_instance(1));
  EXPECT_EQ(one.kpis->next_change(), at(10'100));
  one.pass(10'100);
  EXPECT_EQ(one.crossings.size(), 1u);
}

TEST(Alarm, OfACountGoesWithItsInstance) {
  cx::KpiDefinition definition;
  definition.name = "kpi";
  definition.kind = cx::KpiKind::alarm;
  definition.measure = cx::KpiMeasure::count;
  definition.to.activity = "retry";
  definition.warning = 3;
  One one(definition, "{urn:p}p");
  for (int i = 0; i < 4; ++i) one.tell(i, ActivityPassed{"retry"}, of_instance(1));
  one.tell(4, ActivityPassed{"retry"}, of_instance(2));
  ASSERT_EQ(one.crossings.size(), 1u);
  EXPECT_EQ(one.crossings[0].value, 3);
  one.tell(9, InstanceEnded{}, of_instance(1));
  ASSERT_EQ(one.crossings.size(), 2u);
  EXPECT_EQ(one.crossings[1].to, Level::normal);
  one.tell(9, InstanceEnded{}, of_instance(2));
  EXPECT_EQ(one.kpi().open(), 0u);
}

TEST(Declaration, WhatCannotBeComputedIsRefusedWithItsRemedy) {
  EXPECT_NE(One(built_in("firstRespondTime")).error.find("firstResponseTime"), std::string::npos);
  EXPECT_NE(One(built_in("serviceLevel(within=soon)")).error, "");
  EXPECT_NE(One(built_in("nps(within=PT1H)")).error.find("survey"), std::string::npos);
  EXPECT_NE(One(built_in("shareOfVoice")).error, "");
  auto elsewhere = built_in("resolutionTime");
  elsewhere.calendar = "moon";
  EXPECT_NE(One(elsewhere).error.find("moon"), std::string::npos);
}

}  // namespace
}  // namespace echoflow::kpis::test

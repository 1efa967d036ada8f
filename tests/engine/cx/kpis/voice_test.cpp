#include <gtest/gtest.h>

#include "tests/engine/cx/kpis/support.hpp"

namespace echoflow::kpis::test {
namespace {

TEST(Nps, PassivesStandInTheDenominator) {
  One one(built_in("nps"));
  double time = 0;
  for (const double answer : {10, 9, 9, 8, 7, 7, 6, 0, 10, 10}) one.tell(++time, SurveyAnswered{"nps", answer});
  EXPECT_EQ(one.value(), 30);  // 5 promoters, 3 passives, 2 detractors
}

TEST(Nps, WhatIsNoAnswerDoesNotCount) {
  One one(built_in("nps"));
  one.tell(1, SurveyAnswered{"nps", 11});
  one.tell(2, SurveyAnswered{"nps", -1});
  one.tell(3, SurveyAnswered{"nps", 8.5});
  one.tell(4, SurveyAnswered{"csat", 5});
  EXPECT_EQ(one.count(), 0u);
  EXPECT_EQ(one.value(), std::nullopt);
}

TEST(Csat, IsTheShareOfFourAndFive) {
  One one(built_in("csat(survey=after call)"));
  double time = 0;
  for (const double answer : {5, 4, 3, 1}) one.tell(++time, SurveyAnswered{"after call", answer});
  one.tell(9, SurveyAnswered{"csat", 1});
  EXPECT_EQ(one.value(), 50);
}

TEST(Ces, IsTheMeanAnswer) {
  One one(built_in("ces"));
  one.tell(1, SurveyAnswered{"ces", 7});
  one.tell(2, SurveyAnswered{"ces", 4});
  one.tell(3, SurveyAnswered{"ces", 8});
  EXPECT_EQ(one.value(), 5.5);
}

TEST(SentimentIndex, AnAbstentionIsNoOpinion) {
  One one(built_in("sentimentIndex"));
  for (const auto polarity : {cx::Polarity::positive, cx::Polarity::positive, cx::Polarity::negative,
                              cx::Polarity::neutral, cx::Polarity::unsure})
    one.tell(1, FeedbackGiven{polarity});
  EXPECT_EQ(one.value(), 0.25);
}

TEST(SentimentIndex, FeedbackThatTwoProcessesTookCountsOnce) {
  One one(built_in("sentimentIndex"));
  ASSERT_TRUE(one.kpis->declare({"b", built_in("sentimentIndex")}));
  Fact fact{at(1), {}, FeedbackGiven{cx::Polarity::positive}, {{}, {}}};
  fact.origin.process = "a";
  fact.also[0].process = fact.also[1].process = "b";
  one.kpis->see(fact);
  EXPECT_EQ(one.count(), 1u);
  EXPECT_EQ(one.kpis->find("b", "kpi")->group("")->window.figures().count, 1u);
}

TEST(ShareOfVoice, SharesAddUpToOneHundred) {
  auto definition = built_in("shareOfVoice");
  definition.group_by = "topic";
  definition.window.kind = cx::KpiWindowKind::sliding;
  definition.window.span.micros = 3'600'000'000;
  One one(definition);
  Origin price, both, none;
  price.topics = {"price"};
  both.topics = {"price", "delivery"};
  one.tell(1, FeedbackGiven{}, price);
  one.tell(2, FeedbackGiven{}, both);
  one.tell(3, FeedbackGiven{}, price);
  one.tell(4, FeedbackGiven{}, none);
  EXPECT_EQ(one.value("price"), 75);
  EXPECT_EQ(one.value("delivery"), 25);
  one.tell(2 * hour, FeedbackGiven{}, price);
  EXPECT_EQ(one.value("price"), 100);
  EXPECT_EQ(one.value("delivery"), 0);
}

TEST(Groups, AreBounded) {
  auto definition = built_in("csat");
  definition.group_by = "agent";
  One one(definition);
  for (std::size_t i = 0; i < most_groups + 500; ++i) {
    Origin origin;
    origin.agent = "agent " + std::to_string(i);
    one.tell(1, SurveyAnswered{"csat", 5}, origin);
  }
  EXPECT_EQ(one.kpi().groups().size(), most_groups + 1);
  EXPECT_EQ(one.count(std::string(other_group)), 500u);
}

TEST(Groups, LeastValuesKeepSmallNumbersFromAlarming) {
  auto definition = built_in("csat");
  definition.direction = cx::KpiDirection::higher_is_better;
  definition.critical = 50;
  definition.least_values = 5;
  One one(definition);
  for (int i = 0; i < 4; ++i) one.tell(i, SurveyAnswered{"csat", 1});
  EXPECT_TRUE(one.crossings.empty());
  one.tell(5, SurveyAnswered{"csat", 1});
  ASSERT_EQ(one.crossings.size(), 1u);
  EXPECT_EQ(one.crossings[0].to, Level::critical);
  EXPECT_EQ(one.crossings[0].crossed, 50);
}

}  // namespace
}  // namespace echoflow::kpis::test

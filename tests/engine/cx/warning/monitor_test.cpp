#include <gtest/gtest.h>

#include "engine/cx/warning/monitor.hpp"
#include "tests/engine/cx/warning/synthetic_stream.hpp"

namespace echoflow::warning::test {

namespace {

constexpr std::int64_t minute = 60'000'000;
constexpr std::int64_t monday = 1'767'571'200'000'000;  // 2026-01-05T00:00Z

Post angry(std::int64_t at, std::string id, std::vector<std::string> topics = {"delivery"},
           std::string channel = "facebook") {
  return {std::move(id), {at}, std::move(topics), cx::Polarity::negative, std::move(channel)};
}

/// A monitor that has seen some weeks of one complaint every two hours.
class WarningMonitor : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 4 * 84; ++i) {
      now_ = monday + i * 120 * minute;
      EXPECT_TRUE(monitor_.add(angry(now_, "usual-" + std::to_string(i))).empty());
      EXPECT_TRUE(monitor_.advance({now_ + 60 * minute}).empty());
    }
    now_ += 120 * minute;
  }
  void keep(std::vector<cx::Alert> alerts) {
    for (auto& alert : alerts) alerts_.push_back(std::move(alert));
  }
  /// Angry posts, `gap` apart.
  void burst(int posts, std::int64_t gap, const std::vector<std::string>& topics = {"delivery"}) {
    for (int i = 0; i < posts; ++i, now_ += gap) keep(monitor_.add(angry(now_, "b" + std::to_string(i), topics)));
  }
  void quiet(std::int64_t minutes) {
    for (std::int64_t i = 0; i < minutes; ++i) keep(monitor_.advance({now_ += minute}));
  }

  Options options_;
  Monitor monitor_{options_};
  std::int64_t now_ = 0;
  std::vector<cx::Alert> alerts_;
};

}  // namespace

TEST_F(WarningMonitor, TwoHundredAngryPostsAreOneAlertWithEvidenceAndAnAllClear) {
  const auto start = now_;
  burst(200, 10'000'000, {"delivery", "service"});
  ASSERT_FALSE(alerts_.empty());
  const auto raised = alerts_.front();
  EXPECT_EQ(raised.state, cx::AlertState::raised);
  EXPECT_EQ(raised.kind, cx::AlertKind::burst);
  EXPECT_LT(raised.at.micros - start, 5 * minute);
  EXPECT_GE(raised.started_at.micros, start - 120 * minute);
  EXPECT_EQ(raised.key.channel, "facebook");
  EXPECT_GE(raised.posts, options_.least_posts);
  EXPECT_LT(raised.expected, 2);
  ASSERT_GE(raised.evidence.size(), options_.least_posts);
  EXPECT_EQ(raised.evidence.back().front(), 'b');
  quiet(12 * 60);
  for (const auto& alert : alerts_) EXPECT_EQ(alert.episode, raised.episode);
  EXPECT_EQ(alerts_.back().state, cx::AlertState::cleared);
  EXPECT_EQ(alerts_.back().severity, cx::AlertSeverity::critical);
  EXPECT_GE(alerts_.back().posts, 190u);
  EXPECT_LE(alerts_.back().posts, 201u);
  EXPECT_LE(alerts_.size(), 4u) << "raised, worsened twice at most, cleared";
  EXPECT_TRUE(monitor_.episodes().empty());
}

TEST_F(WarningMonitor, TwoTopicsBreakingOutApartAreTwoEpisodes) {
  burst(60, 20'000'000, {"delivery"});
  quiet(12 * 60);
  for (int i = 0; i < 60; ++i, now_ += 20'000'000)
    keep(monitor_.add(angry(now_, "p" + std::to_string(i), {"price"}, "email")));
  std::vector<cx::SeriesKey> raised;
  for (const auto& alert : alerts_)
    if (alert.state == cx::AlertState::raised) raised.push_back(alert.key);
  ASSERT_EQ(raised.size(), 2u);
  EXPECT_EQ(raised[0].topic, "delivery");
  EXPECT_EQ(raised[1].topic, "price");
  EXPECT_EQ(raised[1].channel, "email");
}

TEST(WarningShift, AHigherLevelThatIsNoBurstIsFoundByTheCharts) {
  Monitor monitor{Options{}};
  std::vector<cx::Alert> alerts;
  std::int64_t now = monday;
  auto keep_posting = [&](std::int64_t until, std::int64_t gap) {
    for (int i = 0; now < until && alerts.empty(); ++i) {
      now += gap;
      for (const auto& alert : monitor.add(angry(now, "s" + std::to_string(i)))) alerts.push_back(alert);
      for (const auto& alert : monitor.advance({now})) alerts.push_back(alert);
    }
  };
  keep_posting(monday + 17 * 1440 * minute, 90'000'000);
  EXPECT_TRUE(alerts.empty());
  const auto risen = now;
  keep_posting(risen + 1440 * minute, 54'000'000);
  ASSERT_FALSE(alerts.empty());
  EXPECT_EQ(alerts.front().kind, cx::AlertKind::shift);
  EXPECT_LT(now - risen, 4 * 60 * minute);
}

TEST_F(WarningMonitor, OtherSentimentsAreNotWatched) {
  for (int i = 0; i < 300; ++i) {
    auto post = angry(now_ += 1'000'000, "x" + std::to_string(i));
    post.sentiment = i % 2 ? cx::Polarity::positive : cx::Polarity::neutral;
    EXPECT_TRUE(monitor_.add(post).empty());
  }
}

TEST_F(WarningMonitor, GoesOnFromItsStoredStateAsIfNothingHadHappened) {
  burst(15, 20'000'000);
  const auto text = monitor_.save();
  auto loaded = Monitor::load(text, options_);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->save(), text);
  for (int i = 0; i < 400; ++i) {
    now_ += i < 60 ? 15'000'000 : 3 * minute;
    auto post = angry(now_, "n " + std::to_string(i) + "\n%ä", {"delivery", "a b"});
    ASSERT_EQ(monitor_.add(post), loaded->add(post)) << i;
    ASSERT_EQ(monitor_.advance({now_}), loaded->advance({now_})) << i;
  }
  EXPECT_EQ(monitor_.save(), loaded->save());
}

TEST_F(WarningMonitor, RefusesADamagedStateAndSaysWhere) {
  burst(30, 20'000'000);
  const auto text = monitor_.save();
  EXPECT_FALSE(Monitor::load("", options_));
  EXPECT_FALSE(Monitor::load("something else", options_));
  auto cut = Monitor::load(text.substr(0, text.size() / 2), options_);
  ASSERT_FALSE(cut);
  EXPECT_NE(cut.error().message.find("line"), std::string::npos);
  auto newer = Monitor::load("echoflow-warning 2 0 0 0 0", options_);
  ASSERT_FALSE(newer);
  for (std::size_t i = 0; i + 3 < text.size(); i += 97) {
    auto broken = text;
    broken.replace(i, 3, "nan");
    if (auto loaded = Monitor::load(broken, options_)) loaded->advance({now_ + 60 * minute});
  }
}

TEST_F(WarningMonitor, KeepsAtMostTheSeriesThatItMay) {
  options_.most_series = 50;
  Monitor monitor(options_);
  for (int i = 0; i < 500; ++i) monitor.add(angry(now_ += minute, "m", {"topic " + std::to_string(i)}));
  EXPECT_EQ(monitor.series_count(), 50u);
  EXPECT_TRUE(monitor.series().contains({"", cx::Polarity::negative, ""}));
  auto many = angry(now_, "many", {"1", "2", "3", "4", "5", "6", "7", "8", "9", "9", ""});
  Monitor other{Options{}};
  other.add(many);
  EXPECT_EQ(other.series_count(), 2u * (Options{}.most_topics + 1));
}

TEST_F(WarningMonitor, TimeNeverRunsBackwards) {
  const auto before = monitor_.now();
  monitor_.add(angry(monday, "late"));
  monitor_.advance({0});
  EXPECT_EQ(monitor_.now(), before);
}

TEST(WarningHours, CountFromMondayInTheZoneGiven) {
  EXPECT_EQ(hour_of_week({monday}, 0), 0u);
  EXPECT_EQ(hour_of_week({monday - 1}, 0), 167u);
  EXPECT_EQ(hour_of_week({monday}, 60), 1u);
  EXPECT_EQ(hour_of_week({monday}, -60), 167u);
  EXPECT_EQ(hour_of_week({-1}, 0), 71u);
  EXPECT_EQ(hour_of_week({0}, 0), 72u);
}

TEST(WarningBaseline, LearnsEachHourOfTheWeekAndForgetsSlowly) {
  Baseline baseline;
  for (int week = 0; week < 6; ++week)
    for (std::size_t hour = 0; hour < hours_of_week; ++hour) baseline.learn(hour, hour == 30 ? 40 : 2, 1);
  EXPECT_GT(baseline.per_hour(30, 0), 35);
  EXPECT_NEAR(baseline.per_hour(31, 0), 2, 0.1);
  EXPECT_EQ(baseline.per_hour(31, 5), 5);
  for (int week = 0; week < 30; ++week) baseline.learn(30, 10, 1);
  EXPECT_NEAR(baseline.per_hour(30, 0), 10, 1);
}

TEST(WarningBurst, RisesWithPostsCloseTogetherAndFallsWithSilence) {
  BurstAutomaton automaton;
  const BurstLimits limits;
  for (int i = 0; i < 100; ++i) {
    automaton.pass(1, limits);
    automaton.post(limits);
    ASSERT_EQ(automaton.level(), 0u);
  }
  int posts = 0;
  for (; automaton.level() == 0 && posts < 100; ++posts) {
    automaton.pass(0.05, limits);
    automaton.post(limits);
  }
  EXPECT_GE(posts, 5);
  EXPECT_LE(posts, 20);
  for (int i = 0; i < 60; ++i) {
    automaton.pass(0.02, limits);
    automaton.post(limits);
  }
  EXPECT_EQ(automaton.level(), 3u);
  automaton.pass(10, limits);
  EXPECT_EQ(automaton.level(), 0u);
}

TEST(WarningStream, FindsEveryLabelledOutbreakSoonWithFewFalseAlarms) {
  StreamPlan plan;
  plan.weeks = 8;
  const auto outcome = play(make_stream(plan), plan, {});
  EXPECT_EQ(outcome.missed, 0u);
  EXPECT_EQ(outcome.delay_minutes.size(), 8u);
  EXPECT_LE(median(outcome.delay_posts), 15);
  EXPECT_LE(median(outcome.delay_minutes), 20);
  EXPECT_LE(static_cast<double>(outcome.false_alarms) / outcome.quiet_weeks, 0.6);
  EXPECT_EQ(outcome.cleared, outcome.alerts);
}

}  // namespace echoflow::warning::test

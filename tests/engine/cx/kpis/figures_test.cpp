#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/cx/kpis/level.hpp"
#include "tests/engine/cx/kpis/support.hpp"

namespace echoflow::kpis::test {
namespace {

double exact(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  const auto rank =
      std::max<std::size_t>(static_cast<std::size_t>(std::ceil(q * static_cast<double>(values.size()))), 1);
  return values[rank - 1];
}

void expect_close(const Sketch& sketch, const std::vector<double>& values) {
  for (double q : {0.0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0}) {
    const double right = exact(values, q);
    EXPECT_NEAR(*sketch.quantile(q), right, Sketch::accuracy * std::fabs(right) + 1e-12) << "q=" << q;
  }
}

TEST(Sketch, EveryQuantileOfRandomDataIsWithinItsError) {
  std::mt19937_64 random(7);
  std::lognormal_distribution<double> durations(7, 2);
  std::normal_distribution<double> around_zero(0, 50);
  std::exponential_distribution<double> waits(0.001);
  for (int round = 0; round < 20; ++round) {
    Sketch skewed, both_sides, long_tail;
    std::vector<double> a, b, c;
    for (int i = 0; i < 2'000; ++i) {
      a.push_back(durations(random));
      b.push_back(around_zero(random));
      c.push_back(waits(random));
      skewed.add(a.back());
      both_sides.add(b.back());
      long_tail.add(c.back());
    }
    expect_close(skewed, a);
    expect_close(both_sides, b);
    expect_close(long_tail, c);
  }
}

TEST(Sketch, SumsAndDifferencesOfSketchesLoseNothing) {
  std::mt19937_64 random(8);
  std::uniform_real_distribution<double> values(-1e5, 1e5);
  Sketch all, first, second;
  for (int i = 0; i < 3'000; ++i) {
    const double value = values(random);
    all.add(value);
    (i < 1'000 ? first : second).add(value);
  }
  Sketch sum = second;
  sum.add(first);
  EXPECT_EQ(sum, all);
  sum.remove(first);
  EXPECT_EQ(sum, second);
  sum.remove(second);
  EXPECT_EQ(sum, Sketch());
}

TEST(Sketch, ItsMemoryIsBoundedWhateverIsCounted) {
  Sketch sketch;
  for (double value = 1e-9; value < 1e15; value *= 1.001) {
    sketch.add(value);
    sketch.add(-value);
  }
  sketch.add(0);
  sketch.add(std::numeric_limits<double>::quiet_NaN());
  EXPECT_LE(sketch.buckets(), Sketch::most_buckets());
  EXPECT_LT(Sketch::most_buckets(), 4'000u);
  EXPECT_NEAR(*sketch.quantile(1), Sketch::largest, Sketch::largest * Sketch::accuracy);
}

TEST(Sketch, IsStoredAndReadAgain) {
  Sketch sketch, again;
  for (int i = -300; i < 900; ++i) sketch.add(i * 1.7);
  ASSERT_TRUE(again.decode(sketch.encode()));
  EXPECT_EQ(again, sketch);
  EXPECT_FALSE(again.decode("\x80"));
}

WindowSpec sliding(double seconds) {
  WindowSpec spec;
  spec.kind = cx::KpiWindowKind::sliding;
  spec.span.micros = static_cast<std::int64_t>(seconds * 1e6);
  return spec;
}

TEST(Window, SlidingForgetsWithinOneSliceOfItsSpan) {
  const auto spec = sliding(hour);
  Window window;
  window.add(spec, at(10), 5, 1);
  window.add(spec, at(30 * minute), 7, 1);
  EXPECT_FALSE(window.advance(spec, at(hour)));
  EXPECT_EQ(window.figures().count, 2u);
  EXPECT_EQ(window.next_change(spec), at(hour + minute));
  EXPECT_TRUE(window.advance(spec, at(hour + minute)));
  EXPECT_EQ(window.figures().count, 1u);
  EXPECT_EQ(window.figures().mean(), 7);
  EXPECT_EQ(window.figures().least, 7);
  window.advance(spec, at(2 * hour));
  EXPECT_TRUE(window.figures().empty());
  EXPECT_EQ(window.next_change(spec), std::nullopt);
}

TEST(Window, SlidingIsTheSameAsCountingTheSlicesAnew) {
  std::mt19937_64 random(9);
  const auto spec = sliding(600);
  Window window;
  std::vector<std::pair<double, double>> samples;
  double now = 0;
  for (int i = 0; i < 3'000; ++i) {
    now += std::exponential_distribution<double>(0.2)(random);
    const double value = std::uniform_real_distribution<double>(0, 100)(random);
    window.advance(spec, at(now));
    window.add(spec, at(now), value, 1);
    samples.emplace_back(now, value);
    double sum = 0;
    std::uint64_t count = 0;
    for (const auto& [time, sample] : samples) {
      if (std::floor(time / 10) * 10 + 10 + 600 <= now) continue;
      sum += sample;
      ++count;
    }
    ASSERT_EQ(window.figures().count, count);
    ASSERT_NEAR(*window.figures().mean(), sum / static_cast<double>(count), 1e-9);
  }
}

TEST(Window, LastHoldsTheNewestValues) {
  WindowSpec spec;
  spec.kind = cx::KpiWindowKind::last;
  spec.count = 10;
  Window window;
  for (int i = 1; i <= 25; ++i) {
    window.add(spec, at(i), i, 1);
    ASSERT_LE(window.figures().count, 10u);
  }
  EXPECT_EQ(window.figures().count, 10u);
  EXPECT_EQ(window.figures().least, 16);
  EXPECT_EQ(window.figures().mean(), 20.5);
  spec.count = 600;  // in slices of ten
  Window large;
  for (int i = 1; i <= 5'000; ++i) {
    large.add(spec, at(i), i, 1);
    if (i > 600) {
      ASSERT_GE(large.figures().count, 591u);
      ASSERT_LE(large.figures().count, 600u);
    }
  }
  EXPECT_EQ(large.figures().most, 5'000);
}

TEST(Window, CalendarBeginsAnewWithItsDayWeekAndMonth) {
  WindowSpec daily, weekly, monthly;
  daily.kind = weekly.kind = monthly.kind = cx::KpiWindowKind::calendar;
  daily.span.micros = 86'400'000'000;
  weekly.span.micros = 7 * 86'400'000'000;
  monthly.span.months = 1;
  const auto thursday = when("2026-03-05T13:00:00Z");
  EXPECT_EQ(window_start(daily, thursday), when("2026-03-05T00:00:00Z"));
  EXPECT_EQ(window_start(weekly, thursday), when("2026-03-02T00:00:00Z"));
  EXPECT_EQ(window_start(monthly, thursday), when("2026-03-01T00:00:00Z"));
  EXPECT_EQ(window_end(monthly, when("2026-12-01T00:00:00Z")), when("2027-01-01T00:00:00Z"));

  Window window;
  window.add(daily, thursday, 3, 1);
  EXPECT_EQ(window.next_change(daily), when("2026-03-06T00:00:00Z"));
  EXPECT_FALSE(window.advance(daily, when("2026-03-05T23:59:59Z")));
  EXPECT_TRUE(window.advance(daily, when("2026-03-06T00:00:00Z")));
  EXPECT_TRUE(window.figures().empty());
  EXPECT_EQ(window.previous().count, 1u);
  window.add(daily, when("2026-03-06T10:00:00Z"), 4, 1);
  window.advance(daily, when("2026-03-09T10:00:00Z"));  // two days without anything
  EXPECT_TRUE(window.previous().empty());
  EXPECT_EQ(window.begun(), when("2026-03-09T00:00:00Z"));
}

TEST(Level, HysteresisHoldsALevelUntilTheValueHasLeftIt) {
  Limits limits{10, 20, cx::KpiDirection::lower_is_better, 2};
  Level level = Level::normal;
  const std::vector<std::pair<double, Level>> course = {
      {9.9, Level::normal},  {10, Level::warning},   {9, Level::warning},    {8, Level::warning},
      {7.9, Level::normal},  {9.9, Level::normal},   {25, Level::critical},  {19, Level::critical},
      {18, Level::critical}, {17.9, Level::warning}, {19.9, Level::warning}, {20, Level::critical},
      {1, Level::normal},
  };
  for (const auto& [value, wanted] : course) EXPECT_EQ(level = judge(limits, level, value), wanted) << value;
}

TEST(Level, WhereLowIsBadTheLimitsAreCrossedDownwards) {
  Limits limits{80, 60, cx::KpiDirection::higher_is_better, 5};
  EXPECT_EQ(judge(limits, Level::normal, 81), Level::normal);
  EXPECT_EQ(judge(limits, Level::normal, 80), Level::warning);
  EXPECT_EQ(judge(limits, Level::warning, 85), Level::warning);
  EXPECT_EQ(judge(limits, Level::warning, 85.1), Level::normal);
  EXPECT_EQ(judge(limits, Level::normal, 10), Level::critical);
  EXPECT_EQ(judge(limits, Level::critical, 65), Level::critical);
  EXPECT_EQ(judge(limits, Level::critical, 66), Level::warning);
  EXPECT_EQ(crossed(limits, Level::normal, Level::critical), 60);
  EXPECT_EQ(crossed(limits, Level::critical, Level::warning), 65);
  EXPECT_EQ(crossed(limits, Level::warning, Level::normal), 85);
}

TEST(Level, ACriticalLimitAloneIsEnough) {
  Limits limits{std::nullopt, 20, cx::KpiDirection::lower_is_better, 0};
  EXPECT_EQ(judge(limits, Level::normal, 20), Level::critical);
  EXPECT_EQ(judge(limits, Level::critical, 19.99), Level::normal);
  EXPECT_EQ(crossed(limits, Level::critical, Level::normal), 20);
}

}  // namespace
}  // namespace echoflow::kpis::test

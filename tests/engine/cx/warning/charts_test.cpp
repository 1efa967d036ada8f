#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "engine/cx/warning/charts.hpp"
#include "tests/engine/cx/warning/random.hpp"
#include "tests/engine/cx/warning/run_length.hpp"

namespace echoflow::warning::test {

namespace {

constexpr CusumLimits cusum{0.5, 5};
constexpr EwmaLimits ewma{0.2, 2.962};

struct Simulated {
  double mean = 0;
  double error = 0;  ///< standard error of the mean
};

/// Mean run length of the real chart over drawn values.
Simulated simulate(double shift, int runs, const std::function<int(Random&, double)>& run) {
  Random random(20260301);
  double sum = 0, squares = 0;
  for (int i = 0; i < runs; ++i) {
    const double length = run(random, shift);
    sum += length;
    squares += length * length;
  }
  const double mean = sum / runs;
  return {mean, std::sqrt((squares / runs - mean * mean) / runs)};
}

int run_cusum(Random& random, double shift) {
  Cusum chart;
  int length = 0;
  do {
    chart.add(random.normal() + shift, cusum);
    ++length;
  } while (!chart.signals(cusum));
  return length;
}

int run_cusum_up(Random& random, double shift) {
  Cusum chart;
  int length = 0;
  do {
    chart.add(random.normal() + shift, cusum);
    ++length;
  } while (!chart.signals_up(cusum));
  return length;
}

int run_ewma(Random& random, double shift) {
  Ewma chart;
  int length = 0;
  do {
    chart.add(random.normal() + shift, ewma);
    ++length;
  } while (!chart.signals(ewma));
  return length;
}

}  // namespace

TEST(Charts, RunLengthsByMarkovChainAreThePublishedOnes) {
  EXPECT_NEAR(cusum_two_sided(0, cusum), 465, 1.5);
  EXPECT_NEAR(cusum_one_sided(0, cusum), 930, 3);
  EXPECT_NEAR(cusum_two_sided(1, cusum), 10.4, 0.1);
  EXPECT_NEAR(ewma_two_sided(0, ewma), 500, 5);
  EXPECT_NEAR(ewma_two_sided(1, ewma), 10.5, 0.15);
  RecordProperty("cusum", std::to_string(cusum_two_sided(0, cusum)) + " " + std::to_string(cusum_two_sided(1, cusum)));
  RecordProperty("ewma", std::to_string(ewma_two_sided(0, ewma)) + " " + std::to_string(ewma_two_sided(1, ewma)));
}

TEST(Charts, TheRealChartsRunAsLong) {
  constexpr int runs = 4000;
  auto expect_agreement = [](const Simulated& seen, double exact) { EXPECT_NEAR(seen.mean, exact, 4 * seen.error); };
  expect_agreement(simulate(0, runs, run_cusum), cusum_two_sided(0, cusum));
  expect_agreement(simulate(0, runs, run_cusum_up), cusum_one_sided(0, cusum));
  expect_agreement(simulate(1, runs, run_cusum), cusum_two_sided(1, cusum));
  expect_agreement(simulate(0, runs, run_ewma), ewma_two_sided(0, ewma));
  expect_agreement(simulate(1, runs, run_ewma), ewma_two_sided(1, ewma));
}

TEST(Charts, RootResidualsOfCountsHaveDeviationOne) {
  Random random(7);
  for (double expected : {2.0, 8.0, 50.0}) {
    double sum = 0, squares = 0;
    constexpr int draws = 20000;
    for (int i = 0; i < draws; ++i) {
      int count = 0;
      for (double at = random.exponential(expected); at < 1; at += random.exponential(expected)) ++count;
      const double value = root_residual(count, expected);
      sum += value;
      squares += value * value;
    }
    EXPECT_NEAR(sum / draws, 0, 0.17) << expected;
    EXPECT_NEAR(std::sqrt(squares / draws), 1, 0.07) << expected;
  }
}

}  // namespace echoflow::warning::test

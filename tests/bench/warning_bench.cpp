#include <benchmark/benchmark.h>

#include <cstdio>

#include "tests/engine/cx/warning/run_length.hpp"
#include "tests/engine/cx/warning/synthetic_stream.hpp"

namespace echoflow::warning::test {

namespace {

/// Posts a second through the monitor.
void watch_posts(benchmark::State& state) {
  StreamPlan plan;
  plan.negative_per_hour = 60;
  const auto stream = make_stream(plan);
  for (auto _ : state) {
    Monitor monitor{Options{}};
    for (const auto& post : stream.posts) benchmark::DoNotOptimize(monitor.add(post));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * stream.posts.size()));
}
BENCHMARK(watch_posts)->Unit(benchmark::kMillisecond);

void print_run_lengths() {
  constexpr CusumLimits cusum{0.5, 5};
  constexpr EwmaLimits ewma{0.2, 2.962};
  std::printf("run lengths, exact:            in control   1 sigma shift\n");
  std::printf("  CUSUM k=.5 h=5, both sides   %10.1f %15.2f\n", cusum_two_sided(0, cusum), cusum_two_sided(1, cusum));
  std::printf("  CUSUM k=.5 h=5, one side     %10.1f %15.2f\n", cusum_one_sided(0, cusum), cusum_one_sided(1, cusum));
  std::printf("  EWMA λ=.2 L=2.962            %10.1f %15.2f\n\n", ewma_two_sided(0, ewma), ewma_two_sided(1, ewma));
}

void print_detection() {
  std::printf("labelled streams, 3 × 12 weeks each:\n");
  std::printf("  usual posts/h  outbreaks  missed  surplus alerts  false alarms/week  median delay\n");
  for (double rate : {2.0, 6.0, 20.0, 60.0}) {
    Outcome sum;
    std::size_t outbreaks = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      StreamPlan plan;
      plan.seed = seed;
      plan.negative_per_hour = rate;
      const auto stream = make_stream(plan);
      const auto outcome = play(stream, plan, {});
      outbreaks += stream.outbreaks.size();
      sum.missed += outcome.missed;
      sum.surplus += outcome.surplus;
      sum.false_alarms += outcome.false_alarms;
      sum.quiet_weeks += outcome.quiet_weeks;
      sum.delay_minutes.insert(sum.delay_minutes.end(), outcome.delay_minutes.begin(), outcome.delay_minutes.end());
      sum.delay_posts.insert(sum.delay_posts.end(), outcome.delay_posts.begin(), outcome.delay_posts.end());
    }
    std::printf("  %13.0f  %9zu  %6zu  %14zu  %17.2f  %.1f min, %.1f posts\n", rate, outbreaks, sum.missed, sum.surplus,
                static_cast<double>(sum.false_alarms) / sum.quiet_weeks, median(sum.delay_minutes),
                median(sum.delay_posts));
  }
  std::printf("\n");
}

}  // namespace

}  // namespace echoflow::warning::test

int main(int count, char** words) {
  echoflow::warning::test::print_run_lengths();
  echoflow::warning::test::print_detection();
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

#include <benchmark/benchmark.h>

#include <random>

#include "tests/engine/cx/kpis/support.hpp"

/// What a fact costs, and that it costs the same whatever was counted before.
namespace echoflow::kpis::test {
namespace {

std::unique_ptr<Kpis> all_built_ins(const calendar::Calendars& calendars) {
  auto kpis = std::make_unique<Kpis>(calendars);
  for (const auto& info : cx::kpi_built_ins()) {
    auto definition = built_in(std::string(info.name));
    definition.name = std::string(info.name);
    definition.group_by = "topic";
    definition.window.kind = cx::KpiWindowKind::sliding;
    definition.window.span.micros = 3'600'000'000;
    definition.warning = 1e8;
    static_cast<void>(kpis->declare({"", definition}));
  }
  return kpis;
}

/// A call centre in which as many cases end as begin: 500 are open at any time.
class Life {
 public:
  Fact next() {
    now_ += std::exponential_distribution<double>(2)(random_);
    Fact fact;
    fact.at = at(now_);
    fact.origin.topics = {topics_[random_() % 4]};
    fact.origin.instance = static_cast<InstanceId>(1 + random_() % 500);
    const std::string id = "case " + std::to_string(fact.origin.instance);
    const auto which = random_() % 7;
    if (which < 2) fact.what = CustomerSpoke{id};
    if (which == 2) fact.what = AgentAnswered{id};
    if (which == 3) fact.what = CaseResolved{id};
    if (which == 4) fact.what = FeedbackGiven{cx::Polarity::negative};
    if (which == 5) fact.what = SurveyAnswered{"nps", static_cast<double>(random_() % 11)};
    if (which == 6) fact.what = TaskStarted{fact.origin.instance};
    return fact;
  }

 private:
  std::mt19937_64 random_{3};
  const std::vector<std::string> topics_ = {"price", "delivery", "quality", "staff"};
  double now_ = 0;
};

/// Facts a second with all built-in measures, after so many facts before.
void facts(benchmark::State& state) {
  calendar::Calendars calendars;
  const auto kpis = all_built_ins(calendars);
  Life life;
  for (std::int64_t i = 0; i < state.range(0); ++i) kpis->see(life.next());
  constexpr std::size_t batch = 20'000;
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<Fact> some;
    for (std::size_t i = 0; i < batch; ++i) some.push_back(life.next());
    state.ResumeTiming();
    for (auto& fact : some) benchmark::DoNotOptimize(kpis->see(std::move(fact)));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * batch));
}
BENCHMARK(facts)->Arg(0)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->MinTime(1);

void sketch_add(benchmark::State& state) {
  std::mt19937_64 random(1);
  std::lognormal_distribution<double> durations(7, 2);
  std::vector<double> values(4'096);
  for (auto& value : values) value = durations(random);
  Sketch sketch;
  std::size_t i = 0;
  for (auto _ : state) sketch.add(values[i++ % values.size()]);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(sketch_add);

}  // namespace
}  // namespace echoflow::kpis::test

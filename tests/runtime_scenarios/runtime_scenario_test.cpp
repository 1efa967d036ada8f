#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>

#include "tests/adapters/store/store_fixture.hpp"
#include "tests/runtime_scenarios/runtime_host.hpp"

namespace echoflow::scenario {
namespace {

namespace fs = std::filesystem;
using store::test::Kind;

struct Exception {
  const char* scenario;
  std::optional<Ordeal> ordeal;
  const char* reason;
};
/// What cannot be played so, and why.
const std::vector<Exception> exceptions = {};

const Exception* exception_for(const std::string& scenario, Ordeal ordeal) {
  for (const auto& exception : exceptions)
    if (scenario == exception.scenario && exception.ordeal.value_or(ordeal) == ordeal) return &exception;
  return nullptr;
}

fs::path root() {
  return fs::path(ECHOFLOW_SOURCE_DIR) / "tests/conformance";
}

std::vector<std::string> all_scenarios() {
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(root()))
    if (entry.path().extension() == ".scenario") paths.push_back(fs::relative(entry.path(), root()).string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// What was played, for the summary.
class Tally final : public testing::Environment {
 public:
  void played(Kind kind, Ordeal ordeal, std::size_t crashes, std::uint64_t loads) {
    if (ordeal == Ordeal::cold) cold_loads_ += loads;
    if (ordeal == Ordeal::plain) warm_loads_ += loads;
    auto& [scenarios, all_crashes] = rows_[{store::test::name_of(kind), name_of(ordeal)}];
    ++scenarios;
    all_crashes += crashes;
  }
  void TearDown() override {
    std::size_t plays = 0, crashes = 0;
    for (const auto& [row, counts] : rows_) {
      std::printf("%-10s %-14s %4zu scenarios, %5zu crashes survived\n", row.first.c_str(), row.second.c_str(),
                  counts.first, counts.second);
      plays += counts.first;
      crashes += counts.second;
    }
    std::printf(
        "all: %zu plays (scenarios x modes x stores), %zu crashes survived; instances read from the store: %ju cold, "
        "%ju plain\n",
        plays, crashes, static_cast<std::uintmax_t>(cold_loads_), static_cast<std::uintmax_t>(warm_loads_));
  }

 private:
  std::map<std::pair<std::string, std::string>, std::pair<std::size_t, std::size_t>> rows_;
  std::uint64_t cold_loads_ = 0, warm_loads_ = 0;
};
Tally& tally() {
  static auto* const tally = static_cast<Tally*>(testing::AddGlobalTestEnvironment(new Tally));
  return *tally;
}

/// Leaves nothing of an earlier play but the journal's chain.
void clear(engine::Store& store) {
  const auto deployments = store.deployments(false);
  for (const auto& deployment : *deployments) ASSERT_TRUE(store.remove_deployment(deployment.id).ok());
  const auto held = store.held_after(0, 10'000);
  for (const auto& message : *held) ASSERT_TRUE(store.drop_held(message.id).ok());
  const auto sends = store.due_outbox({INT64_MAX}, 10'000);
  for (const auto& send : *sends) ASSERT_TRUE(store.finish_outbox(send.instance, send.activity).ok());
  ASSERT_TRUE(store.drop_kept_replies({INT64_MAX}).ok());
}

/// A database for one play. Making PostgreSQL's tables takes longer than a play, so there is one for all of them.
class Disk {
 public:
  explicit Disk(Kind kind) : own_(kind == Kind::postgres ? nullptr : std::make_unique<Opened>(kind)) {
    if (own_) return;
    static Opened shared(Kind::postgres);
    shared_ = &shared;
    if (shared.store) clear(*shared.store);
  }
  engine::Store* store() const { return (own_ ? own_.get() : shared_)->store.get(); }

 private:
  struct Opened {
    explicit Opened(Kind kind) : backend(store::test::make_backend(kind)), store(backend ? backend->open() : nullptr) {}
    std::unique_ptr<store::test::Backend> backend;
    std::unique_ptr<engine::Store> store;
  };
  std::unique_ptr<Opened> own_;
  Opened* shared_ = nullptr;
};

using Parameters = std::tuple<std::string, Kind, Ordeal>;
class RuntimeScenario : public testing::TestWithParam<Parameters> {
 protected:
  static void SetUpTestSuite() { spdlog::set_level(spdlog::level::off); }
};

TEST_P(RuntimeScenario, Plays) {
  const auto& [scenario, kind, ordeal] = GetParam();
  if (kind == Kind::postgres && store::test::skip_postgres()) GTEST_SKIP() << "ECHOFLOW_SKIP_POSTGRES is set";
  if (const auto* exception = exception_for(scenario, ordeal)) GTEST_SKIP() << exception->reason;
  const Disk disk(kind);
  ASSERT_TRUE(disk.store());
  try {
    RuntimeHost host(*disk.store(), ordeal);
    play((root() / scenario).string(), host);
    host.check_store();
    tally().played(kind, ordeal, host.crashes(), host.loads());
  } catch (const std::exception& e) {
    FAIL() << e.what();
  }
}

std::string name_of_play(const testing::TestParamInfo<Parameters>& info) {
  const auto& [scenario, kind, ordeal] = info.param;
  std::string name = scenario.substr(0, scenario.size() - std::string(".scenario").size());
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !isalnum(static_cast<unsigned char>(c)); }, '_');
  return name + "__" + store::test::name_of(kind) + "__" + name_of(ordeal);
}

const auto scenarios = testing::ValuesIn(all_scenarios());
INSTANTIATE_TEST_SUITE_P(InProcess, RuntimeScenario,
                         testing::Combine(scenarios, testing::Values(Kind::memory, Kind::sqlite),
                                          testing::Values(Ordeal::plain, Ordeal::cold, Ordeal::crash_before,
                                                          Ordeal::crash_after, Ordeal::crash_beside)),
                         name_of_play);
// PostgreSQL plays what asks most of a store: its commits take most of the time.
INSTANTIATE_TEST_SUITE_P(Postgres, RuntimeScenario,
                         testing::Combine(scenarios, testing::Values(Kind::postgres),
                                          testing::Values(Ordeal::crash_before, Ordeal::crash_after)),
                         name_of_play);

}  // namespace
}  // namespace echoflow::scenario

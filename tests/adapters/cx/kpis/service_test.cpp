#include <random>

#include "tests/adapters/cx/kpis/kpi_world.hpp"

/// From the customer's words through the journal to the process that a threshold starts.
namespace echoflow::cx_kpis::test {
namespace {

const std::string complaints = "{urn:test}Complaints", improve = "{urn:test}Improve";

class Kpis : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::postgres && store::test::skip_postgres()) GTEST_SKIP() << "ECHOFLOW_SKIP_POSTGRES is set";
  }
  /// Both processes, and the KPIs of the first declared.
  void begin(KpiWorld& world) {
    world.deploy(complaints_files());
    world.deploy(improve_files());
    ASSERT_TRUE(
        eventually([&] { return world.kpis->reading(complaints, "complaints", "").has_value() || declared(world); }));
  }
  static bool declared(KpiWorld& world) {
    bool found = false;
    world.kpis->look([&](const kpis::Kpis& all) { found = all.find(complaints, "timeToEnd") != nullptr; });
    return found;
  }
  static void complain(KpiWorld& world, int from, int to) {
    for (int i = from; i <= to; ++i) world.say("post " + std::to_string(i), "bad", "talk " + std::to_string(i));
  }
};

TEST_P(Kpis, AThresholdStartsAndSteersAProcess) {
  KpiWorld world(GetParam());
  begin(world);
  complain(world, 1, 2);
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.value(complaints, "complaints"), 2);
  EXPECT_TRUE(world.instances(improve).empty());
  complain(world, 3, 5);
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.value(complaints, "complaints"), 5);
  EXPECT_EQ(world.kpis->reading(complaints, "complaints", "")->level, "warning");
  ASSERT_EQ(world.instances(improve).size(), 1u);
  EXPECT_EQ(world.instances(improve)[0].status, engine::InstanceStatus::running);
  // An hour in which nobody complains; nothing else happens that could move the clock.
  for (int i = 1; i <= 5; ++i) world.say("end " + std::to_string(i), "end", "talk " + std::to_string(i));
  ASSERT_TRUE(world.at_rest());
  world.clock.advance(std::chrono::hours(2));
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.value(complaints, "complaints"), 0);
  ASSERT_EQ(world.instances(improve).size(), 1u);
  EXPECT_EQ(world.instances(improve)[0].status, engine::InstanceStatus::completed);
  EXPECT_EQ(world.value(complaints, "lastWord", "words"), 3);
  EXPECT_EQ(world.value(complaints, "lastWord"), 3);
  const auto first = world.instances(complaints).back().id;
  const auto history = world.runtime->history(first);
  ASSERT_TRUE(history.ok());
  std::string seen;
  for (const auto& variable : (*history)->variables())
    if (variable.name == "texts" && variable.parts[0]) seen = variable.parts[0]->string_value(xml::root_node);
  EXPECT_EQ(seen, "warning 5");
  EXPECT_FALSE(world.store->check_chain(0)->broken_at);
}

TEST_P(Kpis, AnAlarmIsOfOneInstanceAndComesWhileItRuns) {
  KpiWorld world(GetParam());
  begin(world);
  complain(world, 1, 1);
  ASSERT_TRUE(world.at_rest());
  world.clock.advance(std::chrono::seconds(61));
  ASSERT_TRUE(world.at_rest());
  ASSERT_EQ(world.instances(improve).size(), 1u);
  world.say("end", "end", "talk 1");
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.instances(improve)[0].status, engine::InstanceStatus::completed);
}

TEST_P(Kpis, ACrashBeforeTheCrossingIsRecordedTellsItOnce) {
  KpiWorld world(GetParam());
  begin(world);
  ASSERT_TRUE(world.at_rest());
  world.on_stage = [](Stage stage) { return stage != Stage::before_commit; };
  complain(world, 1, 3);
  ASSERT_TRUE(eventually([&] { return world.ingest->at_rest() && world.runtime->at_rest(); }));
  world.kpis->stop();
  EXPECT_TRUE(world.instances(improve).empty());
  world.on_stage = nullptr;
  world.restart();
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.instances(improve).size(), 1u);
}

TEST_P(Kpis, ACrashBetweenTheCrossingAndItsDeliveryTellsItOnce) {
  KpiWorld world(GetParam());
  begin(world);
  ASSERT_TRUE(world.at_rest());
  std::atomic<bool> crashed = false;
  world.on_stage = [&](Stage stage) {
    if (stage == Stage::after_commit) crashed = true;
    return !crashed;
  };
  complain(world, 1, 3);
  ASSERT_TRUE(eventually([&] { return crashed.load(); }));
  ASSERT_TRUE(eventually([&] { return world.ingest->at_rest() && world.runtime->at_rest(); }));
  world.kpis->stop();
  EXPECT_TRUE(world.instances(improve).empty());
  world.on_stage = nullptr;
  world.restart();
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.instances(improve).size(), 1u);
  EXPECT_EQ(world.value(complaints, "complaints"), 3);
}

TEST_P(Kpis, ACrashAfterTheDeliveryTellsItOnce) {
  KpiWorld world(GetParam());
  begin(world);
  complain(world, 1, 3);
  ASSERT_TRUE(world.at_rest());
  ASSERT_EQ(world.instances(improve).size(), 1u);
  // That it was told is not saved: it is told again under the same key.
  world.on_stage = [](Stage) { return false; };
  world.restart();
  world.on_stage = nullptr;
  world.restart();
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.instances(improve).size(), 1u);
  complain(world, 4, 4);
  ASSERT_TRUE(world.at_rest());
  EXPECT_EQ(world.value(complaints, "complaints"), 4);
  EXPECT_EQ(world.instances(improve).size(), 1u);
}

TEST_P(Kpis, CountedAnewFromTheJournalTheFiguresAreTheSame) {
  KpiWorld world(GetParam(), true);
  begin(world);
  std::mt19937_64 random(5);
  for (int i = 0; i < 120; ++i) {
    const auto talk = "talk " + std::to_string(random() % 12);
    const std::string text = random() % 4 == 0   ? "end"
                             : random() % 2 == 0 ? "Das ist furchtbar schlecht!"
                                                 : "Super, danke!";
    world.say("post " + std::to_string(i), text, talk);
    if (i % 10 == 0) world.clock.advance(std::chrono::seconds(random() % 2'000));
    if (i == 40) {
      ASSERT_TRUE(world.at_rest());
      world.restart();
    }
    if (i == 80) {  // a crash: what was counted since the last time is counted again
      world.on_stage = [](Stage) { return false; };
      world.kpis->wake();
      world.restart();
      world.on_stage = nullptr;
      world.restart();
    }
  }
  ASSERT_TRUE(world.at_rest());
  const auto rebuilt = world.kpis->rebuild();
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.error().message;
  EXPECT_GT(rebuilt->groups, 15u);
  EXPECT_GT(rebuilt->rows, 300u);
  for (const auto& difference : rebuilt->differences)
    ADD_FAILURE() << difference.kpi << " [" << difference.group << "] live " << difference.live.value_or(-1)
                  << " rebuilt " << difference.rebuilt.value_or(-1);
  EXPECT_TRUE(world.value("", "sentimentIndex", "page").has_value());
  EXPECT_TRUE(world.value("", "processDuration", complaints).has_value());
  EXPECT_GT(world.value("", "processLoops", complaints).value_or(0), 0);
}

TEST_P(Kpis, WithoutAnyoneWhoMeasuresNothingIsWritten) {
  KpiWorld world(GetParam());
  const auto head = world.store->chain_head()->position;
  world.say("1", "hello", "talk");
  ASSERT_TRUE(eventually([&] { return world.ingest->at_rest(); }));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(world.kpis->status().rows, 0u);
  EXPECT_EQ(world.store->chain_head()->position, head + 2);
}

INSTANTIATE_TEST_SUITE_P(Stores, Kpis, testing::Values(Kind::sqlite, Kind::postgres), store::test::name_of_parameter);

}  // namespace
}  // namespace echoflow::cx_kpis::test

#include "engine/projections/history.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/support/process_builder.hpp"

namespace echoflow::engine::testing {
namespace {

History history_of(const Instance& instance) {
  History history(*instance.program);
  std::uint64_t seq = 0;
  for (const auto& row : instance.journal) {
    ++seq;
    EXPECT_TRUE(history.add(seq, {static_cast<std::int64_t>(seq) * 1000}, row.events, row.payload).ok());
  }
  return history;
}

const ActivityView& view_of(const std::vector<ActivityView>& views, const std::string& type) {
  auto found = std::find_if(views.begin(), views.end(), [&](const auto& view) { return view.type == type; });
  EXPECT_NE(found, views.end()) << type;
  return *found;
}

TEST(History, ShowsActivitiesVariablesAndWhoActed) {
  ProcessBuilder b;
  b.receive("ask", true);
  b.invoke();
  b.reply();
  Instance instance(b.finish());
  ActivityId call = instance.start("hello").invokes.at(0).activity;
  ASSERT_TRUE(instance.turn(FailInvoke{call, Fault{{"n", "down"}, {}, {}, ""}, true}).ok());
  {
    const auto views = history_of(instance).activities();
    EXPECT_EQ(view_of(views, "process").status, ActivityStatus::executing);
    EXPECT_EQ(view_of(views, "receive").status, ActivityStatus::completed);
    EXPECT_TRUE(view_of(views, "invoke").failed);
    EXPECT_EQ(view_of(views, "invoke").element_id,
              instance.program->node(view_of(views, "invoke").id == call ? instance.state->activities.at(call).node : 0)
                  .element_id);
  }
  ASSERT_TRUE(instance.turn(SkipActivity{call, {"ann", "not needed"}}).ok());
  const History history = history_of(instance);
  const auto views = history.activities();
  EXPECT_EQ(view_of(views, "process").status, ActivityStatus::completed);
  EXPECT_FALSE(view_of(views, "invoke").failed);
  EXPECT_EQ(view_of(views, "invoke").ended_at->micros, 3000);
  const auto variables = history.variables();
  ASSERT_EQ(variables.size(), 2u);
  EXPECT_EQ(variables[0].name, "in");
  EXPECT_EQ(variables[0].parts.at(0)->string_value(xml::root_node), "hello");
  const auto events = history.events();
  auto acted = std::find_if(events.begin(), events.end(), [](const auto& e) { return e.type == "operator_acted"; });
  ASSERT_NE(acted, events.end());
  EXPECT_EQ(acted->detail, "skip by ann: not needed");
  ASSERT_EQ(history.faults().size(), 1u);
  EXPECT_EQ(history.faults()[0].fault.name.local, "down");
}

TEST(History, CountsIterationsAndFaults) {
  ProcessBuilder b;
  b.receive("tell", true);
  auto& loop = b.add<program::RepeatUntil>(b.body().id);
  auto& nothing = b.add<program::Empty>(loop.id);
  loop.activity = nothing.id;
  int rounds = 0;
  loop.condition = b.expression([&rounds](const auto&) { return ++rounds % 3 == 0 ? "true" : "false"; });
  b.body().activities.push_back(loop.id);
  auto& fault = b.add<program::Throw>(b.body().id);
  fault.fault_name = {"n", "bad"};
  b.body().activities.push_back(fault.id);
  Instance instance(b.finish());
  EXPECT_EQ(instance.start("x", 0).status, InstanceStatus::faulted);
  const History history = history_of(instance);
  std::vector<std::int64_t> iterations;
  for (const auto& view : history.activities())
    if (view.type == "empty") iterations.push_back(view.iteration.value_or(0));
  EXPECT_EQ(iterations, (std::vector<std::int64_t>{1, 2, 3}));
  const auto views = history.activities();
  EXPECT_EQ(view_of(views, "throw").status, ActivityStatus::faulted);
  EXPECT_EQ(view_of(views, "process").status, ActivityStatus::faulted);
  ASSERT_EQ(history.faults().size(), 1u);
  EXPECT_FALSE(history.faults()[0].handled);
}

}  // namespace
}  // namespace echoflow::engine::testing

#include "adapters/documents/element_counts.hpp"

#include <gtest/gtest.h>

#include "tests/adapters/documents/runs.hpp"

namespace echoflow::documents {

namespace {

using test::Runs;
namespace desk = test::desk;

Result<std::map<std::string, ElementCount>> count(Runs& runs, const std::string& process, CountOptions options = {}) {
  options.process_key = desk::key(process);
  for (const auto& [id, info] : runs.server()->directory()->processes)
    if (info->key == options.process_key && options.process == 0) options.process = id;
  return count_elements(runs.store(), runs.programs(), options);
}

/// The same figures from the histories of the instances, one by one.
std::map<std::string, ElementCount> from_histories(Runs& runs, const std::set<std::string>& elements) {
  std::map<std::string, ElementCount> counts;
  const auto instances = runs.store().instances({});
  for (const auto& instance : *instances) {
    const auto history = runs.server()->history(instance.id);
    const auto activities = (*history)->activities();
    for (const auto& activity : activities) {
      if (!elements.contains(activity.element_id) || activity.status == engine::ActivityStatus::ready) continue;
      auto& element = counts[activity.element_id];
      ++element.entered;
      if (activity.status == engine::ActivityStatus::executing) ++element.running;
      if (activity.status == engine::ActivityStatus::faulted || activity.failed) ++element.faulted;
    }
  }
  return counts;
}

}  // namespace

TEST(ElementCounts, AreWhatTheHistoriesOfAllInstancesSay) {
  Runs runs;
  runs.server().deploy(desk::counter);
  runs.play(desk::counter, 12);
  const auto all = runs.store().instances({});
  ASSERT_TRUE(all);
  ASSERT_TRUE(runs.server()->terminate(all->front().id, {"anna@example.com", "test"}));
  const auto counted = count(runs, desk::counter);
  ASSERT_TRUE(counted) << counted.error().message;
  std::set<std::string> elements;
  std::int64_t running = 0;
  for (const auto& [id, element] : *counted) elements.insert(id), running += element.running;
  EXPECT_GE(running, 11);
  const auto expected = from_histories(runs, elements);
  for (const auto& [id, element] : *counted) {
    const auto found = expected.find(id);
    const auto told = found == expected.end() ? ElementCount{} : found->second;
    EXPECT_EQ(element.entered, told.entered) << id;
    EXPECT_EQ(element.running, told.running) << id;
    EXPECT_EQ(element.faulted, told.faulted) << id;
  }
}

TEST(ElementCounts, OfOneVersionAndOnePeriod) {
  Runs runs;
  runs.server().deploy(desk::echo);
  runs.play(desk::echo, 5);
  CountOptions options;
  options.from = TimePoint{runs.server().manual.now().micros + 1};
  runs.play(desk::echo, 7);
  options.to = TimePoint{runs.server().manual.now().micros + 1};
  runs.play(desk::echo, 2);
  const auto in_period = count(runs, desk::echo, options);
  ASSERT_TRUE(in_period) << in_period.error().message;
  ASSERT_EQ(in_period->size(), 2u);
  for (const auto& [id, element] : *in_period) EXPECT_EQ(element.entered, 7) << id;
  const auto all = count(runs, desk::echo);
  ASSERT_TRUE(all);
  for (const auto& [id, element] : *all) EXPECT_EQ(element.entered, 14) << id;
  CountOptions other;
  other.process = 987'654;
  EXPECT_FALSE(count(runs, desk::echo, other)) << "a version that is not there was counted";
}

}  // namespace echoflow::documents

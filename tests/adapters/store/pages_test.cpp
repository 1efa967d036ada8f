#include <algorithm>

#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

/// 60 instances of three process versions, in all states.
class PageTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    for (const char* key : {"{urn:test}order", "{urn:test}bill", "{urn:test}order"}) {
      DeploymentRow row = make_deployment("d", key);
      ASSERT_DONE(store_->add_deployment(row));
      processes_.push_back(row.processes[0].id);
      keys_.push_back(key);
    }
    for (InstanceId id = 1; id <= 60; ++id) {
      Turn turn = make_turn(id, 1, processes_[static_cast<std::size_t>(id % 3)]);
      turn.instance.status = static_cast<InstanceStatus>(id % 5);
      if (id % 4 == 0) turn.instance.business_key = "key" + std::to_string(id % 8);
      rows_.push_back(turn.instance);
      ASSERT_TRUE(commit(turn));
    }
  }

  bool fits(const InstanceRow& row, const InstanceFilter& filter) const {
    const auto process = std::find(processes_.begin(), processes_.end(), row.process) - processes_.begin();
    return (filter.status.empty() || std::count(filter.status.begin(), filter.status.end(), row.status) > 0) &&
           (filter.process_key.empty() || filter.process_key == keys_[static_cast<std::size_t>(process)]) &&
           (filter.process == 0 || filter.process == row.process) &&
           (filter.business_key.empty() || filter.business_key == row.business_key) &&
           (!filter.started_after || row.started_at > *filter.started_after) &&
           (!filter.started_before || row.started_at < *filter.started_before);
  }

  /// Pages through everything and compares with what a plain search gives.
  void expect_pages(InstanceFilter filter) {
    std::vector<InstanceId> expected, found;
    for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
      if (fits(*row, filter)) expected.push_back(row->id);
    }
    for (int page = 0; page < 100; ++page) {
      const auto rows = store_->instances(filter);
      ASSERT_DONE(rows);
      ASSERT_LE(rows->size(), filter.limit);
      for (const InstanceRow& row : *rows) found.push_back(row.id);
      if (rows->size() < filter.limit) break;
      filter.before = found.back();
    }
    EXPECT_EQ(found, expected);
  }

  std::vector<std::int64_t> processes_;
  std::vector<std::string> keys_;
  std::vector<InstanceRow> rows_;
};

TEST_P(PageTest, PagesThroughEveryFilter) {
  const std::vector<std::vector<InstanceStatus>> statuses = {
      {}, {InstanceStatus::completed}, {InstanceStatus::running, InstanceStatus::suspended, InstanceStatus::faulted}};
  for (const auto& status : statuses) {
    for (const char* process_key : {"", "{urn:test}order", "{urn:test}bill", "{urn:test}none"}) {
      for (const std::int64_t process : {std::int64_t{0}, processes_[2]}) {
        for (const char* business_key : {"", "key4", "nokey"}) {
          InstanceFilter filter;
          filter.status = status;
          filter.process_key = process_key;
          filter.process = process;
          filter.business_key = business_key;
          filter.limit = 7;
          expect_pages(filter);
          filter.started_after = TimePoint{9'000};
          expect_pages(filter);
          filter.started_before = TimePoint{41'000};
          expect_pages(filter);
        }
      }
    }
  }
}

TEST_P(PageTest, CutsAPageAtItsLimit) {
  InstanceFilter filter;
  filter.limit = 5;
  filter.before = 31;
  const auto rows = store_->instances(filter);
  ASSERT_DONE(rows);
  ASSERT_EQ(rows->size(), 5u);
  EXPECT_EQ(rows->front().id, 30);
  EXPECT_EQ(rows->back().id, 26);
}

INSTANTIATE_ON_ALL_STORES(PageTest);

}  // namespace
}  // namespace echoflow::store::test

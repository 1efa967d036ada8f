#include <atomic>
#include <set>
#include <thread>

#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

class ThreadsTest : public StoreTest {};

TEST_P(ThreadsTest, ReadsBesideTheWriter) {
  constexpr InstanceId last = 400;
  std::atomic<InstanceId> written = 0;
  std::atomic<int> reads = 0, wrong = 0;
  const auto read = [&] {
    do {
      const InstanceId newest = written;
      const auto loaded = store_->load(newest == 0 ? 1 : newest);
      const auto found =
          store_->find_subscriptions("{urn:test}order", "customer", "submit", "k" + std::to_string(newest));
      const auto page = store_->instances({});
      const bool whole = loaded.ok() && found.ok() && page.ok() &&
                         (newest == 0 || (loaded->has_value() && (*loaded)->journal.size() == 1 && found->size() == 1 &&
                                          !page->empty() && page->front().id >= newest));
      if (!whole) ++wrong;
      ++reads;
    } while (written < last);
  };
  std::vector<std::thread> readers;
  for (int i = 0; i < 6; ++i) readers.emplace_back(read);
  readers.emplace_back([&] {
    do {
      const auto check = store_->check_chain(1);
      if (!check || check->broken_at) ++wrong;
    } while (written < last);
  });
  std::set<std::int64_t> ids;
  for (InstanceId id = 1; id <= last; ++id) {
    Turn turn = make_turn(id, 1);
    turn.subscriptions_opened = {make_subscription(1, "k" + std::to_string(id))};
    EXPECT_TRUE(commit(turn));
    EXPECT_TRUE(ids.insert(store_->reserve_ids(1).value()).second);
    written = id;
  }
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(reads, 0);
  std::printf("%d reads by 6 threads beside %d commits\n", reads.load(), static_cast<int>(last));
}

TEST_P(ThreadsTest, SeveralThreadsMayCommit) {
  std::vector<std::thread> writers;
  std::atomic<int> failed = 0;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&, i] {
      for (InstanceId id = 1; id <= 50; ++id) {
        std::vector<Turn> turns{make_turn(i * 1'000 + id, 1)};
        if (!store_->commit(turns)) ++failed;
      }
    });
  }
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(failed, 0);
  const auto check = store_->check_chain(1);
  ASSERT_DONE(check);
  EXPECT_EQ(check->rows, 200);
  EXPECT_FALSE(check->broken_at) << check->detail;
}

INSTANTIATE_ON_ALL_STORES(ThreadsTest);

}  // namespace
}  // namespace echoflow::store::test

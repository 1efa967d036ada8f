#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "engine/ports/store.hpp"

/// What the tests of all stores share: makers of rows, and a world that opens each kind of store.
namespace echoflow::store::test {

/// A database that can be opened again; the memory store cannot.
class Backend {
 public:
  virtual ~Backend() = default;
  /// Opens the store (anew: the one given out before must be gone).
  virtual std::unique_ptr<engine::Store> open() = 0;
  virtual bool durable() const = 0;
  /// What open_store() takes; empty for the memory store.
  virtual std::string address() const { return ""; }
  /// Executes SQL behind the store's back; returns the first column of the first row.
  virtual std::string execute(const std::string& sql);
};

enum class Kind { memory, sqlite, postgres };
std::string name_of(Kind kind);
inline std::string name_of_parameter(const testing::TestParamInfo<Kind>& info) {
  return name_of(info.param);
}
/// Did whoever runs the tests ask to leave PostgreSQL out (ECHOFLOW_SKIP_POSTGRES)?
bool skip_postgres();
/// An empty database of that kind; fails the test when there is none.
std::unique_ptr<Backend> make_backend(Kind kind);

/// Executes SQL on an SQLite file; returns the first column of the first row.
std::string execute_sqlite(const std::string& path, const std::string& sql);

/// A process of a deployment with one process "{urn:test}order".
engine::DeploymentRow make_deployment(const std::string& name = "orders", const std::string& key = "{urn:test}order");
/// A turn of a running instance; `seq` 1 makes it new.
engine::Turn make_turn(InstanceId id, std::uint64_t seq, std::int64_t process = 1);
engine::SubscriptionRow make_subscription(ActivityId activity, const std::string& key, std::uint32_t branch = 0);
engine::OutboxRow make_send(ActivityId activity, std::int64_t next_attempt);
engine::HeldMessageRow make_held(std::int64_t id, std::vector<std::string> keys);

/// Fails the test with the store's words.
#define ASSERT_DONE(expression)                                              \
  do {                                                                       \
    const auto& done_ = (expression);                                        \
    ASSERT_TRUE(done_.ok()) << #expression << ": " << done_.error().message; \
  } while (false)

#define INSTANTIATE_ON_ALL_STORES(suite)                                                               \
  INSTANTIATE_TEST_SUITE_P(Stores, suite, testing::Values(Kind::memory, Kind::sqlite, Kind::postgres), \
                           name_of_parameter)
#define INSTANTIATE_ON_DATABASES(suite) \
  INSTANTIATE_TEST_SUITE_P(Stores, suite, testing::Values(Kind::sqlite, Kind::postgres), name_of_parameter)

/// Every test runs on every kind of store.
class StoreTest : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::postgres && skip_postgres()) GTEST_SKIP() << "ECHOFLOW_SKIP_POSTGRES is set";
    backend_ = make_backend(GetParam());
    ASSERT_TRUE(backend_);
    store_ = backend_->open();
    ASSERT_TRUE(store_);
  }
  void TearDown() override { store_.reset(); }
  /// Closes and opens again, as after a restart.
  void reopen() {
    store_.reset();
    store_ = backend_->open();
  }
  testing::AssertionResult commit(engine::Turn turn) { return commit(std::vector{std::move(turn)}); }
  testing::AssertionResult commit(std::vector<engine::Turn> turns) {
    auto done = store_->commit(turns);
    if (done) return testing::AssertionSuccess();
    return testing::AssertionFailure() << done.error().message;
  }

  std::unique_ptr<Backend> backend_;
  std::unique_ptr<engine::Store> store_;
};

}  // namespace echoflow::store::test

#include <fstream>
#include <sstream>

#include "adapters/store_soci/migrations.hpp"
#include "adapters/store_soci/open_store.hpp"
#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

/// Databases that older programs have left.
class MigrationTest : public StoreTest {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::postgres && skip_postgres()) GTEST_SKIP() << "ECHOFLOW_SKIP_POSTGRES is set";
    backend_ = make_backend(GetParam());
    ASSERT_TRUE(backend_);
  }
  Dialect dialect() const { return GetParam() == Kind::sqlite ? Dialect::sqlite : Dialect::postgres; }

  /// What the programs up to a version would have made of an empty database.
  void make_version(int version) {
    const char* type = dialect() == Dialect::sqlite ? "INTEGER" : "bigint";
    backend_->execute(std::string("CREATE TABLE schema_version (version ") + type +
                      " PRIMARY KEY, name text NOT NULL, applied_at " + type + " NOT NULL)");
    for (const Migration& migration : migrations(dialect())) {
      if (migration.version > version) break;
      for (const std::string& statement : statements(migration.sql)) backend_->execute(statement);
      backend_->execute("INSERT INTO schema_version VALUES (" + std::to_string(migration.version) + ", 'old', 1)");
    }
  }
  void fill_from_golden() {
    std::ifstream file(std::string(ECHOFLOW_SOURCE_DIR) + "/tests/adapters/store/golden/version_1.sql");
    ASSERT_TRUE(file.is_open());
    std::stringstream text;
    text << file.rdbuf();
    for (std::string statement : statements(text.str())) {
      if (dialect() == Dialect::postgres) {
        for (auto at = statement.find("x'"); at != std::string::npos; at = statement.find("x'", at + 3))
          statement.replace(at, 2, "'\\x");
      }
      backend_->execute(statement);
    }
  }
  void expect_golden() {
    const auto check = store_->check_chain(1);
    ASSERT_DONE(check);
    EXPECT_FALSE(check->broken_at) << check->detail;
    EXPECT_EQ(check->rows, 4);
    const auto first = store_->load(501);
    ASSERT_DONE(first);
    ASSERT_TRUE(first->has_value());
    EXPECT_EQ((*first)->row.business_key, "Größe 42");
    EXPECT_EQ((*first)->row.status, InstanceStatus::completed);
    EXPECT_EQ((*first)->row.ended_at, TimePoint{1'700'000'000'000'003});
    ASSERT_EQ((*first)->journal.size(), 2u);
    EXPECT_EQ((*first)->journal[0].payload, std::string("\0\xff<order/>", 10));
    const auto second = store_->load(502);
    EXPECT_EQ((*second)->snapshot, std::string("\x0a\0\xff", 3));
    EXPECT_EQ((*second)->snapshot_seq, 1u);
    EXPECT_EQ((*second)->row.status, InstanceStatus::running);
    EXPECT_TRUE(store_->journal(503, 0, 1)->at(0).erased);
    EXPECT_EQ(store_->instance(503).value()->fault, "{urn:f}oops");
    const auto waiting = store_->find_subscriptions("{urn:test}order", "customer", "submit", "order=2");
    ASSERT_EQ(waiting->size(), 1u);
    EXPECT_EQ((*waiting)[0].branch, 1u);
    EXPECT_EQ(store_->next_timer().value(), TimePoint{1'800'000'000'000'000});
    EXPECT_EQ(store_->due_outbox({INT64_MAX}, 5)->at(0).attempts, 2u);
    EXPECT_EQ(store_->incidents(0, 5)->at(0).id, 800);
    EXPECT_EQ(store_->held_messages("{urn:test}order", "customer", "submit", "order=2", 5)->at(0).exchange, 77);
    EXPECT_EQ(store_->kept_reply("request 1").value()->body, "\x02");
    EXPECT_EQ(store_->deployments(true)->at(0).archive, "PK\x05\x06");
    EXPECT_GE(store_->reserve_ids(1).value(), 9'000);
    InstanceFilter filter;
    filter.process_key = "{urn:test}order";
    EXPECT_EQ(store_->instances(filter)->size(), 3u);
  }
};

TEST_P(MigrationTest, BringsEveryOldVersionToTheNewest) {
  const auto known = migrations(dialect());
  ASSERT_GE(known.size(), 2u);
  EXPECT_EQ(known.front().version, 1);
  make_version(1);
  fill_from_golden();
  store_ = backend_->open();
  ASSERT_TRUE(store_);
  expect_golden();
  EXPECT_EQ(backend_->execute("SELECT max(version) FROM schema_version"), std::to_string(known.back().version));
  EXPECT_EQ(backend_->execute("SELECT count(*) FROM schema_version"), std::to_string(known.size()));
  ASSERT_TRUE(commit(make_turn(502, 2, 101)));
  DeploymentRow deployment = make_deployment();
  ASSERT_DONE(store_->add_deployment(deployment));
  EXPECT_EQ(deployment.processes[0].version, 4);
  reopen();
  EXPECT_EQ(store_->check_chain(1)->rows, 5);
}

TEST_P(MigrationTest, NumbersHaveNoGap) {
  int expected = 0;
  for (const Migration& migration : migrations(dialect())) EXPECT_EQ(migration.version, ++expected) << migration.name;
}

TEST_P(MigrationTest, RefusesADatabaseOfANewerProgram) {
  store_ = backend_->open();
  store_.reset();
  backend_->execute("INSERT INTO schema_version VALUES (999, 'new', 1)");
  const auto store = open_store(backend_->address());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, StoreErrorKind::other);
  EXPECT_NE(store.error().message.find("version 999"), std::string::npos) << store.error().message;
}

TEST_P(MigrationTest, AStepThatFailsLeavesNothingBehind) {
  make_version(1);
  backend_->execute("CREATE TABLE kept_replies_at (x int)");  // stands where the second version wants an index
  EXPECT_FALSE(open_store(backend_->address()));
  EXPECT_EQ(backend_->execute("SELECT max(version) FROM schema_version"), "1");
  backend_->execute("DROP TABLE kept_replies_at");
  store_ = backend_->open();
  ASSERT_TRUE(store_);
  ASSERT_TRUE(commit(make_turn(1, 1)));
}

INSTANTIATE_ON_DATABASES(MigrationTest);

}  // namespace
}  // namespace echoflow::store::test

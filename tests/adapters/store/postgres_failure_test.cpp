#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "adapters/store_soci/open_store.hpp"
#include "tests/adapters/store/cutting_proxy.hpp"
#include "tests/adapters/store/postgres_server.hpp"
#include "tests/adapters/store/store_fixture.hpp"
#include "tests/adapters/store/temporary_folder.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

class PostgresFailureTest : public testing::Test {
 protected:
  void SetUp() override {
    if (skip_postgres()) GTEST_SKIP() << "ECHOFLOW_SKIP_POSTGRES is set";
    server_ = PostgresServer::shared();
    ASSERT_NE(server_, nullptr);
    address_ = server_->new_schema();
  }
  void TearDown() override { store_.reset(); }

  void open() {
    StoreOptions options;
    options.lock_wait_ms = 3'000;
    auto store = open_store(address_, options);
    ASSERT_TRUE(store.ok()) << store.error().message;
    store_ = std::move(*store);
  }
  Result<void, StoreError> commit(InstanceId id, std::size_t size = 100) {
    std::vector<Turn> turns{make_turn(id, 1)};
    turns[0].journal.payload.assign(size, 'p');
    auto done = store_->commit(turns);
    if (!done) std::printf("  %s\n", done.error().message.c_str());
    return done;
  }
  void expect_whole(std::int64_t rows) {
    const auto check = store_->check_chain(1);
    ASSERT_DONE(check);
    EXPECT_FALSE(check->broken_at) << check->detail;
    EXPECT_EQ(check->rows, rows);
  }
  /// Ends the sessions of every Echoflow store at once.
  void end_sessions() {
    server_->execute(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'echoflow'");
  }

  PostgresServer* server_ = nullptr;
  std::string address_;
  std::unique_ptr<Store> store_;
};

TEST_F(PostgresFailureTest, ALostSessionIsOpenedAgain) {
  open();
  ASSERT_DONE(commit(1));
  ASSERT_TRUE(store_->load(1).ok());
  for (InstanceId id = 2; id < 6; ++id) {
    end_sessions();
    EXPECT_TRUE(store_->load(1).ok());
    ASSERT_DONE(commit(id));
    ASSERT_TRUE(store_->reserve_ids(20'000).ok());
  }
  end_sessions();
  ASSERT_DONE(store_->ping());
  expect_whole(5);
}

TEST_F(PostgresFailureTest, TheServerGoesAndComesBack) {
  if (server_->folder().empty()) GTEST_SKIP() << "the server is not ours to stop";
  open();
  ASSERT_DONE(commit(1));
  ASSERT_TRUE(server_->stop());
  for (int i = 0; i < 2; ++i) {
    const auto refused = commit(2);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, StoreErrorKind::unavailable);
    ASSERT_FALSE(store_->ping());
    EXPECT_EQ(store_->load(1).error().kind, StoreErrorKind::unavailable);
  }
  ASSERT_TRUE(server_->start_again());
  ASSERT_DONE(commit(2));
  expect_whole(2);
}

TEST_F(PostgresFailureTest, OnlyOneServerHasADatabase) {
  open();
  StoreOptions quick;
  quick.lock_wait_ms = 100;
  const auto second = open_store(address_, quick);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, StoreErrorKind::busy);
  std::printf("  %s\n", second.error().message.c_str());
  store_.reset();
  open();
}

TEST_F(PostgresFailureTest, AnotherServerWroteWhileTheSessionWasLost) {
  open();
  ASSERT_DONE(commit(1));
  auto late = std::move(store_);
  end_sessions();
  open();
  ASSERT_DONE(commit(2));
  store_ = nullptr;
  std::vector<Turn> turns{make_turn(3, 1)};
  const auto refused = late->commit(turns);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, StoreErrorKind::conflict) << refused.error().message;
  late.reset();
  open();
  expect_whole(2);
}

TEST_F(PostgresFailureTest, TheDatabaseBecomesReadOnly) {
  open();
  ASSERT_DONE(commit(1));
  server_->execute("ALTER DATABASE postgres SET default_transaction_read_only = on");
  end_sessions();
  const auto refused = commit(2);
  PostgresServer::execute_at(server_->address() + " options='-c default_transaction_read_only=off'",
                             "ALTER DATABASE postgres RESET default_transaction_read_only");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, StoreErrorKind::read_only);
  ASSERT_DONE(commit(2));
  expect_whole(2);
}

TEST_F(PostgresFailureTest, TheDiskFillsUp) {
  if (server_->folder().empty()) GTEST_SKIP() << "the server's disk is not ours to fill";
  TemporaryFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=8m,mode=777") != 0) {
    GTEST_SKIP() << "no right to mount a small disk: " << std::strerror(errno);
  }
  const std::string ballast = folder.path() + "/ballast";
  ASSERT_EQ(std::system(("chown postgres:postgres " + folder.path()).c_str()), 0);
  ASSERT_EQ(std::system(("head -c 3000000 /dev/zero > " + ballast).c_str()), 0);
  server_->execute("CREATE TABLESPACE small LOCATION '" + folder.path() + "'");
  address_ += " options='-c default_tablespace=small -c search_path=" +
              server_->execute(
                  "SELECT max(nspname) FROM pg_namespace WHERE nspname LIKE 'test_%' "
                  "AND oid = (SELECT max(oid) FROM pg_namespace)") +
              "'";
  open();
  InstanceId id = 0;
  bool full = false;
  while (!full && id < 1'000) {
    const auto done = commit(++id, 50'000);
    full = !done.ok();
    if (full) {
      EXPECT_EQ(done.error().kind, StoreErrorKind::full);
    }
  }
  EXPECT_TRUE(full);
  EXPECT_TRUE(store_->load(1).ok());
  ASSERT_EQ(::unlink(ballast.c_str()), 0);
  ASSERT_DONE(commit(id, 50'000));
  expect_whole(id);
  store_.reset();
  server_->execute("DROP SCHEMA " +
                   server_->execute("SELECT nspname FROM pg_namespace WHERE oid = (SELECT max(oid) FROM pg_namespace "
                                    "WHERE nspname LIKE 'test_%')") +
                   " CASCADE");
  server_->execute("DROP TABLESPACE small");
  ::umount2(folder.path().c_str(), MNT_DETACH);
}

TEST_F(PostgresFailureTest, AddressesAreChecked) {
  const auto unreadable = open_store("postgresql://user:secret@host:notaport/db");
  ASSERT_FALSE(unreadable);
  EXPECT_EQ(unreadable.error().message.find("secret"), std::string::npos) << unreadable.error().message;
  const auto nobody = open_store("postgresql://user:secret@localhost:1/db");
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().kind, StoreErrorKind::unavailable) << nobody.error().message;
  EXPECT_EQ(nobody.error().message.find("secret"), std::string::npos) << nobody.error().message;
}

/// What the client knows when an answer is lost: nothing. Neither may a turn be lost nor be there twice.
class LostAnswerTest : public PostgresFailureTest {
 protected:
  void SetUp() override {
    PostgresFailureTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    if (server_->folder().empty()) GTEST_SKIP() << "the server's socket is not known";
    proxy_ = std::make_unique<CuttingProxy>(folder_.path(), server_->folder() + "/.s.PGSQL.5432");
    address_.replace(address_.find(server_->folder()), server_->folder().size(), folder_.path());
    open();
    ASSERT_DONE(commit(1));
  }
  void TearDown() override {
    PostgresFailureTest::TearDown();
    proxy_.reset();
  }
  TemporaryFolder folder_;
  std::unique_ptr<CuttingProxy> proxy_;
};

TEST_F(LostAnswerTest, FindsOutThatTheTurnsWereWritten) {
  for (InstanceId id = 2; id < 8; ++id) {
    std::vector<Turn> turns{make_turn(id, 1)};
    proxy_->lose_next_answer();
    ASSERT_DONE(store_->commit(turns));
    EXPECT_EQ(turns[0].journal.position, id);
  }
  expect_whole(7);
}

TEST_F(LostAnswerTest, TakesTheSameTurnsAgainLater) {
  ASSERT_DONE(commit(2));  // with this one the statement is prepared, so that the next answer is that of the commit
  std::vector<Turn> turns{make_turn(3, 1), make_turn(4, 1)};
  proxy_->lose_next_answer();
  proxy_->close(true);
  const auto refused = store_->commit(turns);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, StoreErrorKind::unavailable);
  EXPECT_FALSE(store_->commit(turns));
  proxy_->close(false);
  std::vector<Turn> again{make_turn(4, 1), make_turn(5, 1), make_turn(3, 1)};
  ASSERT_DONE(store_->commit(again));
  EXPECT_EQ(again[0].journal.position, 4);
  EXPECT_EQ(again[1].journal.position, 5);
  EXPECT_EQ(again[2].journal.position, 3);
  ASSERT_DONE(commit(6));
  expect_whole(6);
}

}  // namespace
}  // namespace echoflow::store::test

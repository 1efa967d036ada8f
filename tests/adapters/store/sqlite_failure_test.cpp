#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "adapters/store_soci/open_store.hpp"
#include "tests/adapters/store/failing_disk.hpp"
#include "tests/adapters/store/store_fixture.hpp"
#include "tests/adapters/store/temporary_folder.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

StoreOptions quick() {
  StoreOptions options;
  options.busy_timeout_ms = 100;
  options.lock_wait_ms = 100;
  return options;
}

class SqliteFailureTest : public testing::Test {
 protected:
  std::string path() const { return folder_.path() + "/store.db"; }
  void open() {
    auto store = open_store(path(), quick());
    ASSERT_TRUE(store.ok()) << store.error().message;
    store_ = std::move(*store);
  }
  StoreErrorKind refusal_of(InstanceId id) {
    std::vector<Turn> turns{make_turn(id, 1)};
    turns[0].journal.payload.assign(100'000, 'p');
    const auto done = store_->commit(turns);
    EXPECT_FALSE(done.ok());
    if (done) return StoreErrorKind::other;
    std::printf("  %s\n", done.error().message.c_str());
    return done.error().kind;
  }
  /// Everything works, without opening the store again, and nothing is missing.
  void expect_recovered(InstanceId id, std::int64_t rows, const std::string& payload = "") {
    std::vector<Turn> turns{make_turn(id, 1)};
    if (!payload.empty()) turns[0].journal.payload = payload;
    ASSERT_DONE(store_->commit(turns));
    ASSERT_DONE(store_->ping());
    EXPECT_TRUE(store_->load(id)->has_value());
    const auto check = store_->check_chain(1);
    ASSERT_DONE(check);
    EXPECT_FALSE(check->broken_at) << check->detail;
    EXPECT_EQ(check->rows, rows);
  }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_F(SqliteFailureTest, AnotherProgramHoldsTheLock) {
  open();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(path().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(refusal_of(1), StoreErrorKind::busy);
  EXPECT_FALSE(store_->ping());
  EXPECT_TRUE(store_->instances({}).ok()) << "reading goes on";
  sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  expect_recovered(1, 1);
}

TEST_F(SqliteFailureTest, OnlyOneServerHasADatabase) {
  open();
  const auto second = open_store(path(), quick());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, StoreErrorKind::busy);
  EXPECT_NE(second.error().message.find(std::to_string(::getpid())), std::string::npos) << second.error().message;
  store_.reset();
  open();
}

TEST_F(SqliteFailureTest, DiskIsFull) {
  FailingDisk disk;
  open();
  std::vector<Turn> turns{make_turn(1, 1)};
  ASSERT_DONE(store_->commit(turns));
  disk.fail_writes(ENOSPC);
  for (InstanceId id = 2; id < 5; ++id) EXPECT_EQ(refusal_of(id), StoreErrorKind::full);
  ASSERT_FALSE(store_->ping());
  EXPECT_EQ(store_->ping().error().kind, StoreErrorKind::full);
  EXPECT_TRUE(store_->load(1)->has_value());
  disk.fail_writes(0);
  expect_recovered(2, 2);
  store_.reset();
}

TEST_F(SqliteFailureTest, DiskBecomesReadOnly) {
  FailingDisk disk;
  open();
  disk.fail_writes(EROFS);
  EXPECT_EQ(refusal_of(1), StoreErrorKind::read_only);
  disk.fail_writes(0);
  expect_recovered(1, 1);
  store_.reset();
}

TEST_F(SqliteFailureTest, DiskBreaksWhileCommitting) {
  FailingDisk disk;
  open();
  std::vector<Turn> turns{make_turn(1, 1)};
  ASSERT_DONE(store_->commit(turns));
  disk.fail_syncs(EIO);
  EXPECT_EQ(refusal_of(2), StoreErrorKind::unavailable);
  EXPECT_EQ(refusal_of(2), StoreErrorKind::unavailable);
  disk.fail_syncs(0);
  // What the disk did not confirm may be in the log all the same: the same turn is recognized, and stands there once.
  expect_recovered(2, 2, std::string(100'000, 'p'));
  store_.reset();
}

TEST_F(SqliteFailureTest, FileIsDamaged) {
  std::ofstream(path()) << std::string(8'192, 'x');
  const auto store = open_store(path(), quick());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, StoreErrorKind::corrupt) << store.error().message;
}

TEST_F(SqliteFailureTest, FolderCannotBeMade) {
  std::ofstream(folder_.path() + "/file") << "x";
  const auto store = open_store(folder_.path() + "/file/store.db", quick());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, StoreErrorKind::unavailable) << store.error().message;
}

TEST_F(SqliteFailureTest, ANewDatabaseIsItsUsersAlone) {
  open();
  std::vector<Turn> turns{make_turn(1, 1)};
  ASSERT_DONE(store_->commit(turns));
  for (const char* end : {"", "-wal", "-shm", ".lock"}) {
    const auto rights = std::filesystem::status(path() + end).permissions();
    EXPECT_EQ(rights, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write) << end;
  }
}

TEST_F(SqliteFailureTest, ErasedContentsAreGoneFromTheDisk) {
  open();
  Turn turn = make_turn(1, 1);
  turn.instance.status = InstanceStatus::completed;
  turn.snapshot = turn.journal.payload = "the customer's secret " + std::string(10'000, 'x') + " and more of it";
  std::vector<Turn> turns{turn, make_turn(2, 1)};
  ASSERT_DONE(store_->commit(turns));
  const auto holds = [&](const char* text) {
    for (const char* end : {"", "-wal"}) {
      std::ifstream file(path() + end, std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(file)), {});
      if (bytes.find(text) != std::string::npos) return true;
    }
    return false;
  };
  EXPECT_TRUE(holds("customer's secret"));
  ASSERT_DONE(store_->erase_payloads(1));
  EXPECT_FALSE(holds("customer's secret"));
  EXPECT_FALSE(holds("xxxxxxxxxxxx"));
  EXPECT_FALSE(holds("and more of it"));
  EXPECT_TRUE(holds("payload 2/1"));
}

/// A file system of its own, of 1 MB.
class SmallDiskTest : public SqliteFailureTest {
 protected:
  void SetUp() override {
    if (::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=1m") != 0)
      GTEST_SKIP() << "no right to mount a small disk: " << std::strerror(errno);
    mounted_ = true;
  }
  void TearDown() override {
    store_.reset();
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  bool mounted_ = false;
};

TEST_F(SmallDiskTest, FillsUpAndGoesOnWhenThereIsSpaceAgain) {
  const std::string ballast = folder_.path() + "/ballast";
  std::ofstream(ballast) << std::string(300'000, 'b');
  open();
  InstanceId id = 0;
  for (bool full = false; !full && id < 1'000;) {
    std::vector<Turn> turns{make_turn(++id, 1)};
    turns[0].journal.payload.assign(20'000, 'p');
    const auto done = store_->commit(turns);
    full = !done.ok();
    if (full) {
      EXPECT_EQ(done.error().kind, StoreErrorKind::full) << done.error().message;
    }
  }
  ASSERT_GT(id, 1);
  EXPECT_EQ(refusal_of(id), StoreErrorKind::full);
  std::printf("  the disk was full after %d turns\n", static_cast<int>(id - 1));
  EXPECT_TRUE(store_->load(1)->has_value());
  ASSERT_EQ(::unlink(ballast.c_str()), 0);
  expect_recovered(id, id);
}

TEST_F(SmallDiskTest, CannotBeOpenedWhereNothingCanBeWritten) {
  open();
  store_.reset();
  ASSERT_EQ(::mount("tmpfs", folder_.path().c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=1m"), 0);
  const auto store = open_store(path(), quick());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, StoreErrorKind::read_only) << store.error().message;
  ASSERT_EQ(::mount("tmpfs", folder_.path().c_str(), "tmpfs", MS_REMOUNT, "size=1m"), 0);
  open();
}

}  // namespace
}  // namespace echoflow::store::test

#include "adapters/store_soci/open_store.hpp"
#include "models/base/hex.hpp"
#include "models/base/sha256.hpp"
#include "models/records/journal_chain.hpp"
#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

TEST(JournalChain, HashesAsDocumented) {
  // Computed independently: sha256 of 32 zero bytes, 1, 2, 3 and 4 as 8 bytes each, and the digests of "e" and "".
  const Sha256 hash = records::link_hash({}, {1, 2, 3, 4, sha256("e"), sha256("")});
  EXPECT_EQ(to_hex(hash), "ded7859958848af847752ee63dc2f7704e53b5b2ad85ff3a7dc1493822148e5c");
}

class ChainTest : public StoreTest {
 protected:
  void fill(int rows = 10) {
    for (int i = 1; i <= rows; ++i) ASSERT_TRUE(commit({make_turn(i, 1), make_turn(100 + i, 1)}));
  }
  ChainCheck check(std::int64_t from = 1) {
    const auto result = store_->check_chain(from);
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result ? *result : ChainCheck();
  }
  /// Changes the database behind the store's back; tells where the check then finds it broken.
  std::optional<std::int64_t> tamper(const std::string& sql) {
    backend_->execute(sql);
    const auto result = check();
    EXPECT_EQ(result.broken_at.has_value(), !result.detail.empty());
    if (!result.detail.empty()) std::printf("  %s\n    %s\n", sql.c_str(), result.detail.c_str());
    return result.broken_at;
  }
  std::string bytes(const std::string& hex) const {
    return GetParam() == Kind::sqlite ? "x'" + hex + "'" : "'\\x" + hex + "'";
  }
};

TEST_P(ChainTest, IsWhole) {
  EXPECT_EQ(check().rows, 0);
  fill();
  EXPECT_EQ(check().rows, 20);
  EXPECT_EQ(check().head, store_->chain_head()->hash);
  EXPECT_EQ(check(11).rows, 10);
  EXPECT_FALSE(check(11).broken_at);
  EXPECT_EQ(check(21).rows, 0);
  EXPECT_FALSE(check(21).broken_at);
  if (!backend_->durable()) return;
  reopen();
  EXPECT_EQ(check().rows, 20);
  ASSERT_TRUE(commit(make_turn(1, 2)));
  EXPECT_EQ(check().rows, 21);
  EXPECT_FALSE(check().broken_at);
}

/// Memory has no back door.
class TamperTest : public ChainTest {};

TEST_P(TamperTest, FindsAChangedByte) {
  fill();
  EXPECT_EQ(tamper("UPDATE journal SET payload = " + bytes("7061") + " WHERE position = 7"), 7);
  EXPECT_EQ(check(8).broken_at, std::nullopt) << "what is before the start is not looked at";
  EXPECT_EQ(tamper("UPDATE journal SET events = " + bytes("") + " WHERE position = 5"), 5)
      << "only erased rows may be empty";
  EXPECT_EQ(tamper("UPDATE journal SET at = at + 1 WHERE position = 3"), 3);
  EXPECT_EQ(tamper("UPDATE journal SET instance = 77 WHERE position = 2"), 2);
  EXPECT_EQ(tamper("UPDATE journal SET hash = " + bytes(std::string(64, '0')) + " WHERE position = 1"), 1);
}

TEST_P(TamperTest, FindsAChangedDigest) {
  fill();
  EXPECT_EQ(tamper("UPDATE journal SET erased = 1, payload = " + bytes("") +
                   ", payload_digest = " + bytes(std::string(64, '1')) + " WHERE position = 4"),
            4);
}

TEST_P(TamperTest, FindsRemovedRows) {
  fill();
  EXPECT_EQ(tamper("DELETE FROM journal WHERE position = 20"), 20) << "the end was cut off";
  EXPECT_EQ(tamper("DELETE FROM journal WHERE position = 12"), 12);
  EXPECT_EQ(tamper("DELETE FROM journal WHERE position = 1"), 1);
  EXPECT_EQ(tamper("DELETE FROM journal"), 1);
}

TEST_P(TamperTest, FindsACutOffEndAfterARestart) {
  fill();
  store_.reset();
  backend_->execute("DELETE FROM journal WHERE position > 17");
  reopen();
  EXPECT_EQ(check().broken_at, 18);
  ASSERT_TRUE(commit(make_turn(50, 1)));
  EXPECT_EQ(check().broken_at, 18) << "new rows must not hide the gap";
}

TEST_P(TamperTest, FindsRowsBehindTheRecordedEnd) {
  fill();
  EXPECT_EQ(tamper("UPDATE chain_head SET position = 19"), 20);
}

INSTANTIATE_ON_ALL_STORES(ChainTest);
INSTANTIATE_ON_DATABASES(TamperTest);

}  // namespace
}  // namespace echoflow::store::test

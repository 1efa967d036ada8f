#include <sstream>

#include "engine/projections/journal_export.hpp"
#include "models/base/base64.hpp"
#include "tests/adapters/store/store_fixture.hpp"

namespace echoflow::store::test {
namespace {

using namespace engine;

TEST(Base64, WritesAndReadsWhatRfc4648Says) {
  const std::pair<const char*, const char*> pairs[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : pairs) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  for (const char* wrong : {"Zg=", "Zg", "Zh==", "Z===", "Zm9=", "Zg==Zg==", "Zm 9", "Zm9v\n"})
    EXPECT_FALSE(from_base64(wrong)) << wrong;
}

class EvidenceTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    for (std::uint64_t seq = 1; seq <= 4; ++seq) {
      std::vector<Turn> turns;
      for (InstanceId id = 1; id <= 3; ++id) turns.push_back(make_turn(id, seq));
      ASSERT_TRUE(commit(turns));
    }
  }
  std::string exported(const ExportOptions& options = {}) {
    std::string file;
    const auto done = export_journal(*store_, options, [&](std::string_view text) {
      file += text;
      return Result<void>();
    });
    EXPECT_TRUE(done.ok()) << done.error().message;
    return file;
  }
  static records::EvidenceCheck verify(const std::string& file) {
    std::istringstream stream(file);
    return records::verify_evidence(stream);
  }
  static std::string without_line(const std::string& file, int number) {
    std::istringstream stream(file);
    std::string line, left;
    for (int at = 1; std::getline(stream, line); ++at) {
      if (at != number) left += line + '\n';
    }
    return left;
  }
  /// Every single change must be found.
  void expect_safe(const std::string& file) {
    for (std::size_t at = 0; at < file.size(); ++at) {
      std::string changed = file;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      ASSERT_FALSE(verify(changed).whole()) << "byte " << at << " of " << file.size();
      ASSERT_FALSE(verify(file.substr(0, at)).whole()) << "cut off at " << at;
    }
    for (int line = 1; line <= 14; ++line) {
      const std::string left = without_line(file, line);
      if (left == file) break;
      EXPECT_FALSE(verify(left).whole()) << "without line " << line;
    }
    EXPECT_FALSE(verify(file + "\n").whole());
    EXPECT_FALSE(verify("").whole());
  }
};

TEST_P(EvidenceTest, ProvesTheWholeJournal) {
  const std::string file = exported();
  const auto check = verify(file);
  EXPECT_TRUE(check.whole()) << check.broken_line << ": " << check.detail;
  EXPECT_EQ(check.rows, 12);
  EXPECT_EQ(check.chain.hash, store_->chain_head()->hash);
  EXPECT_NE(file.find(to_base64("payload 2/3")), std::string::npos);
  if (GetParam() == Kind::memory) expect_safe(file);
}

TEST_P(EvidenceTest, ProvesOneInstance) {
  ExportOptions options;
  options.instance = 2;
  const std::string file = exported(options);
  const auto check = verify(file);
  EXPECT_TRUE(check.whole()) << check.broken_line << ": " << check.detail;
  EXPECT_EQ(check.rows, 4);
  EXPECT_EQ(file.find(to_base64("payload 3/1")), std::string::npos);
  if (GetParam() == Kind::memory) expect_safe(file);
  options.instance = 99;
  EXPECT_FALSE(export_journal(*store_, options, [](std::string_view) { return Result<void>(); }));
}

TEST_P(EvidenceTest, LeavesOutWhatNobodyAskedFor) {
  ExportOptions options;
  options.with_payloads = false;
  const std::string file = exported(options);
  EXPECT_TRUE(verify(file).whole());
  EXPECT_EQ(file.find(to_base64("payload 1/1")), std::string::npos);
}

TEST_P(EvidenceTest, StaysWholeWhenDataWereErased) {
  Turn last = make_turn(2, 5);
  last.instance.status = InstanceStatus::completed;
  ASSERT_TRUE(commit(last));
  ASSERT_DONE(store_->erase_payloads(2));
  const auto check = verify(exported());
  EXPECT_TRUE(check.whole()) << check.detail;
  EXPECT_EQ(check.erased, 5);
}

TEST_P(EvidenceTest, TellsWhatIsWrong) {
  std::string file = exported();
  const auto at = file.find(to_base64("payload 2/3"));
  file.replace(at, 4, to_base64("PAY"));
  const auto check = verify(file);
  EXPECT_EQ(check.broken_line, 9);
  EXPECT_NE(check.detail.find("payload of position 8"), std::string::npos) << check.detail;
}

INSTANTIATE_ON_ALL_STORES(EvidenceTest);

}  // namespace
}  // namespace echoflow::store::test

#include "bpel/source/folder.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace echoflow::source {
namespace {

namespace fs = std::filesystem;

class Folder : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    base_ = fs::path(testing::TempDir()) / ("folder_" + std::to_string(getpid()) + "_" + test->name());
    fs::remove_all(base_);
    put("in/order.bpel", "<process/>");
    put("in/wsdl/shop.wsdl", "<definitions/>");
    put("outside/secret.txt", "secret");
  }
  void TearDown() override { fs::remove_all(base_); }

  void put(const std::string& name, const std::string& bytes) {
    fs::create_directories((base_ / name).parent_path());
    std::ofstream(base_ / name) << bytes;
  }
  std::string in() const { return (base_ / "in").string(); }

  fs::path base_;
};

TEST_F(Folder, ReadsFilesByTheirPathInside) {
  put("in/.git/config", "x");
  const auto read = read_folder(in() + "/");
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->files.size(), 2u);
  EXPECT_EQ(read->files.at("order.bpel"), "<process/>");
  EXPECT_EQ(read->files.at("wsdl/shop.wsdl"), "<definitions/>");
}

TEST_F(Folder, ReadsOneFile) {
  const auto read = read_folder(in() + "/order.bpel");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->files.size(), 1u);
  EXPECT_TRUE(read->files.contains("order.bpel"));
}

TEST_F(Folder, LinksOutsideAreNotFollowed) {
  fs::create_symlink(base_ / "outside" / "secret.txt", base_ / "in" / "a.txt");
  fs::create_directory_symlink(base_ / "outside", base_ / "in" / "b");
  fs::create_directory_symlink(base_ / "in", base_ / "in" / "circle");
  fs::create_symlink("order.bpel", base_ / "in" / "same.bpel");
  const auto read = read_folder(in());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->files.size(), 3u);
  EXPECT_TRUE(read->files.contains("same.bpel"));
}

TEST_F(Folder, LimitsAreNamed) {
  EXPECT_NE(read_folder(in(), {1, 100, 100}).error().message.find("archive-files (1)"), std::string::npos);
  EXPECT_NE(read_folder(in(), {9, 5, 100}).error().message.find("file-bytes (5)"), std::string::npos);
  EXPECT_NE(read_folder(in(), {9, 100, 12}).error().message.find("archive-bytes (12)"), std::string::npos);
}

TEST_F(Folder, AbsentFolderIsAnError) {
  EXPECT_FALSE(read_folder(in() + "/gone").ok());
}

}  // namespace
}  // namespace echoflow::source

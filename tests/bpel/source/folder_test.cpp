#include "bpel/source/folder.hpp"

#include "bpel/source/process_file.hpp"

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

TEST_F(Folder, ProcessFileComesWithWhatItImports) {
  put("p/bpel/order.bpel", R"(<process><import location="../wsdl/shop.wsdl"/><import location="gone.xsd"/></process>)");
  put("p/bpel/unrelated.bpel", "<process/>");
  put("p/bpel/shape.xslt", "<x/>");
  put("p/bpel/deploy.xml", "<deploy/>");
  put("p/wsdl/shop.wsdl",
      R"(<definitions><types><schema><include schemaLocation="a.xsd"/></schema></types></definitions>)");
  put("p/wsdl/a.xsd", R"(<schema><include schemaLocation="a.xsd"/><import schemaLocation="http://x/y.xsd"/></schema>)");
  const auto read = read_process_file((base_ / "p/bpel/order.bpel").string());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->file, "bpel/order.bpel");
  EXPECT_EQ(fs::path(read->folder), base_ / "p");
  std::vector<std::string> names;
  for (const auto& [name, bytes] : read->sources.files) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"bpel/deploy.xml", "bpel/order.bpel", "bpel/shape.xslt", "wsdl/a.xsd",
                                             "wsdl/shop.wsdl"}));
}

TEST_F(Folder, AbsentProcessFileIsAnError) {
  const auto read = read_process_file((base_ / "gone.bpel").string());
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("gone.bpel cannot be opened"), std::string::npos);
}

}  // namespace
}  // namespace echoflow::source

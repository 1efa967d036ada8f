#include "adapters/archive/zip.hpp"

#include <gtest/gtest.h>

#include "adapters/archive/zip_format.hpp"

namespace echoflow::archive {

namespace {

Files sample() {
  return {{"a/b.bpel", std::string(5000, 'x')}, {"c.wsdl", "<definitions/>"}, {"empty.xsd", ""}};
}

std::string replaced(std::string bytes, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = bytes.find(from, at)) != std::string::npos; at += to.size())
    bytes.replace(at, from.size(), to);
  return bytes;
}

}  // namespace

TEST(Zip, RoundTripKeepsFoldersAndContents) {
  auto files = read_zip(write_zip(sample()));
  ASSERT_TRUE(files);
  EXPECT_EQ(*files, sample());
}

TEST(Zip, SameFilesGiveSameBytes) {
  EXPECT_EQ(write_zip(sample()), write_zip(sample()));
}

TEST(Zip, RefusesPathsThatLeaveTheArchive) {
  for (std::string evil : {"../evil.xml", "/etc/evilx", "C:/evil.xml", "a/../../xml"}) {
    Files one{{std::string(evil.size(), 'n'), "text"}};
    auto files = read_zip(replaced(write_zip(one), std::string(evil.size(), 'n'), evil));
    ASSERT_FALSE(files) << evil;
    EXPECT_EQ(files.error().limit, "archive-path") << evil;
  }
}

TEST(Zip, RefusesBombs) {
  std::string bomb = write_zip({{"zeros.xml", std::string(40u << 20, '\0')}});
  auto files = read_zip(bomb);
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().limit, "archive-ratio");
  ArchiveLimits small;
  small.max_file_bytes = 100;
  files = read_zip(write_zip(sample()), small);
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().limit, "archive-file-bytes");
  small = {};
  small.max_unpacked_bytes = 5001;
  files = read_zip(write_zip(sample()), small);
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().limit, "archive-unpacked-bytes");
  small = {};
  small.max_files = 2;
  files = read_zip(write_zip(sample()), small);
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().limit, "archive-files");
  small = {};
  small.max_archive_bytes = 10;
  files = read_zip(write_zip(sample()), small);
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().limit, "archive-bytes");
}

TEST(Zip, ASizeThatLiesIsFoundOut) {
  std::string bytes = write_zip({{"a.xml", std::string(4000, 'y')}});
  std::size_t central = bytes.find(std::string("PK\x01\x02", 4));
  bytes[central + 24] = 16;  // says fewer bytes than come out
  auto files = read_zip(bytes);
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().limit, "");
}

TEST(Zip, EveryCutAndEveryFlippedByteIsAnErrorOrTheSameFiles) {
  const std::string good = write_zip({{"a/b.bpel", std::string(300, 'x') + "tail"}});
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(read_zip(good.substr(0, size))) << size;
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
    (void)read_zip(bad);  // must neither crash nor read out of bounds
  }
}

TEST(SafePath, NormalisesAndRefuses) {
  EXPECT_EQ(*safe_path("./a//b\\c.xsd"), "a/b/c.xsd");
  EXPECT_FALSE(safe_path(""));
  EXPECT_FALSE(safe_path("."));
  EXPECT_FALSE(safe_path("a\x01"));
  EXPECT_FALSE(safe_path("a\xff"));
  EXPECT_FALSE(safe_path(std::string(600, 'a')));
}

}  // namespace echoflow::archive

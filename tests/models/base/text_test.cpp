#include <gtest/gtest.h>

#include "models/base/sha256.hpp"
#include "models/base/utf8.hpp"

namespace echoflow {
namespace {

TEST(sha256, known_digests) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("abc")), sha256_hex("abc"));
  EXPECT_EQ(to_hex(std::string_view("\x00\xff", 2)), "00ff");
}

TEST(utf8, tells_well_formed_from_malformed) {
  for (const char* good : {"", "ascii", "ä", "€", "😀", "exactly8", "many ascii letters and one ü at the end ü",
                           "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"})
    EXPECT_TRUE(is_valid_utf8(good)) << good;
  for (const char* bad :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x98", "a long run of ascii then \xe2\x28\xa1"})
    EXPECT_FALSE(is_valid_utf8(bad)) << bad;
  EXPECT_EQ(utf8_length("ä"), 2u);
  EXPECT_EQ(utf8_length("€uro"), 3u);
  EXPECT_EQ(utf8_length(""), 0u);
}

}  // namespace
}  // namespace echoflow

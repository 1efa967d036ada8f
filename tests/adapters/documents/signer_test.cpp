#include "adapters/documents/signer.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/adapters/store/temporary_folder.hpp"

namespace echoflow::documents {

TEST(Signer, IsMadeOnceForItsOwnerAlone) {
  store::test::TemporaryFolder folder;
  const std::string file = folder.path() + "/key.pem";
  const auto made = Signer::open(file);
  ASSERT_TRUE(made) << made.error().message;
  struct stat info {};
  ASSERT_EQ(stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  const auto again = Signer::open(file);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->public_key(), made->public_key());
  EXPECT_EQ(again->derive("x"), made->derive("x"));
  EXPECT_NE(again->derive("x"), made->derive("y"));
  ASSERT_EQ(chmod(file.c_str(), 0640), 0);
  const auto open = Signer::open(file);
  ASSERT_FALSE(open);
  EXPECT_NE(open.error().message.find("chmod 600"), std::string::npos);
}

TEST(Signer, SaysWhereAKeyCannotBeMade) {
  EXPECT_FALSE(Signer::open("/nowhere/at/all/key.pem"));
}

TEST(Signer, OnlyWhatWasSignedFits) {
  const auto signer = *Signer::fresh();
  const auto signature = signer.sign("words");
  EXPECT_TRUE(is_signed(signer.public_key(), "words", signature));
  EXPECT_FALSE(is_signed(signer.public_key(), "Words", signature));
  EXPECT_FALSE(is_signed(Signer::fresh()->public_key(), "words", signature));
  EXPECT_FALSE(is_signed("no key", "words", signature));
  EXPECT_FALSE(is_signed(signer.public_key(), "words", "no signature"));
  EXPECT_EQ(fingerprint_of(signer.public_key()), signer.fingerprint());
  EXPECT_EQ(fingerprint_of("no key"), "");
}

TEST(Pseudonyms, AreTheSameForTheSameKeyOnly) {
  const Pseudonyms one("key"), other("other key");
  EXPECT_EQ(one.of("case", "17"), one.of("case", "17"));
  EXPECT_NE(one.of("case", "17"), one.of("case", "18"));
  EXPECT_NE(one.of("case", "17").substr(5), one.of("person", "17").substr(7));
  EXPECT_NE(one.of("case", "17"), other.of("case", "17"));
  EXPECT_EQ(one.of("case", ""), "");
}

}  // namespace echoflow::documents

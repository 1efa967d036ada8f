#include "bpel/source/source_set.hpp"

#include <gtest/gtest.h>

#include "bpel/source/text.hpp"

namespace echoflow::source {
namespace {

SourceSet some_files() {
  SourceSet set;
  for (const char* name :
       {"a/b.bpel", "a/c.wsdl", "types/one.xsd", "other/d.wsdl", "x/same.xsd", "y/same.xsd", "with space.xsd"})
    set.files[name] = "";
  return set;
}

TEST(Resolve, RelativeToTheFileThatNamesIt) {
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "c.wsdl"), "a/c.wsdl");
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "./c.wsdl"), "a/c.wsdl");
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "../types/one.xsd"), "types/one.xsd");
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "/other/d.wsdl"), "other/d.wsdl");
}

TEST(Resolve, TheOnlyFileOfThatNameIsMeantWhereverItLies) {
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "../../far/away/d.wsdl"), "other/d.wsdl");
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "http://example.com/x/one.xsd"), "types/one.xsd");
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "same.xsd"), std::nullopt);
}

TEST(Resolve, EscapesAndFragments) {
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "../with%20space.xsd"), "with space.xsd");
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "c.wsdl#types"), "a/c.wsdl");
}

TEST(Resolve, AbsentIsNothing) {
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "gone.xsd"), std::nullopt);
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", ""), std::nullopt);
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "../"), std::nullopt);
  EXPECT_EQ(resolve(some_files(), "a/b.bpel", "%2e%2e%zz%"), std::nullopt);
}

TEST(Text, NcNames) {
  for (const char* name : {"a", "_x", "Ärger", "a-b.c1", "日本"}) EXPECT_TRUE(is_ncname(name)) << name;
  for (const char* name : {"", "1a", "-a", "a:b", "a b", "\xC3", "a\xFF"}) EXPECT_FALSE(is_ncname(name)) << name;
}

TEST(Text, Words) {
  EXPECT_EQ(words("  a\tb\n c ").size(), 3u);
  EXPECT_TRUE(words(" \n").empty());
}

}  // namespace
}  // namespace echoflow::source

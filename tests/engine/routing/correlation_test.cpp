#include "engine/routing/correlation.hpp"

#include <gtest/gtest.h>

#include "tests/engine/support/process_builder.hpp"

namespace echoflow::engine {
namespace {

using Properties = std::vector<std::pair<QName, std::string>>;

TEST(CorrelationKey, DoesNotDependOnOrder) {
  EXPECT_EQ(make_key({{{"n", "a"}, "1"}, {{"n", "b"}, "2"}}), make_key({{{"n", "b"}, "2"}, {{"n", "a"}, "1"}}));
  EXPECT_EQ(make_key({}), "");
}

TEST(CorrelationKey, ValuesCannotBeMistakenForEachOther) {
  EXPECT_NE(make_key({{{"", "a"}, "1;b=2"}}), make_key({{{"", "a"}, "1"}, {{"", "b"}, "2"}}));
  EXPECT_NE(make_key({{{"", "a"}, "1\\"}}), make_key({{{"", "a"}, "1\\\\"}}));
  EXPECT_NE(make_key({{{"", "a"}, ""}}), make_key({}));
}

program::Inbound inbound(std::vector<program::Initiate> sets) {
  program::Inbound in;
  for (std::uint32_t i = 0; i < sets.size(); ++i)
    in.correlations.push_back({i, sets[i], {{{"", "p" + std::to_string(i)}, 0, nullptr}}});
  return in;
}

std::vector<std::string> keys(const program::Inbound& in, const Message& message) {
  return candidate_keys({0, 0, false, &in}, message);
}

TEST(CandidateKeys, EverySubsetOfJoinSetsMostSpecificFirst) {
  using program::Initiate;
  const Message message = testing::ProcessBuilder::message("v");
  EXPECT_EQ(keys(inbound({}), message), std::vector<std::string>{""});
  EXPECT_EQ(keys(inbound({Initiate::no}), message), std::vector<std::string>{"p0=v"});
  EXPECT_EQ(keys(inbound({Initiate::yes}), message), std::vector<std::string>{""});
  EXPECT_EQ(keys(inbound({Initiate::join}), message), (std::vector<std::string>{"p0=v", ""}));
  EXPECT_EQ(keys(inbound({Initiate::no, Initiate::join, Initiate::join}), message),
            (std::vector<std::string>{"p0=v;p1=v;p2=v", "p0=v;p1=v", "p0=v;p2=v", "p0=v"}));
}

TEST(CandidateKeys, AMessageWithoutTheProperties) {
  using program::Initiate;
  const Message empty{{"urn:test", "message"}, {nullptr}, {}, {}};
  EXPECT_TRUE(keys(inbound({Initiate::no}), empty).empty());
  EXPECT_EQ(keys(inbound({Initiate::join}), empty), std::vector<std::string>{""});
}

}  // namespace
}  // namespace echoflow::engine

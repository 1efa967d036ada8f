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

program::InboundFilter filter(std::vector<std::string> channels, const program::Expression* when = nullptr) {
  return {when, std::move(channels), "d1"};
}

Message said(const std::string& channel, const std::string& network) {
  auto document = std::make_shared<xml::Document>();
  const auto root = document->append_element(xml::root_node, "urn:echoflow:cx:1.0", "feedback");
  document->append_text(document->append_element(root, "urn:echoflow:cx:1.0", "channel"), channel);
  document->append_text(document->append_element(root, "urn:echoflow:cx:1.0", "network"), network);
  return {{"urn:echoflow:cx:1.0", "feedbackMessage"}, {document}, {}, {}};
}

TEST(Filter, TellsByChannelOrNetwork) {
  auto in = inbound({});
  EXPECT_TRUE(*takes(in, said("page", "facebook"), {}));
  in.filter = filter({"facebook", "mail"});
  EXPECT_TRUE(*takes(in, said("page", "facebook"), {}));
  EXPECT_TRUE(*takes(in, said("mail", "email"), {}));
  EXPECT_FALSE(*takes(in, said("page", "mastodon"), {}));
  EXPECT_FALSE(*takes(in, Message{{}, {nullptr}, {}, {}}, {}));
}

TEST(Filter, SeesTheMessageAndTheTimeAndNothingElse) {
  auto in = inbound({});
  const testing::TestExpression when([](const program::EvaluationContext& scope) {
    const auto part = scope.variable_part(program::filtered_message, 0);
    const bool sees = part && scope.variable_part(0, 0) == nullptr && !scope.kpi("csat", "");
    return std::string(sees && scope.now().micros == 7 && part->string_value(xml::root_node) == "ab" ? "true"
                                                                                                     : "false");
  });
  in.filter = filter({}, &when);
  EXPECT_TRUE(*takes(in, said("a", "b"), {7}));
  EXPECT_FALSE(*takes(in, said("a", "c"), {7}));
}

TEST(Filter, HasKeysOfItsOwn) {
  using program::Initiate;
  auto in = inbound({Initiate::join});
  const Message message = testing::ProcessBuilder::message("v");
  in.filter = filter({});
  EXPECT_EQ(keys(in, message), (std::vector<std::string>{"p0=v;d1", ";d1"}));
  EXPECT_TRUE(is_uncorrelated(";d1"));
  EXPECT_TRUE(is_uncorrelated(""));
  EXPECT_FALSE(is_uncorrelated("p0=v;d1"));
  // A value that looks like a digest is none.
  EXPECT_NE(make_key({{{"", "p0"}, "v;d1"}}), "p0=v;d1");
}

}  // namespace
}  // namespace echoflow::engine

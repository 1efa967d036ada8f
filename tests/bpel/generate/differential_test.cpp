#include <gtest/gtest.h>

#include "tests/bpel/generate/reference/differential.hpp"

namespace echoflow::generate::reference {
namespace {

/// What is deployed must run as BPMN says, whatever the model; the bench translation_judge tries many more.
class Differential : public testing::TestWithParam<Shape> {};

TEST_P(Differential, TheEngineDoesWhatTheRulesAllow) {
  Tally tally;
  for (unsigned seed = 1; seed <= 120; ++seed) try_model(GetParam(), seed, 3, tally);
  RecordProperty("figures", told(tally));
  for (const std::string& each : tally.wrong) ADD_FAILURE() << each;
  EXPECT_LT(tally.undecided * 50, tally.runs) << told(tally);
  EXPECT_GT(tally.allowed, 100) << told(tally);
}

INSTANTIATE_TEST_SUITE_P(Shapes, Differential, testing::ValuesIn(shapes),
                         [](const auto& info) { return std::string(name_of(info.param)); });

}  // namespace
}  // namespace echoflow::generate::reference

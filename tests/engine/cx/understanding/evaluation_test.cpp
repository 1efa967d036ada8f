#include <gtest/gtest.h>

#include "engine/cx/understanding/evaluation.hpp"

namespace echoflow::understanding {

TEST(Evaluation, FiguresAreThoseOfTheDefinition) {
  using enum cx::Polarity;
  const std::vector<Sample> samples = {{"a", negative}, {"b", negative}, {"c", neutral}, {"d", positive}};
  const std::vector<Verdict> verdicts = {{negative, 0.9}, {neutral, 0.4}, {neutral, 0.9}, {neutral, 0.6}};
  const auto quality = judge(samples, verdicts, 0.5);
  EXPECT_DOUBLE_EQ(quality.micro_f1, 0.5);
  EXPECT_DOUBLE_EQ(quality.f1[0], 2.0 / 3);
  EXPECT_DOUBLE_EQ(quality.f1[1], 0.5);
  EXPECT_DOUBLE_EQ(quality.f1[2], 0);
  EXPECT_DOUBLE_EQ(quality.macro_f1, (2.0 / 3 + 0.5) / 3);
  EXPECT_DOUBLE_EQ(quality.decided, 0.75);
  EXPECT_DOUBLE_EQ(quality.right_when_decided, 2.0 / 3);
  // Bins: 0.4 (wrong), 0.6 (wrong), 0.9 and 0.9 (both right).
  EXPECT_NEAR(quality.calibration_error, (0.4 + 0.6 + 0.2) / 4, 1e-12);
}

TEST(Evaluation, ALabelledExampleFileIsUnderstoodBetterThanByAlwaysSayingNeutral) {
  using enum cx::Polarity;
  const std::vector<Sample> samples = {{"Der Service ist eine Katastrophe", negative},
                                       {"Danke, alles bestens", positive},
                                       {"Wann öffnet die Filiale in Köln?", neutral},
                                       {"The app keeps crashing", negative},
                                       {"Great job, thank you", positive},
                                       {"Do you ship to Norway?", neutral}};
  const Understander understander;
  const auto lexicon = judge(samples, by_lexicon(samples, understander, ""), 0.5);
  const auto neutral_only = judge(samples, std::vector<Verdict>(samples.size()), 0.5);
  EXPECT_DOUBLE_EQ(lexicon.micro_f1, 1);
  EXPECT_DOUBLE_EQ(neutral_only.micro_f1, 2.0 / 6);
}

}  // namespace echoflow::understanding

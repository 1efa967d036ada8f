#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/cx/understanding/classifier.hpp"
#include "engine/cx/understanding/exact_exp.hpp"
#include "engine/cx/understanding/understander.hpp"

namespace echoflow::understanding {

namespace {

/// A made-up language of which the lexicon knows nothing.
std::vector<Sample> made_up(int count) {
  const char* starts[] = {"zulbar", "kremno", "wixlu", "dombra"};
  std::vector<Sample> samples;
  for (int i = 0; i < count; ++i) {
    const std::string start = starts[i % 4];
    samples.push_back({start + " flimpo gradu" + std::to_string(i % 7), cx::Polarity::positive});
    samples.push_back({start + " krotzi gradu" + std::to_string(i % 5), cx::Polarity::negative});
    if (i % 2) samples.push_back({start + " gradu" + std::to_string(i % 3), cx::Polarity::neutral});
  }
  return samples;
}

}  // namespace

TEST(ExactExp, IsTheExponential) {
  for (double x : {-300.0, -20.5, -1.0, 0.0, 1e-9, 0.5, 3.0, 100.0})
    EXPECT_NEAR(exact_exp(x) / std::exp(x), 1, 1e-12) << x;
  EXPECT_EQ(exact_exp(-1e9), 0);
}

TEST(Classifier, LearnsFromWordsAndPartsOfWords) {
  auto model = train(made_up(60), {});
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_GT(model->chances("wixlu flimpo")[2], 0.7);
  EXPECT_GT(model->chances("wixlu krotzi")[0], 0.7);
  EXPECT_GT(model->chances("krotzig")[0], model->chances("krotzig")[2]) << "by its letters";
  const auto chances = model->chances("");
  EXPECT_NEAR(chances[0] + chances[1] + chances[2], 1, 1e-12);
}

TEST(Classifier, IsTheSameByteForByteAndReadsBack) {
  const auto samples = made_up(20);
  auto one = train(samples, {}), two = train(samples, {});
  ASSERT_TRUE(one && two);
  const auto bytes = one->save();
  EXPECT_EQ(bytes, two->save());
  EXPECT_EQ(one->digest().size(), 64u);
  auto loaded = Classifier::load(bytes);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->save(), bytes);
  EXPECT_EQ(loaded->digest(), one->digest());
  EXPECT_EQ(loaded->samples(), samples.size());
  EXPECT_EQ(loaded->chances("wixlu flimpo"), one->chances("wixlu flimpo"));
  TrainOptions other;
  other.seed = 2;
  EXPECT_NE(train(samples, other)->digest(), one->digest());
  auto changed = samples;
  changed[0].text += "x";
  EXPECT_NE(train(changed, {})->training_digest(), one->training_digest());
}

TEST(Classifier, RefusesWhatIsNoModel) {
  const auto bytes = train(made_up(10), {})->save();
  EXPECT_FALSE(Classifier::load(""));
  EXPECT_FALSE(Classifier::load("echoflow-classifier 2\n"));
  EXPECT_FALSE(Classifier::load(bytes.substr(0, bytes.size() - 1)));
  EXPECT_FALSE(Classifier::load(bytes + "x"));
  auto out_of_order = bytes;
  out_of_order.replace(bytes.size() - 10, 4, std::string(4, '\0'));
  EXPECT_FALSE(Classifier::load(out_of_order));
}

TEST(Classifier, RefusesSamplesThatTeachNothing) {
  EXPECT_FALSE(train({}, {}));
  EXPECT_FALSE(train({{"a", cx::Polarity::positive}, {"b", cx::Polarity::positive}}, {}));
  EXPECT_FALSE(train({{"a", cx::Polarity::unsure}}, {}));
  TrainOptions wrong;
  wrong.bits = 30;
  EXPECT_FALSE(train(made_up(5), wrong));
}

TEST(Classifier, CrossValidationGivesHonestChances) {
  auto samples = made_up(60);
  auto chances = cross_validate(samples, {});
  ASSERT_TRUE(chances);
  int right = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto best =
        static_cast<std::size_t>(std::max_element((*chances)[i].begin(), (*chances)[i].end()) - (*chances)[i].begin());
    right += classes[best] == samples[i].label;
  }
  EXPECT_GT(right, static_cast<int>(samples.size() * 9 / 10));
  // Labels that nobody could guess: the chances must say so.
  std::vector<Sample> noise;
  for (int i = 0; i < 300; ++i)
    noise.push_back(
        {"wort" + std::to_string(i * 7919 % 50), i * 104729 % 7 < 3 ? cx::Polarity::positive : cx::Polarity::negative});
  auto unsure = cross_validate(noise, {});
  ASSERT_TRUE(unsure);
  double mean = 0;
  for (const auto& each : *unsure) mean += *std::max_element(each.begin(), each.end());
  EXPECT_LT(mean / 300, 0.68);
}

TEST(Classifier, DecidesInTheUnderstanderWhenThereIsOne) {
  auto model = train(made_up(60), {});
  ASSERT_TRUE(model);
  const Understander understander(nullptr, std::make_shared<const Classifier>(std::move(model).value()));
  const auto found = understander.understand("wixlu krotzi");
  EXPECT_TRUE(found.sentiment.by_classifier);
  EXPECT_EQ(found.sentiment.polarity, cx::Polarity::negative);
  EXPECT_LT(found.sentiment.score, 0);
  EXPECT_EQ(found.model, understander.classifier()->label());
}

}  // namespace echoflow::understanding

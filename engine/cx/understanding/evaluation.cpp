#include "engine/cx/understanding/evaluation.hpp"

#include <algorithm>
#include <cmath>

namespace echoflow::understanding {

namespace {

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

double f1_of(cx::Polarity polarity, const std::vector<Sample>& samples, const std::vector<Verdict>& verdicts) {
  double hits = 0, said = 0, there = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const bool says = verdicts[i].polarity == polarity, is = samples[i].label == polarity;
    said += says ? 1 : 0;
    there += is ? 1 : 0;
    hits += says && is ? 1 : 0;
  }
  return ratio(2 * hits, said + there);
}

double calibration_error_of(const std::vector<Sample>& samples, const std::vector<Verdict>& verdicts) {
  constexpr std::size_t bins = 10;
  std::array<double, bins> counts{}, right{}, confidence{};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto bin = std::min(static_cast<std::size_t>(verdicts[i].confidence * bins), bins - 1);
    ++counts[bin];
    confidence[bin] += verdicts[i].confidence;
    right[bin] += verdicts[i].polarity == samples[i].label ? 1 : 0;
  }
  double error = 0;
  for (std::size_t bin = 0; bin < bins; ++bin) error += std::fabs(confidence[bin] - right[bin]);
  return ratio(error, static_cast<double>(samples.size()));
}

}  // namespace

Quality judge(const std::vector<Sample>& samples, const std::vector<Verdict>& verdicts, double least_confidence) {
  Quality quality;
  double right = 0, decided = 0, right_decided = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double hit = verdicts[i].polarity == samples[i].label ? 1 : 0;
    right += hit;
    if (verdicts[i].confidence < least_confidence) continue;
    ++decided;
    right_decided += hit;
  }
  const auto all = static_cast<double>(samples.size());
  quality.micro_f1 = ratio(right, all);
  for (std::size_t c = 0; c < class_count; ++c) {
    quality.f1[c] = f1_of(classes[c], samples, verdicts);
    quality.macro_f1 += quality.f1[c] / class_count;
  }
  quality.decided = ratio(decided, all);
  quality.right_when_decided = ratio(right_decided, decided);
  quality.calibration_error = calibration_error_of(samples, verdicts);
  return quality;
}

Verdict verdict_of(const ClassScores& chances) {
  const auto best = static_cast<std::size_t>(std::max_element(chances.begin(), chances.end()) - chances.begin());
  return {classes[best], chances[best]};
}

std::vector<Verdict> by_lexicon(const std::vector<Sample>& samples, const Understander& understander,
                                const std::string& language) {
  std::vector<Verdict> verdicts;
  verdicts.reserve(samples.size());
  for (const auto& sample : samples) {
    const auto sentiment = understander.understand(sample.text, {0, language}).sentiment;
    verdicts.push_back({sentiment.polarity, sentiment.confidence});
  }
  return verdicts;
}

std::vector<Verdict> by_classifier(const std::vector<Sample>& samples, const Classifier& classifier) {
  std::vector<Verdict> verdicts;
  verdicts.reserve(samples.size());
  for (const auto& sample : samples) verdicts.push_back(verdict_of(classifier.chances(sample.text)));
  return verdicts;
}

}  // namespace echoflow::understanding
